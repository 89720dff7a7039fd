package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/sqlite"
	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/server"
)

// BenchmarkServer answers over SQLite, and in the same run encodes the same answer
// with encoding/json and, where Node is at hand, has graphql-js answer it from
// memory: processor time for one request, and the ratios.
func BenchmarkServer(b *testing.B) {
	x, err := ingest.NewExtractor()
	if err != nil {
		b.Fatal(err)
	}
	store, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "graph.db"), sqlite.Options{Vocabulary: x.Vocabulary()})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Apply(b.Context(), hubs(100, 30)...); err != nil {
		b.Fatal(err)
	}
	if err := store.Warm(b.Context()); err != nil { // as entente serve does
		b.Fatal(err)
	}
	collectLess()
	handler := server.New(store, x, server.Options{})
	for _, question := range []struct{ name, query string }{
		{"nested 20×20", `{ agreements(first: 20) { nodes { id name date topics(first: 20) { nodes { id name } } } } }`},
		{"list of 100", `{ agreements(first: 100) { nodes { id name date agreementKind kind } } }`},
		{"hello", `{ __typename }`},
	} {
		b.Run(question.name, func(b *testing.B) {
			body := []byte(`{"query": ` + quoted(question.query) + `}`)
			ask := func() []byte {
				r := httptest.NewRequest(http.MethodPost, "http://localhost/graphql", bytes.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, r)
				return w.Body.Bytes()
			}
			var answer struct{ Data any }
			if err := json.Unmarshal(ask(), &answer); err != nil || answer.Data == nil {
				b.Fatal(err, string(ask()))
			}
			start := graphtest.ProcessorTime()
			for b.Loop() {
				ask()
			}
			ours := float64(graphtest.ProcessorTime()-start) / 1e3 / float64(b.N)
			b.ReportMetric(ours, "cpu-µs/op")
			b.ReportMetric(ours/encoded(answer.Data), "×json")
			if theirs := graphqlJS(b, question.query, answer.Data); theirs > 0 {
				b.ReportMetric(theirs, "graphql-js-µs/op")
				b.ReportMetric(ours/theirs, "×graphql-js")
			}
		})
	}
}

// hubs are agreements with so many topics each.
func hubs(agreements, topics int) []graph.Change {
	var changes []graph.Change
	for i := range agreements {
		d := graphtest.NewDraft(fmt.Sprintf("wire/%03d", i), "2020")
		treaty := graph.Key{Kind: graph.Agreement, Text: fmt.Sprintf("Treaty %03d", i)}
		d.State(graph.Key{Kind: graph.Organisation, Text: fmt.Sprintf("League %d", i%7)}, graph.Signed, treaty, graph.Qualifiers{graph.OnDate: strconv.Itoa(1900 + i)}, 900)
		for k := range topics {
			d.State(treaty, graph.Covers, graph.Key{Kind: graph.Topic, Text: fmt.Sprintf("subject %d", (i+k)%(2*topics))}, nil, 800)
		}
		changes = append(changes, d.Revision(0))
	}
	return changes
}

// encoded is how many microseconds encoding/json takes for a value.
func encoded(v any) float64 {
	const times = 200
	start := graphtest.ProcessorTime()
	for range times {
		if _, err := json.Marshal(v); err != nil {
			panic(err) // it was decoded before
		}
	}
	return float64(graphtest.ProcessorTime()-start) / 1e3 / times
}

// graphqlJS is how many microseconds graphql-js takes to answer a query; 0 where there is no Node.
func graphqlJS(b *testing.B, query string, data any) float64 {
	b.Helper()
	dir, why := nodeModules()
	if why != "" {
		b.Log(why)
		return 0
	}
	in, err := json.Marshal(map[string]any{"schema": server.SDL(), "query": query, "data": data, "times": 300})
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command("node", filepath.Join(dir, "serve.mjs"))
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		b.Fatal(err)
	}
	us, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil {
		b.Fatal(err)
	}
	return us
}
