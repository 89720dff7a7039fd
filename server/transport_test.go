package server_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/entente-kg/entente/server"
)

const (
	mediaJSON    = "application/json"
	mediaGraphQL = "application/graphql-response+json"
)

// GraphQL over HTTP, draft of 2023: statuses by media type.
func TestGraphQLOverHTTP(t *testing.T) {
	c := handMade(t)
	secret := "k7-do-not-echo"
	for _, tc := range []struct {
		name                    string
		method, accept, content string
		body                    string
		status                  int
		media                   string
		data                    bool // whether the answer has data
	}{
		{"a query", "POST", mediaGraphQL, mediaJSON, ping, 200, mediaGraphQL, true},
		{"for an older client", "POST", mediaJSON, mediaJSON, ping, 200, mediaJSON, true},
		{"for a client that does not say", "POST", "", mediaJSON, ping, 200, mediaJSON, true},
		{"for a client that takes anything", "POST", "*/*", mediaJSON, ping, 200, mediaJSON, true},
		{"for a client that likes the newer better", "POST", "application/json;q=0.5, application/graphql-response+json", mediaJSON, ping, 200, mediaGraphQL, true},
		{"for a client that takes neither", "POST", "text/html", mediaJSON, ping, 406, mediaJSON, false},
		{"for a client of another charset", "POST", "application/json; charset=iso-8859-1", mediaJSON, ping, 406, mediaJSON, false},
		{"with a charset", "POST", mediaGraphQL, "application/json; charset=UTF-8", ping, 200, mediaGraphQL, true},
		{"in another charset", "POST", mediaGraphQL, "application/json; charset=iso-8859-1", ping, 415, mediaGraphQL, false},
		{"as a form", "POST", mediaGraphQL, "application/x-www-form-urlencoded", "query=%7B__typename%7D", 415, mediaGraphQL, false},
		{"as text", "POST", mediaGraphQL, "text/plain", ping, 415, mediaGraphQL, false},
		{"as multipart", "POST", mediaGraphQL, "multipart/form-data; boundary=x", "--x--", 403, mediaGraphQL, false},
		{"of no type", "POST", mediaGraphQL, "", ping, 415, mediaGraphQL, false},
		{"by GET, without a query", "GET", mediaGraphQL, mediaJSON, "", 400, mediaGraphQL, false},
		{"by PUT", "PUT", mediaGraphQL, mediaJSON, ping, 405, mediaGraphQL, false},
		{"no JSON", "POST", mediaGraphQL, mediaJSON, `{"query": "` + secret, 400, mediaGraphQL, false},
		{"no JSON, for an older client", "POST", mediaJSON, mediaJSON, secret, 400, mediaJSON, false},
		{"two values", "POST", mediaGraphQL, mediaJSON, ping + ping, 400, mediaGraphQL, false},
		{"a batch", "POST", mediaGraphQL, mediaJSON, "[" + ping + "]", 400, mediaGraphQL, false},
		{"nothing", "POST", mediaGraphQL, mediaJSON, ``, 400, mediaGraphQL, false},
		{"no query", "POST", mediaGraphQL, mediaJSON, `{"qeury": "` + secret + `"}`, 400, mediaGraphQL, false},
		{"a query that is no text", "POST", mediaGraphQL, mediaJSON, `{"query": {"` + secret + `": 1}}`, 400, mediaGraphQL, false},
		{"variables that are no object", "POST", mediaGraphQL, mediaJSON, `{"query": "{__typename}", "variables": "` + secret + `"}`, 400, mediaGraphQL, false},
		{"extensions that are no object", "POST", mediaGraphQL, mediaJSON, `{"query": "{__typename}", "extensions": [1]}`, 400, mediaGraphQL, false},
		{"variables that are null", "POST", mediaGraphQL, mediaJSON, `{"query": "{__typename}", "variables": null, "operationName": null, "extensions": null}`, 200, mediaGraphQL, true},
		{"a syntax error", "POST", mediaGraphQL, mediaJSON, `{"query": "{"}`, 400, mediaGraphQL, false},
		{"a syntax error, for an older client", "POST", mediaJSON, mediaJSON, `{"query": "{"}`, 200, mediaJSON, false},
		{"an unknown field", "POST", mediaGraphQL, mediaJSON, `{"query": "{ nothing }"}`, 400, mediaGraphQL, false},
		{"an unknown operation", "POST", mediaGraphQL, mediaJSON, `{"query": "query A { __typename }", "operationName": "B"}`, 400, mediaGraphQL, false},
		{"a missing variable", "POST", mediaGraphQL, mediaJSON, `{"query": "query ($id: ID!) { node(id: $id) { id } }"}`, 400, mediaGraphQL, false},
		{"a failing field", "POST", mediaGraphQL, mediaJSON, `{"query": "{ entity(ref: {name: \"nobody\"}) { id } }"}`, 200, mediaGraphQL, true},
		{"a subscription", "POST", mediaGraphQL, mediaJSON, `{"query": "subscription { x }"}`, 400, mediaGraphQL, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), tc.method, "http://localhost/graphql", strings.NewReader(tc.body))
			if tc.content != "" {
				r.Header.Set("Content-Type", tc.content)
			}
			if tc.accept != "" {
				r.Header.Set("Accept", tc.accept)
			}
			a := c.do(r)
			if got := a.Header.Get("Content-Type"); a.Status != tc.status || got != tc.media+"; charset=utf-8" {
				t.Errorf("%d %s %s, expected %d %s", a.Status, got, a.Body, tc.status, tc.media)
			}
			if has := bytes.Contains(a.Body, []byte(`"data"`)); has != tc.data || !has && a.code() == "" {
				t.Errorf("answers %s", a.Body)
			}
			if bytes.Contains(a.Body, []byte(secret)) {
				t.Errorf("what was sent comes back: %s", a.Body)
			}
		})
	}
}

