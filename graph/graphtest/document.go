package graphtest

import (
	"strings"

	"github.com/entente-kg/entente/graph"
)

var documentCases = []testCase{
	{"empty store", "a store begins with the vocabulary and shows nothing of it", func(h *harness) {
		stats, err := h.store.Statistics(h.ctx)
		if err != nil || stats.Documents != 0 || stats.Version != Vocabulary.Version {
			h.Errorf("Statistics = %+v, %v", stats, err)
		}
		if facts := h.facts(graph.FactFilter{}); len(facts) > 0 {
			h.Errorf("%d facts are shown though no document mentions anything", len(facts))
		}
		h.dump()
	}},
	{"apply twice", "the same documents again change nothing, whatever crashed in between", func(h *harness) {
		h.apply(handMade()...)
		once := h.dump()
		for _, a := range h.apply(handMade()...) {
			if a.Outcome != graph.Unchanged {
				h.Errorf("outcome %s, want unchanged", a.Outcome)
			}
		}
		sameDump(h, "applied twice", h.dump(), once)
	}},
	{"revisions", "the highest revision wins, whenever it arrives", func(h *harness) {
		first := NewDraft("a", "2020-01-01").State(ada, graph.HoldsOffice, council, graph.Qualifiers{graph.WithTitle: "Chair"}, 900).Revision(1)
		second := NewDraft("a", "2020-01-01").State(bruno, graph.HoldsOffice, council, graph.Qualifiers{graph.WithTitle: "Chair"}, 900).Revision(2)
		h.apply(second)
		want := h.dump()
		if a := h.apply(first); a[0].Outcome != graph.Superseded {
			h.Errorf("an earlier revision: %s, want superseded", a[0].Outcome)
		}
		sameDump(h, "earlier after later", h.dump(), want)
		other := h.open(h, Vocabulary)
		for _, c := range []graph.Change{first, second} {
			if _, err := other.Apply(h.ctx, c); err != nil {
				h.Fatal(err)
			}
		}
		sameDump(h, "later after earlier", dumpOf(h, other), want)
	}},
	{"withdraw", "what only a withdrawn document supported leaves the graph with it", func(h *harness) {
		h.apply(handMade()...)
		for _, c := range handMade() {
			h.withdraw(c.Document.Source, 1)
		}
		stats, err := h.store.Statistics(h.ctx)
		if err != nil || stats.Documents+stats.Sentences+stats.Evidence != 0 || total(stats) != 0 {
			h.Errorf("after withdrawing everything: %+v, %v", stats, err)
		}
		if dump := h.dump(); strings.Contains(dump, "lindqvist") {
			h.Error("the dump still knows a person of a withdrawn document")
		}
		if a := h.apply(handMade()[0]); a[0].Outcome != graph.Superseded {
			h.Errorf("a tombstone beats a document of equal number, got %s", a[0].Outcome)
		}
		again := handMade()[0]
		again.Document.Revision.Number = 2
		if a := h.apply(again); a[0].Outcome != graph.Added {
			h.Errorf("brought back with a higher number: %s", a[0].Outcome)
		}
		h.entity(ada)
	}},
	{"withdraw what never was", "a typing error in an id is told, not swallowed", func(h *harness) {
		_, err := h.store.Withdraw(h.ctx, graph.Withdrawal{Document: graph.NewDocumentID("nothing")})
		h.wantKind("Withdraw", err, graph.NotFound)
	}},
	{"withdraw one of a corpus", "a withdrawal leaves the dump of a store that never saw the document", func(h *harness) {
		corpus := Corpus(2, 14, 9)
		h.apply(corpus[1:]...)
		h.apply(corpus[0])
		h.withdraw(corpus[0].Document.Source, 1)
		withdrawn := h.dump()
		other := h.open(h, Vocabulary)
		if _, err := other.Apply(h.ctx, corpus[1:]...); err != nil {
			h.Fatal(err)
		}
		tombstone := graph.Withdrawal{Document: corpus[0].Document.ID, Number: 1, Unseen: corpus[0].Document.Source}
		if _, err := other.Withdraw(h.ctx, tombstone); err != nil {
			h.Fatal(err)
		}
		sameDump(h, "never seen", dumpOf(h, other), withdrawn)
	}},
	{"lost race", "two people who change one document are told of each other", func(h *harness) {
		h.apply(handMade()[0])
		next, over := handMade()[0], int64(0)
		next.Document.Revision.Number, next.Over = 2, &over
		_, err := h.store.Apply(h.ctx, next)
		h.wantKind("Apply", err, graph.Conflict)
	}},
	{"broken changes", "what breaks the contract is refused whole, and nothing is half-written", func(h *harness) {
		want := h.dump()
		for name, spoil := range spoiled {
			c := handMade()[0]
			spoil(&c)
			_, err := h.store.Apply(h.ctx, c)
			h.wantKind(name, err, graph.Invalid)
		}
		for name, w := range map[string]graph.Withdrawal{
			"negative":       {Document: graph.NewDocumentID("x"), Number: -1, Unseen: "x"},
			"unclean source": {Document: graph.NewDocumentID("\xff"), Unseen: "\xff"},
			"foreign id":     {Document: graph.NewDocumentID("y"), Unseen: "x"},
		} {
			_, err := h.store.Withdraw(h.ctx, w)
			h.wantKind("withdrawal: "+name, err, graph.Invalid)
		}
		sameDump(h, "after refused changes", h.dump(), want)
	}},
	{"hostile text", "text is data: quotes, wildcards, markup and right-to-left marks go in and come out", func(h *harness) {
		const name = "O'Brien \"%_\\ <script>{$x} \u202eevil \U0001f30d ~* (OR)\x01NEAR"
		h.apply(NewDraft("x'; DROP TABLE entity; --", "").Mention(person("o'brien"), name, graph.FullName).Revision(1))
		if e := h.entity(person("o'brien")); e.Name != name {
			h.Errorf("name came back as %q", e.Name)
		}
		for _, text := range []string{name, `"`, "*", "NEAR(a b)", "a AND", "terms : x", "-", strings.Repeat("x", 900)} {
			if _, err := graph.Search(h.ctx, h.store, graph.SearchQuery{Text: text, Entities: true, Sentences: true, Limit: 5}); err != nil && (graph.Fold(text) != "" || graph.KindOf(err) != graph.Invalid) {
				h.Errorf("search for %.30q: %v", text, err)
			}
		}
		h.dump()
	}},
}

