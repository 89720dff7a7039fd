// Package graphtest is the conformance suite that every store passes: what a
// graph is, told in cases. A store's whole test is
//
//	func TestStore(t *testing.T) { graphtest.Run(t, open) }
//
// and [Compare] holds two stores to the same answers in the same order.
//
// A case has a name and says why it matters; the reason is printed when it
// fails. No store is excused from a case.
package graphtest

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// Open gives an empty store with this vocabulary, which is closed when the test
// ends. It may take the place of the one that was given before, which nobody asks again.
type Open func(tb testing.TB, v graph.Vocabulary) graph.Store

// harness is one case at work: a store that is empty but for the vocabulary.
type harness struct {
	*testing.T
	open  Open
	store graph.Store
	ctx   context.Context

	decided int // times that a person decided
}

type testCase struct {
	name string
	why  string
	run  func(h *harness)
}

// Run holds a store to every case.
func Run(t *testing.T, open Open) {
	var cases []testCase
	for _, group := range [][]testCase{documentCases, entityCases, factCases, decisionCases, curatorCases, witnessCases, pageCases, pathCases, searchCases, dumpCases, concurrentCases, jobCases} {
		cases = append(cases, group...)
	}
	for _, c := range cases {
		t.Run(strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) {
			h := &harness{T: t, open: open, store: open(t, Vocabulary), ctx: t.Context()}
			c.run(h)
			if t.Failed() {
				t.Logf("why this matters: %s", c.why)
			}
		})
	}
}

// apply applies changes and expects every one to be decided.
func (h *harness) apply(changes ...graph.Change) []graph.Applied {
	h.Helper()
	applied, err := h.store.Apply(h.ctx, changes...)
	if err != nil || len(applied) != len(changes) {
		h.Fatalf("Apply: %d of %d decided, %v", len(applied), len(changes), err)
	}
	return applied
}

func (h *harness) withdraw(source string, number int64) {
	h.Helper()
	if _, err := h.store.Withdraw(h.ctx, graph.Withdrawal{Document: graph.NewDocumentID(source), Number: number}); err != nil {
		h.Fatalf("Withdraw %s: %v", source, err)
	}
}

// dump is the store's dump, which also shows that every raw row is accounted for.
func (h *harness) dump() string {
	h.Helper()
	return dumpOf(h, h.store)
}

func dumpOf(tb testing.TB, store graph.Store) string {
	tb.Helper()
	var b bytes.Buffer
	if err := graph.WriteDump(context.Background(), &b, store); err != nil {
		tb.Fatalf("dump: %v", err)
	}
	return b.String()
}

// sameDump compares two dumps and shows the first line that differs.
func sameDump(tb testing.TB, what, got, want string) {
	tb.Helper()
	if got == want {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		if line(a, i) != line(b, i) {
			tb.Errorf("%s: dumps differ at line %d:\n got %.700s\nwant %.700s", what, i+1, line(a, i), line(b, i))
			return
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(none)"
}

// wantKind expects an error of a kind.
func (h *harness) wantKind(what string, err error, kind graph.ErrorKind) {
	h.Helper()
	if graph.KindOf(err) != kind {
		h.Errorf("%s: error %v, want one of kind %s", what, err, kind)
	}
}

// entity is the entity of a key, which must be there.
func (h *harness) entity(k graph.Key) graph.Entity {
	h.Helper()
	found, err := h.store.Entities(h.ctx, []graph.EntityID{k.ID()})
	if err != nil {
		h.Fatalf("Entities: %v", err)
	}
	e, here := found[k.ID()]
	if !here {
		h.Fatalf("there is no %s %q", k.Kind, k.Text)
	}
	return e
}

// facts lists the shown facts of a filter.
func (h *harness) facts(where graph.FactFilter) []graph.Fact {
	h.Helper()
	pages, err := h.store.ListFacts(h.ctx, graph.FactQuery{Where: where, Window: graph.Window{Limit: 1000}})
	if err != nil {
		h.Fatalf("ListFacts: %v", err)
	}
	return pages[0].Items
}

// fact is the only shown fact of a filter.
func (h *harness) fact(where graph.FactFilter) graph.Fact {
	h.Helper()
	facts := h.facts(where)
	if len(facts) != 1 {
		h.Fatalf("%d facts of %+v, want one", len(facts), where)
	}
	return facts[0]
}