func TestBodiesAreBounded(t *testing.T) {
	store := openSQLite(t)
	c := client{t, server.New(store, extractor(t), server.Options{Log: quiet, MaxDocument: 2 << 20}), store}
	large, _ := json.Marshal(map[string]any{"query": "{ __typename }", "variables": map[string]any{"x": strings.Repeat("x", 1<<20)}})
	if a := c.post(bytes.NewReader(large)); a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("a query of 1 MiB: %d %s", a.Status, a.Body)
	}
	huge, _ := json.Marshal(map[string]any{"query": "{ __typename }", "variables": map[string]any{"x": strings.Repeat("x", 3<<20)}})
	if a := c.post(bytes.NewReader(huge)); a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("3 MiB: %d %s", a.Status, a.Body)
	}
	const ingest = `mutation ($t: String!) { ingest(input: {texts: [{source: "x", text: $t}]}) { job { state } errors { message code } } }`
	text := strings.Repeat("The council met on Monday. The river rose. ", (2<<20)/43-10)
	if a := c.ask(ingest, map[string]any{"t": text}); at(a.Data, "ingest", "job", "state") != "WAITING" {
		t.Errorf("a text within the bound: %d %.300s", a.Status, a.Body)
	}
	if a := c.ask(ingest, map[string]any{"t": text + text[:2000]}); at(a.Data, "ingest", "errors", 0, "code") != "INVALID" {
		t.Errorf("a text beyond it: %d %.300s", a.Status, a.Body)
	}
}

// Resolvers that take too long end, and the answer says so.
func TestTimeout(t *testing.T) {
	store := openSQLite(t)
	c := client{t, server.New(store, extractor(t), server.Options{Log: quiet, Timeout: time.Nanosecond}), store}
	if a := c.ask(`{ statistics { documents } }`, nil); a.code() != "TIMEOUT" {
		t.Errorf("%s", a.Body)
	}
}
