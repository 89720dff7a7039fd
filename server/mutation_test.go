package server_test

import (
	"fmt"
	"testing"
)

const ingestQuery = `mutation ($in: IngestInput!) { ingest(input: $in) { outcome facts document { id title published revision text facts { totalCount } } errors { message hint code } } }`

func TestIngestAndWithdraw(t *testing.T) {
	c := serve(t, openSQLite(t))
	input := map[string]any{"source": "https://example.org/1", "title": "Memorandum", "published": "2019-09-27", "text": notice}
	ingest := func(want string, revision float64) any {
		t.Helper()
		p := at(c.data(ingestQuery, map[string]any{"in": input}), "ingest")
		if at(p, "outcome") != want || at(p, "document", "revision") != revision || len(at(p, "errors").([]any)) > 0 {
			t.Fatalf("%v, expected %s at revision %v", p, want, revision)
		}
		return p
	}
	p := ingest("ADDED", 0)
	if at(p, "facts").(float64) < 3 || at(p, "facts") != at(p, "document", "facts", "totalCount") || at(p, "document", "text") != notice {
		t.Errorf("%v", p)
	}
	ingest("UNCHANGED", 0)
	input["text"] = notice + " It was signed in Jakarta."
	ingest("UPDATED", 1)
	const withdraw = `mutation ($d: DocumentRef!) { withdrawDocument(input: {document: $d}) { id outcome errors { code hint } } }`
	data := c.data(withdraw, map[string]any{"d": map[string]any{"source": input["source"]}})
	if at(data, "withdrawDocument", "outcome") != "WITHDRAWN" {
		t.Fatalf("%v", data)
	}
	id := at(data, "withdrawDocument", "id")
	if n := at(c.data(`query ($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id}), "node"); n != nil {
		t.Errorf("the withdrawn document is %v", n)
	}
	if n := at(c.data(`{ statistics { documents } facts { totalCount } }`, nil), "facts", "totalCount"); n != 0.0 {
		t.Errorf("%v facts are left", n)
	}
	if data := c.data(withdraw, map[string]any{"d": map[string]any{"id": id}}); at(data, "withdrawDocument", "outcome") != "UNCHANGED" {
		t.Errorf("once more: %v", data)
	}
	ingest("ADDED", 3)
	for ref, code := range map[string]string{`{source: "nothing"}`: "NOT_FOUND", `{id: "x"}`: "INVALID"} {
		data := c.data(`mutation { withdrawDocument(input: {document: `+ref+`}) { outcome errors { code message hint } } }`, nil)
		if at(data, "withdrawDocument", "errors", 0, "code") != code || at(data, "withdrawDocument", "outcome") != nil {
			t.Errorf("%s: %v, expected %s", ref, data, code)
		}
	}
}

func TestTextsThatAreNotRead(t *testing.T) {
	c := serve(t, openSQLite(t))
	for name, in := range map[string]map[string]any{
		"empty":       {"source": "x", "text": "  \n"},
		"binary":      {"source": "x", "text": "a\x00b"},
		"French":      {"source": "x", "text": "Les ministres des affaires étrangères se sont réunis à Genève pour discuter de la paix et de la sécurité dans la région, et ils ont signé un accord."},
		"no source":   {"source": " ", "text": notice},
		"revision -1": {"source": "x", "text": notice, "revision": -1},
	} {
		t.Run(name, func(t *testing.T) {
			data := c.data(ingestQuery, map[string]any{"in": in})
			if at(data, "ingest", "errors", 0, "code") != "INVALID" || at(data, "ingest", "document") != nil {
				t.Errorf("%v", data)
			}
		})
	}
	if a := c.ask(ingestQuery, map[string]any{"in": map[string]any{"source": "x", "text": notice, "published": "last week"}}); a.code() != "INVALID" {
		t.Errorf("a date that is none: %s", a.Body)
	}
	if n := fmt.Sprint(at(c.data(`{ statistics { documents } }`, nil), "statistics", "documents")); n != "0" {
		t.Errorf("%s documents came in", n)
	}
}
