package graphtest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// Oracle holds a store to the answers of an oracle that knows its dump, line by
// line, and answers every question by looking at all of it: no index, no
// statement, nothing that the stores, the folds or the walks of package graph are
// made of. It takes the documents and decisions of the dump for what was told, and
// makes the rest of the dump out of them once more.
//
// The graphs are random, from ENTENTE_SEED (default 1); with ENTENTE_LONG there
// are 200 of them and four times the questions to each, else 6: the stores take
// longer to plan a question that they have not heard before than to answer it.
func Oracle(t *testing.T, open Open) {
	seed, graphs, questions := uint64(1), uint64(6), 2
	if n, err := strconv.ParseUint(os.Getenv("ENTENTE_SEED"), 10, 64); err == nil {
		seed = n
	}
	if os.Getenv("ENTENTE_LONG") != "" {
		graphs, questions = 200, 8
	}
	for n := range graphs {
		t.Run(fmt.Sprintf("seed %d graph %d", seed, n), func(t *testing.T) {
			g := newRandomGraph(rand.New(rand.NewPCG(seed, n)))
			store := open(t, g.vocabulary)
			if err := writeAll(t.Context(), store, g.writes); err != nil {
				t.Fatal(err)
			}
			q := &inquiry{T: t, ctx: t.Context(), store: store, model: readModel(t, g.vocabulary, dumpOf(t, store)), rng: rand.New(rand.NewPCG(seed, n+1<<32))}
			q.derived()
			q.run(questions)
		})
	}
}

// model is a graph as its dump tells it.
type model struct {
	version    string
	vocabulary graph.Vocabulary // which no dump holds
	decisions  []graph.Decision
	resolution *graph.Resolution
	documents  map[graph.DocumentID]graph.Document
	changes    map[graph.DocumentID]graph.Change
	entities   map[graph.EntityID]graph.Entity
	names      []graph.Name
	facts      []graph.Fact // by id, both ends filled in
	mentions   []graph.Mention
	evidence   []graph.Cited
	statistics graph.Statistics // as the dump says
}

func readModel(t *testing.T, v graph.Vocabulary, dump string) *model {
	m := &model{vocabulary: v, documents: map[graph.DocumentID]graph.Document{}, changes: map[graph.DocumentID]graph.Change{}, entities: map[graph.EntityID]graph.Entity{}}
	for n, r := range graph.ReadDump(strings.NewReader(dump)) {
		switch line := r.Line; {
		case r.Err != nil:
			t.Fatalf("line %d of the dump: %v", n, r.Err)
		case line.Header != nil:
			m.version = line.Header.Version
		case line.Decision != nil:
			m.decisions = append(m.decisions, *line.Decision)
		case line.Document != nil:
			m.documents[line.Document.Document.ID], m.changes[line.Document.Document.ID] = line.Document.Document, *line.Document
		case line.Entity != nil:
			m.entities[line.Entity.ID] = *line.Entity
		case line.Name != nil:
			m.names = append(m.names, *line.Name)
		case line.Fact != nil:
			m.facts = append(m.facts, *line.Fact)
		case line.Count != nil:
			m.statistics = *line.Count
		}
	}
	m.resolution = graph.Resolve(m.decisions)
	for i, f := range m.facts {
		subject, object := m.entities[f.SubjectID], m.entities[f.ObjectID]
		m.facts[i].Subject, m.facts[i].Object = &subject, &object
	}
	for _, id := range slices.Sorted(maps.Keys(m.changes)) {
		m.read(m.changes[id])
	}
	return m
}

// read takes down what a document mentions and states, in the sense of the decisions.
func (m *model) read(c graph.Change) {
	doc := c.Document.ID
	for _, e := range c.Entities {
		m.mentions = append(m.mentions, graph.Mention{ID: graph.NewMentionID(e.Key.ID(), doc), Entity: m.resolution.Key(doc, e.Key).ID(), Document: doc, Spans: e.Spans})
	}
	for ordinal, f := range c.Facts {
		subject, object := c.Entities[f.Subject].Key, c.Entities[f.Object].Key
		tell := graph.Tell(f.Predicate, f.Qualifiers)
		stated := graph.NewFactID(f.Predicate, subject.ID(), object.ID(), tell)
		v := graph.Cited{Cites: c.Document, Evidence: graph.Evidence{Document: doc, Subject: f.SubjectAt, Object: f.ObjectAt, Confidence: f.Confidence, Extractor: f.Extractor,
			Qualifiers: graph.Qualifiers{}, ID: graph.EvidenceID(digest("v", string(stated), string(doc), strconv.Itoa(f.Spans[0].Start), strconv.Itoa(ordinal)))}}
		v.Cites.Text = ""
		maps.Copy(v.Qualifiers, f.Qualifiers)
		if f.Place != nil {
			v.Qualifiers[graph.AtPlace] = string(m.resolution.Key(doc, c.Entities[*f.Place].Key).ID())
		}
		for _, s := range f.Spans {
			s.Text = c.Document.Text[s.Start:s.End]
			v.Spans = append(v.Spans, s)
		}
		v.Before, v.Sentence, v.After = around(c, f.Spans[0].Start)
		if a, b := m.resolution.Key(doc, subject).ID(), m.resolution.Key(doc, object).ID(); a != b {
			v.Fact = graph.NewFactID(f.Predicate, a, b, tell)
		}
		m.evidence = append(m.evidence, v)
	}
}