func total(s graph.Statistics) int {
	n := 0
	for _, c := range s.Entities {
		n += c
	}
	for _, c := range s.Facts {
		n += c
	}
	return n
}

var spoiled = map[string]func(c *graph.Change){
	"foreign id":        func(c *graph.Change) { c.Document.ID = graph.NewDocumentID("other") },
	"NUL":               func(c *graph.Change) { c.Document.Text = "\x00" + c.Document.Text[1:] },
	"not UTF-8":         func(c *graph.Change) { c.Document.Title = "\xff" },
	"long title":        func(c *graph.Change) { c.Document.Title = strings.Repeat("x", graph.MaxName+1) },
	"bad date":          func(c *graph.Change) { c.Document.Published = "2019-13-01" },
	"span outside":      func(c *graph.Change) { c.Entities[0].Spans = []graph.Span{{Start: 0, End: 1 << 20}} },
	"sentences overlap": func(c *graph.Change) { c.Sentences = append(c.Sentences, c.Sentences[0]) },
	"no such entity":    func(c *graph.Change) { c.Facts[0].Object = 99 },
	"wrong kinds":       func(c *graph.Change) { c.Facts[0].Predicate = graph.Covers },
	"wrong qualifier":   func(c *graph.Change) { c.Facts[0].Qualifiers = graph.Qualifiers{graph.InMode: "x"} },
	"overconfident":     func(c *graph.Change) { c.Facts[0].Confidence = 1001 },
	"no evidence":       func(c *graph.Change) { c.Facts[0].Spans = nil },
	"unclean language":  func(c *graph.Change) { c.Document.Language = "\xff" },
	"unclean extractor": func(c *graph.Change) { c.Facts[0].Extractor = "\xff" },
	"unknown role": func(c *graph.Change) {
		c.Facts[0].Spans = append(c.Facts[0].Spans, c.Facts[0].Spans[0])
		c.Facts[0].Spans[1].Role = "\xff"
	},
	"bad revision date": func(c *graph.Change) { c.Document.Revision.Published = "\xff" },
	"cut rune":          func(c *graph.Change) { c.Document.Text = "é" + c.Document.Text[2:]; c.Sentences[0].Start = 1 },
	"withdrawn":         func(c *graph.Change) { c.Document.Withdrawn = true },
}
