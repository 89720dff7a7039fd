package server_test

import (
	"encoding/json"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// A warm store's answers share records: no question may change them.
func TestQuestionsChangeNoRecord(t *testing.T) {
	c := handMade(t)
	if err := c.store.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	pages, err := c.store.ListFacts(t.Context(), graph.FactQuery{Window: graph.Window{Limit: 1000}})
	if err != nil || len(pages[0].Items) < 100 {
		t.Fatal(len(pages[0].Items), err)
	}
	shown := func() string {
		var text []byte
		for _, f := range pages[0].Items {
			line, err := json.Marshal([]any{f, f.Subject, f.Object})
			if err != nil {
				t.Fatal(err)
			}
			text = append(append(text, line...), '\n')
		}
		return string(text)
	}
	before := shown()
	for _, tc := range statementCases {
		c.statements(tc.query, map[string]any{"n": manyOf(tc.query)})
	}
	if after := shown(); after != before {
		t.Errorf("records were\n%.2000s\nand are\n%.2000s", before, after)
	}
}
