package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/sqlite"
	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/ingest/sample"
	"github.com/entente-kg/entente/server"
)

var newExtractor = sync.OnceValues(ingest.NewExtractor)

func extractor(tb testing.TB) *ingest.Extractor {
	tb.Helper()
	x, err := newExtractor()
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

// client asks a server over its handler.
type client struct {
	testing.TB
	handler http.Handler
	store   graph.Store
}

// openSQLite gives an empty store with the extractor's vocabulary.
func openSQLite(tb testing.TB) graph.Store {
	tb.Helper()
	store, err := sqlite.Open(tb.Context(), filepath.Join(tb.TempDir(), "graph.db"), sqlite.Options{Vocabulary: extractor(tb).Vocabulary()})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { store.Close() })
	return store
}

var quiet = slog.New(slog.DiscardHandler)

// serve makes a client of a store.
func serve(tb testing.TB, store graph.Store) client {
	return client{tb, server.New(store, extractor(tb), server.Options{Log: quiet, Timeout: time.Minute}), store} // other tests may have the processor
}

// working is a server that reads what it is handed.
func working(tb testing.TB, store graph.Store) client {
	tb.Helper()
	c := serve(tb, store)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); c.handler.(*server.Server).Work(ctx) }()
	tb.Cleanup(func() { stop(); <-ended })
	return c
}

// handMade is a server whose graph is the hand-made treaties.
func handMade(tb testing.TB) client { return filled(tb, openSQLite(tb)) }

func filled(tb testing.TB, store graph.Store) client {
	tb.Helper()
	if _, err := store.Apply(tb.Context(), treaties(24)...); err != nil {
		tb.Fatal(err)
	}
	return serve(tb, store)
}

// sampled is a server whose graph is the sample and the notice about a
// memorandum that does not speak of narcotics.
func sampled(tb testing.TB, store graph.Store) client {
	tb.Helper()
	inputs := func(yield func(ingest.Input, error) bool) {
		o := ingest.Options{Format: ingest.JSONLines, Stdin: bytes.NewReader(sample.JSONL)}
		for in, err := range ingest.Read(tb.Context(), []string{"-"}, o) {
			if !yield(in, err) {
				return
			}
		}
	}
	if _, err := ingest.Run(tb.Context(), store, extractor(tb), inputs, nil); err != nil {
		tb.Fatal(err)
	}
	memo := func(yield func(ingest.Input, error) bool) {
		yield((ingest.Options{}).Prepare(ingest.Input{Source: "memo", Title: "Two secretariats", Published: "2019-09-27", Text: notice}))
	}
	if _, err := ingest.Run(tb.Context(), store, extractor(tb), memo, nil); err != nil {
		tb.Fatal(err)
	}
	return serve(tb, store)
}

const notice = `In 2005, the SCO and ASEAN Secretariats signed a Memorandum of understanding. The areas of interaction under the memorandum include combating terrorism, countering illegal drug trafficking and weapons smuggling as well as cooperation in the economy and tourism.`

// treaties are made by hand: each agreement has three parties and two topics,
// and every party is in several of them.
func treaties(n int) []graph.Change {
	key := func(kind graph.Kind, text string) graph.Key { return graph.Key{Kind: kind, Text: text} }
	var changes []graph.Change
	for i := range n {
		d := graphtest.NewDraft(fmt.Sprintf("treaty-%02d", i), graph.Date(fmt.Sprintf("2001-%02d", i%12+1)))
		treaty := key(graph.Agreement, fmt.Sprintf("Treaty %02d", i))
		date := graph.Qualifiers{graph.OnDate: fmt.Sprintf("%d", 1990+i)}
		d.State(key(graph.Organisation, fmt.Sprintf("League %d", i%5)), graph.Signed, treaty, date, 900)
		d.State(key(graph.Organisation, fmt.Sprintf("Union %d", i%3)), graph.Signed, treaty, date, 800)
		d.State(key(graph.Country, fmt.Sprintf("Land %d", i%7)), graph.PartyTo, treaty, nil, 700)
		d.State(treaty, graph.Covers, key(graph.Topic, fmt.Sprintf("topic %d", i%4)), nil, 600)
		d.State(treaty, graph.Covers, key(graph.Topic, "rivers"), nil, 950)
		changes = append(changes, d.Revision(0))
	}
	return changes
}

// answer is what came back.
type answer struct {
	Status int
	Header http.Header
	Body   []byte
	Data   any
	Errors []struct {
		Message    string
		Path       []any
		Extensions map[string]any
	}
}

// code is that of the first error, or "".
func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

// ask posts a query and takes whatever comes.
func (c client) ask(query string, variables map[string]any) answer {
	c.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		c.Fatal(err)
	}
	return c.post(bytes.NewReader(body))
}

func (c client) post(body io.Reader, headers ...string) answer {
	c.Helper()
	r := httptest.NewRequestWithContext(c.Context(), http.MethodPost, "http://localhost:8080/graphql", body)
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return c.do(r)
}

func (c client) do(r *http.Request) answer {
	c.Helper()
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	a := answer{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
	if strings.Contains(w.Header().Get("Content-Type"), "json") && bytes.HasPrefix(a.Body, []byte("{")) {
		if err := json.Unmarshal(a.Body, &a); err != nil {
			c.Fatalf("answer is not JSON: %v\n%s", err, a.Body)
		}
	}
	return a
}

// data asks what has to succeed.
func (c client) data(query string, variables map[string]any) any {
	c.Helper()
	a := c.ask(query, variables)
	if a.Status != http.StatusOK || len(a.Errors) > 0 {
		c.Fatalf("%s\nanswers %d %s", query, a.Status, a.Body)
	}
	return a.Data
}

// at follows a path of keys and indexes into an answer: at(data, "agreements", "nodes", 0, "name").
func at(v any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[s]
		case int:
			l, _ := v.([]any)
			if s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

// texts are the values of a field in a list of objects.
func texts(list any, field string) []string {
	var all []string
	items, _ := list.([]any)
	for _, item := range items {
		all = append(all, fmt.Sprint(at(item, field)))
	}
	return all
}

func quoted(s string) []byte {
	data, err := json.Marshal(s)
	if err != nil {
		panic(err) // a text always encodes
	}
	return data
}