// around are the sentence at a place in the text, the one before and the one after.
func around(c graph.Change, at int) (before, sentence, after string) {
	for i, s := range c.Sentences {
		if s.Start > at || at >= s.End {
			continue
		}
		if sentence = c.Document.Text[s.Start:s.End]; i > 0 {
			before = c.Document.Text[c.Sentences[i-1].Start:c.Sentences[i-1].End]
		}
		if i+1 < len(c.Sentences) {
			after = c.Document.Text[c.Sentences[i+1].Start:c.Sentences[i+1].End]
		}
	}
	return before, sentence, after
}

// digest is how ids are made, written a second time: whoever keeps an id relies on it.
func digest(letter string, parts ...string) string {
	all := ""
	for _, p := range parts {
		all += strconv.Itoa(len(p)) + ":" + p
	}
	sum := sha256.Sum256([]byte(all))
	return letter + strings.ToLower(strings.TrimRight(base32.StdEncoding.EncodeToString(sum[:16]), "="))
}

// entity is who bears an id, or what became of it.
func (m *model) entity(id graph.EntityID) (graph.Entity, bool) {
	e, here := m.entities[id]
	if !here {
		e, here = m.entities[m.resolution.ID(id)]
	}
	return e, here
}

// inquiry puts questions to a store and to the oracle.
type inquiry struct {
	*testing.T
	*model
	ctx    context.Context
	store  graph.Store
	rng    *rand.Rand
	faults int
}

// derived compares what the dump derives with what it should.
func (q *inquiry) derived() {
	entities, names, facts := q.derive()
	compare := func(what string, got, want []string) {
		slices.Sort(got)
		slices.Sort(want)
		q.same("Dump", what, got, want, nil)
	}
	compare("entities", showAll(slices.Collect(maps.Values(q.entities)), showEntity), entities)
	compare("names", showAll(q.names, func(n graph.Name) string { return shown(n) }), names)
	compare("facts", showAll(q.facts, func(x graph.Fact) string { return shown(x) }), facts)
}

// mostFaults of one graph are shown: one bug makes many.
const mostFaults = 3

// same compares two answers line by line and shows where they differ, as briefly as it can.
func (q *inquiry) same(what string, question any, got, want []string, err error) {
	q.Helper()
	if err == nil && slices.Equal(got, want) {
		return
	}
	difference := fmt.Sprint("error: ", err)
	if err == nil {
		difference = differ(got, want)
	}
	q.Errorf("%s %s\n%s", what, shown(question), difference)
	if q.faults++; q.faults == mostFaults {
		q.FailNow()
	}
}

func differ(got, want []string) string {
	surplus, missing := without(got, want), without(want, got)
	if len(surplus)+len(missing) == 0 {
		i := 0
		for got[i] == want[i] {
			i++
		}
		return fmt.Sprintf("%d lines, from the %d. on in another order:\n got %s\nwant %s", len(got), i+1, got[i], want[i])
	}
	text := fmt.Sprintf("%d lines, want %d", len(got), len(want))
	for _, part := range []struct {
		name  string
		lines []string
	}{{" got", surplus}, {"want", missing}} {
		for _, line := range part.lines[:min(2, len(part.lines))] {
			text += fmt.Sprintf("\n%s %.600s", part.name, line)
		}
		if more := len(part.lines) - 2; more > 0 {
			text += fmt.Sprintf("\n     and %d more", more)
		}
	}
	return text
}

// without are the lines of a that b has not, as often as it lacks them.
func without(a, b []string) (rest []string) {
	left := map[string]int{}
	for _, line := range b {
		left[line]++
	}
	for _, line := range a {
		if left[line]--; left[line] < 0 {
			rest = append(rest, line)
		}
	}
	return rest
}

// shown is a record or a question as a line.
func shown(v any) string {
	data, err := json.Marshal(v)
	return cmp.Or(string(data), fmt.Sprint(err))
}

func showEntity(e graph.Entity) string { return shown(e) }

// showFact shows both ends too.
func showFact(f graph.Fact) string {
	return shown(f) + " from " + shown(f.Subject) + " to " + shown(f.Object)
}

// showMap has a line for each entry.
func showMap[K ~string, V any](m map[K]V) []string {
	var lines []string
	for _, id := range slices.Sorted(maps.Keys(m)) {
		lines = append(lines, string(id)+": "+shown(m[id]))
	}
	return lines
}

func showAll[T any](items []T, show func(T) string) []string {
	lines := make([]string, len(items))
	for i, x := range items {
		lines[i] = show(x)
	}
	return lines
}
