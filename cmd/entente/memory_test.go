package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/entente-kg/entente/graph/sqlite"
	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/server"
)

// BenchmarkMemory has eight clients ask for 10,000 rows each at once, over a warm
// SQLite, and tells by how much the process grew at most, in resident memory.
func BenchmarkMemory(b *testing.B) {
	x, err := ingest.NewExtractor()
	if err != nil {
		b.Fatal(err)
	}
	store, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "graph.db"), sqlite.Options{Vocabulary: x.Vocabulary()})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Apply(b.Context(), hubs(100, 100)...); err != nil {
		b.Fatal(err)
	}
	if err := store.Warm(b.Context()); err != nil {
		b.Fatal(err)
	}
	collectLess()
	s := httptest.NewServer(server.New(store, x, server.Options{Log: slog.New(slog.DiscardHandler)}))
	defer s.Close()
	const query = `{"query": "{ agreements(first: 100) { nodes { id name topics(first: 100) { nodes { id name } } } } }"}`
	ask := func() int64 {
		r, err := http.Post(s.URL+"/graphql", "application/json", strings.NewReader(query))
		if err != nil {
			b.Error(err)
			return 0
		}
		defer r.Body.Close()
		n, err := io.Copy(io.Discard, r.Body)
		if err != nil || r.StatusCode != http.StatusOK {
			b.Error(r.Status, err)
		}
		return n
	}
	debug.FreeOSMemory()
	before := resident(b, true)
	var bytes int64
	for b.Loop() {
		var clients sync.WaitGroup
		for i := range 8 {
			clients.Go(func() {
				if n := ask(); i == 0 {
					bytes = n
				}
			})
		}
		clients.Wait()
	}
	b.ReportMetric(float64(before)/1e6, "MB-before")
	b.ReportMetric(float64(resident(b, false)-before)/1e6, "MB-grown")
	b.ReportMetric(float64(bytes)/1e6, "MB-answer")
}

// resident is the most memory that the process has had resident, in bytes; from now on, if it is reset.
func resident(t testing.TB, reset bool) int64 {
	t.Helper()
	if reset {
		if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
			t.Skip("the most that is resident is not told here: ", err)
		}
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("the most that is resident is not told here: ", err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kB, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.ParseInt(kB, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n << 10
}
