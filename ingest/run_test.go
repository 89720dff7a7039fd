package ingest

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/sqlite"
)

// loadExtractor loads gazetteer and thesaurus once for all tests.
var loadExtractor = sync.OnceValues(NewExtractor)

func openStore(t testing.TB) (*sqlite.Store, *Extractor) {
	t.Helper()
	x, err := loadExtractor()
	if err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), sqlite.Options{Vocabulary: x.Vocabulary()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store, x
}

func sequence(inputs ...Input) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) {
		for _, in := range inputs {
			in.Language = "en"
			var err error
			if in.Text == "" {
				err = graph.Errorf(graph.Invalid, "%s holds no text", in.Source)
			}
			if !yield(in, err) {
				return
			}
		}
	}
}

func number(n int64) *int64 { return &n }

// outcomes runs and gives "source outcome" of each document in order.
func outcomes(t *testing.T, store graph.Store, x *Extractor, inputs ...Input) string {
	t.Helper()
	var got []string
	_, err := Run(t.Context(), store, x, sequence(inputs...), func(r Report) {
		outcome := string(r.Outcome)
		if r.Err != nil {
			outcome = "failed"
		}
		got = append(got, r.Source+" "+outcome)
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(got, ", ")
}

func TestRunChoosesRevisions(t *testing.T) {
	const one, two = "Kenya and Norway signed a treaty in 2005.", "Kenya and Sweden signed a treaty in 2006."
	steps := []struct {
		name     string
		inputs   []Input
		want     string
		revision int64 // of document a afterwards
	}{
		{"new", []Input{{Source: "a", Text: one}}, "a added", 0},
		{"the same again", []Input{{Source: "a", Text: one}}, "a unchanged", 0},
		{"another text", []Input{{Source: "a", Text: two}}, "a updated", 1},
		{"another title", []Input{{Source: "a", Text: two, Title: "Treaty"}}, "a updated", 2},
		{"twice in a run", []Input{{Source: "a", Text: one}, {Source: "a", Text: two}, {Source: "a", Text: two}}, "a updated, a updated, a unchanged", 4},
		{"an older number", []Input{{Source: "a", Text: one, Revision: number(2)}}, "a superseded", 4},
		{"the same number and text", []Input{{Source: "a", Text: two, Revision: number(4)}}, "a unchanged", 4},
		{"a newer number", []Input{{Source: "a", Text: one, Revision: number(9)}}, "a updated", 9},
		{"errors between", []Input{{Source: "x"}, {Source: "b", Text: one}, {Source: "y"}}, "x failed, b added, y failed", 9},
	}
	store, x := openStore(t)
	for _, s := range steps {
		if got := outcomes(t, store, x, s.inputs...); got != s.want {
			t.Errorf("%s: %q, want %q", s.name, got, s.want)
		}
		if got := stored(t, store, "a").Revision.Number; got != s.revision {
			t.Errorf("%s: revision %d, want %d", s.name, got, s.revision)
		}
	}
}

func stored(t *testing.T, store graph.Store, source string) graph.Document {
	t.Helper()
	id := graph.NewDocumentID(source)
	held, err := store.Documents(t.Context(), []graph.DocumentID{id}, false)
	if err != nil {
		t.Fatal(err)
	}
	return held[id]
}

func TestWithdraw(t *testing.T) {
	store, x := openStore(t)
	in := Input{Source: "a", Text: "Kenya and Norway signed a treaty in 2005."}
	if _, err := Withdraw(t.Context(), store, "a", nil); graph.KindOf(err) != graph.NotFound {
		t.Errorf("before it was there: %v", err)
	}
	outcomes(t, store, x, in)
	for n, want := range []graph.Outcome{graph.Withdrawn, graph.Unchanged} {
		applied, err := Withdraw(t.Context(), store, []string{"a", string(graph.NewDocumentID("a"))}[n], nil)
		if err != nil || applied.Outcome != want {
			t.Errorf("%+v %v, want %s", applied, err, want)
		}
	}
	if d := stored(t, store, "a"); !d.Withdrawn || d.Revision.Number != 1 {
		t.Errorf("%+v", d)
	}
	if got := outcomes(t, store, x, in); got != "a added" || stored(t, store, "a").Revision.Number != 2 {
		t.Errorf("brought back: %s, %+v", got, stored(t, store, "a"))
	}
}

// many makes n documents, every tenth of which fails.
func many(n int) []Input {
	var all []Input
	for i := range n {
		in := Input{Source: fmt.Sprintf("doc/%03d", i), Text: fmt.Sprintf("Kenya and Norway signed a treaty on extradition in %d.", 1900+i), Size: 10}
		if i%10 == 9 {
			in.Text = ""
		}
		all = append(all, in)
	}
	return all
}

func TestRunReportsInOrder(t *testing.T) {
	store, x := openStore(t)
	var got []string
	summary, err := Run(t.Context(), store, x, sequence(many(170)...), func(r Report) { got = append(got, r.Source) })
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(got) || len(got) != 170 {
		t.Errorf("%d reports: %v", len(got), got)
	}
	if summary.Added != 153 || summary.Failed != 17 || summary.Documents() != 170 || summary.Facts == 0 {
		t.Errorf("%+v", summary)
	}
	again, err := Run(t.Context(), store, x, sequence(many(170)...), nil)
	if err != nil || again.Unchanged != 153 || again.Failed != 17 || again.Facts != 0 {
		t.Errorf("%+v %v", again, err)
	}
}

func TestRunEndsAfterTheBatchInHand(t *testing.T) {
	store, x := openStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	read := 0
	inputs := func(yield func(Input, error) bool) {
		for in, err := range sequence(many(500)...) {
			if read++; read == 120 {
				cancel()
			}
			if ctx.Err() != nil || !yield(in, err) {
				return
			}
		}
	}
	summary, err := Run(ctx, store, x, inputs, nil)
	if err == nil || summary.Documents() != 100 {
		t.Errorf("%+v %v", summary, err)
	}
	statistics, err := store.Statistics(t.Context())
	if err != nil || statistics.Documents != summary.Added {
		t.Errorf("%d documents are in, %+v said", statistics.Documents, summary)
	}
	if rest, err := Run(t.Context(), store, x, sequence(many(500)...), nil); err != nil || rest.Unchanged != summary.Added || rest.Added != 450-summary.Added {
		t.Errorf("going on: %+v %v", rest, err)
	}
}

// refusing is a store that refuses some documents, or fails.
type refusing struct {
	graph.Store
	refuse func(graph.Change) error
}

func (s refusing) Apply(ctx context.Context, changes ...graph.Change) ([]graph.Applied, error) {
	for _, c := range changes {
		if err := s.refuse(c); err != nil {
			return nil, err
		}
	}
	return s.Store.Apply(ctx, changes...)
}

func TestRunGoesOnAfterARefusal(t *testing.T) {
	store, x := openStore(t)
	refuse := refusing{store, func(c graph.Change) error {
		if c.Document.Source == "doc/013" {
			return graph.Errorf(graph.Invalid, "no")
		}
		return nil
	}}
	if summary, err := Run(t.Context(), refuse, x, sequence(many(30)...), nil); err != nil || summary.Failed != 4 || summary.Added != 26 {
		t.Errorf("%+v %v", summary, err)
	}
}

func TestRunEndsWithTheStore(t *testing.T) {
	store, x := openStore(t)
	away := refusing{store, func(c graph.Change) error {
		if c.Document.Source >= "doc/060" {
			return graph.Errorf(graph.Unavailable, "the store is away")
		}
		return nil
	}}
	summary, err := Run(t.Context(), away, x, sequence(many(300)...), nil)
	if graph.KindOf(err) != graph.Unavailable || summary.Added != 45 {
		t.Errorf("%+v %v", summary, err)
	}
}

// TestRunLosesARace lets another writer be faster: with the same text there is
// nothing to complain about, with another one there is.
func TestRunLosesARace(t *testing.T) {
	store, x := openStore(t)
	outcomes(t, store, x, Input{Source: "a", Text: "Kenya signed a treaty."}, Input{Source: "b", Text: "Kenya signed a treaty."})
	faster := refusing{store, func(c graph.Change) error {
		other := Input{Source: c.Document.Source, Text: "Norway signed a treaty."}
		_, err := Run(t.Context(), store, x, sequence(other), nil)
		return err
	}}
	got := outcomes(t, faster, x, Input{Source: "a", Text: "Norway signed a treaty."}, Input{Source: "b", Text: "Sweden signed a treaty."})
	if got != "a unchanged, b failed" {
		t.Error(got)
	}
}

func TestRunRefusesAnotherVersion(t *testing.T) {
	_, x := openStore(t)
	other, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "other.db"), sqlite.Options{Vocabulary: graph.Vocabulary{Version: "other"}})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := Run(t.Context(), other, x, sequence(many(1)...), nil); graph.KindOf(err) != graph.Conflict {
		t.Error(err)
	}
}

func TestAPanicCostsOneDocument(t *testing.T) {
	store, _ := openStore(t)
	r := run{store: store, extractor: &Extractor{}} // without gazetteers every text is too much
	b := batch{{input: Input{Source: "a", Text: "Kenya signed."}, change: graph.Change{Document: graph.Document{Source: "a", Text: "Kenya signed."}}}}
	r.extract(b)()
	if b[0].report.Err == nil || !strings.HasPrefix(b[0].report.Err.Error(), "extract a: ") {
		t.Error(b[0].report.Err)
	}
}

func BenchmarkRunUnchanged(b *testing.B) {
	store, x := openStore(b)
	inputs := many(1000)
	if _, err := Run(b.Context(), store, x, sequence(inputs...), nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Run(b.Context(), store, x, sequence(inputs...), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "documents/s")
}
