package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/sqlite"
	"github.com/entente-kg/entente/ingest"
)

// storeAddress is a path, or the address of a Neo4j server.
type storeAddress string

// server tells whether the store is a Neo4j server.
func (a storeAddress) server() bool {
	scheme, _, found := strings.Cut(string(a), "://")
	scheme, _, _ = strings.Cut(scheme, "+") // neo4j+s, bolt+ssc: with TLS
	return found && (scheme == "neo4j" || scheme == "bolt")
}

// whether a store may be made where none is
type absence bool

const (
	create  absence = true  // what writes makes it
	require absence = false // what reads would answer from nothing: the path is wrong
)

// open opens the store that the flags name, with the extractor's vocabulary.
func (p *program) open(ctx context.Context, x *ingest.Extractor, absent absence) (graph.Store, error) {
	path := string(p.store)
	if p.store.server() {
		return neo4j.Open(ctx, path, neo4j.Options{Username: os.Getenv("ENTENTE_NEO4J_USER"), Password: os.Getenv("ENTENTE_NEO4J_PASSWORD"),
			Database: os.Getenv("ENTENTE_NEO4J_DATABASE"), Vocabulary: x.Vocabulary()})
	}
	if strings.Contains(path, "://") {
		return nil, graph.Errorf(graph.Invalid, "%s is no address of a store", path).WithHint("name a file, or write neo4j://HOST:7687 or bolt://HOST:7687")
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if absent == require {
			return nil, graph.Errorf(graph.NotFound, "there is no store at %s", path).WithHint("entente ingest makes one; --store names another")
		}
		if err := p.makeFolder(path); err != nil {
			return nil, err
		}
	}
	return sqlite.Open(ctx, path, sqlite.Options{Vocabulary: x.Vocabulary()})
}

// makeFolder makes the folder of the default store. A path that somebody typed is
// checked instead: a misspelt folder should not come into being.
func (p *program) makeFolder(path string) error {
	if path != defaultStore() {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the folder of the store: %w", err)
	}
	return nil
}

// withStore loads the extractor, opens the store, works with both and closes it.
func (p *program) withStore(ctx context.Context, absent absence, work func(graph.Store, *ingest.Extractor) error) error {
	x, err := ingest.NewExtractor()
	if err != nil {
		return err
	}
	store, err := p.open(ctx, x, absent)
	if err != nil {
		return err
	}
	return errors.Join(work(store, x), store.Close())
}
