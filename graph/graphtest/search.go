package graphtest

import (
	"github.com/entente-kg/entente/graph"
)

var searchCases = []testCase{
	{"search by name", "names are found by beginnings, in any order of words, with marks or without, and with a typing error", func(h *harness) {
		h.apply(handMade()...)
		h.apply(NewDraft("zürich", "").Mention(person("zoë müller"), "Zoë Müller", graph.FullName).Revision(1))
		for text, want := range map[string]string{"lindq": "Ada Lindqvist", "ada lindqvist": "Ada Lindqvist", "okafor bru": "Bruno Okafor", "Lindkvist": "Ada Lindqvist",
			"lindqivst": "Ada Lindqvist", "muller": "Zoë Müller", "ZOE MULLER": "Zoë Müller", "rkc": "River Keepers' Council", "keepers": "River Keepers' Council", "qqqq": ""} {
			result, err := graph.Search(h.ctx, h.store, graph.SearchQuery{Text: text, Entities: true, Limit: 5})
			if err != nil {
				h.Fatal(err)
			}
			got := ""
			if len(result.Entities) > 0 {
				got = result.Entities[0].Entity.Name
			}
			if got != want {
				h.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		_, err := graph.Search(h.ctx, h.store, graph.SearchQuery{Text: " – ", Entities: true, Limit: 5})
		h.wantKind("a text without words", err, graph.Invalid)
		result, err := graph.Search(h.ctx, h.store, graph.SearchQuery{Text: "narcotics", Entities: true, Limit: 5})
		if err != nil || len(result.Entities) != 0 {
			h.Errorf("a topic that nobody mentions is found: %+v, %v", result.Entities, err)
		}
		result, err = graph.Search(h.ctx, h.store, graph.SearchQuery{Text: "ada", Kinds: []graph.Kind{graph.Country}, Entities: true, Limit: 5})
		if err != nil || len(result.Entities) != 0 {
			h.Errorf("kinds do not filter: %+v, %v", result.Entities, err)
		}
	}},
	{"search sentences", "sentences are found by the stems of their words, the latest first", func(h *harness) {
		h.apply(handMade()...)
		result, err := graph.Search(h.ctx, h.store, graph.SearchQuery{Text: "signing memorandum", Sentences: true, Limit: 10})
		if err != nil || len(result.Sentences) != 2 || result.Sentences[0].Document.Source != "signing" || result.Sentences[0].Sentence.Ordinal != 1 {
			h.Errorf("%+v, %v", result.Sentences, err)
		}
		h.withdraw("signing", 1)
		if result, err := graph.Search(h.ctx, h.store, graph.SearchQuery{Text: "signing memorandum", Sentences: true, Limit: 10}); err != nil || len(result.Sentences) > 0 {
			h.Errorf("after the withdrawal: %+v, %v", result.Sentences, err)
		}
	}},
}
