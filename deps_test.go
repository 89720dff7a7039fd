// Package entente holds the tests of the repository as a whole: its import
// arrows and what its files say of each other.
package entente

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/entente-kg/entente/"

// arrows says what each package may import: packages of ours by path within the
// module, others by import path. The standard library is always allowed. A
// package may import what lies below it in this list and nothing else.
var arrows = map[string][]string{
	"cmd/entente": {"server", "server/otlp", "go.opentelemetry.io/otel/trace", "ingest", "ingest/sample", "ingest/text", "graph/neo4j", "graph/sqlite", "graph",
		"github.com/alecthomas/kong", "golang.org/x/term", "github.com/mattn/go-isatty"},
	"server":                 {"server/explorer", "server/graphiql", "schema/generated", "schema", "ingest", "ingest/text", "graph", "graph/layout", "github.com/99designs/gqlgen", "github.com/vektah/gqlparser", "github.com/prometheus/client_golang", "go.opentelemetry.io/otel/trace", "go.opentelemetry.io/otel/attribute", "go.opentelemetry.io/otel/codes", "go.opentelemetry.io/otel/propagation", "golang.org/x/sync"},
	"server/explorer":        {},
	"server/graphiql":        {},
	"server/otlp":            {"go.opentelemetry.io/otel"},
	"schema/generated":       {"graph", "schema", "github.com/99designs/gqlgen", "github.com/vektah/gqlparser", "golang.org/x/sync"},
	"schema/generate":        {"github.com/99designs/gqlgen"},
	"schema":                 {"graph", "github.com/99designs/gqlgen", "github.com/vektah/gqlparser"},
	"ingest":                 {"ingest/fact", "ingest/entity", "ingest/mention", "ingest/tag", "ingest/text", "graph", "golang.org/x/net", "golang.org/x/text", "github.com/yuin/goldmark", "github.com/goccy/go-yaml"},
	"ingest/sample":          {},
	"ingest/quality":         {"golang.org/x/text"},
	"ingest/fact":            {"ingest/entity", "ingest/mention", "ingest/text", "graph"},
	"ingest/entity":          {"ingest/mention", "ingest/text", "graph"},
	"ingest/mention":         {"ingest/text"},
	"ingest/mention/lexicon": {},
	"ingest/tag/train":       {"ingest/tag", "ingest/text"},
	"ingest/tag":             {"ingest/text"},
	"ingest/text":            {"golang.org/x/text"},
	"graph/neo4j":            {"graph", "github.com/neo4j/neo4j-go-driver"},
	"graph/sqlite":           {"graph", "modernc.org/sqlite"},
	"graph/graphtest":        {"graph"},
	"graph/layout":           {},
	"graph/neo4j/neo4jtest":  {"github.com/neo4j/neo4j-go-driver"},
	"graph":                  {"golang.org/x/text", "github.com/blevesearch/snowballstem"},
}

func TestImportArrows(t *testing.T) {
	for name, imports := range packages(t) {
		allowed, known := arrows[name]
		if !known {
			t.Errorf("package %s has no arrows: add it to the list and to docs/architecture.md", name)
			continue
		}
		for _, path := range imports {
			if !permitted(path, allowed) {
				t.Errorf("%s imports %s: against the arrows of docs/architecture.md", name, path)
			}
		}
	}
}

// permitted tells whether a package may import a path.
func permitted(path string, allowed []string) bool {
	if ours, is := strings.CutPrefix(path, module); is {
		return slices.Contains(allowed, ours)
	}
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(allowed, func(a string) bool { return path == a || strings.HasPrefix(path, a+"/") })
}

// packages lists the module's packages with what they import outside of tests.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,GoFiles", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	found := map[string][]string{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
			GoFiles    []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) > 0 {
			found[strings.TrimPrefix(p.ImportPath, module)] = p.Imports
		}
	}
}
