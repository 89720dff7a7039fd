package server_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Whatever is posted, the answer is JSON with a status that HTTP knows, soon,
// and never a fault of ours.
func FuzzRequest(f *testing.F) {
	for _, tc := range attacks {
		f.Add(requestOf(tc.query))
	}
	for _, query := range []string{missionQuery, ingestQuery, `{ nodes(ids: ["e1"]) { id } }`, `{ search(text: "\u0000") { truncated } }`, `query ($x: EntityRef!) { entity(ref: $x) { id } }`} {
		f.Add(requestOf(query))
	}
	f.Add([]byte(`{"query": "query ($n: Int) { facts(first: $n) { nodes { id } } }", "variables": {"n": 1e999}}`))
	f.Add([]byte(`{"query": "query ($r: EntityRef!) { entity(ref: $r) { id } }", "variables": {"r": {"id": null, "name": []}}}`))
	c := handMade(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		c.TB = t
		start := time.Now()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		a := c.do(r)
		if a.Status >= 500 || a.code() == "INTERNAL" {
			t.Errorf("%d %s", a.Status, a.Body)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func requestOf(query string) []byte {
	return append(append([]byte(`{"query": `), quoted(query)...), '}')
}
