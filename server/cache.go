package server

import (
	"context"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

const (
	mostCached      = 500
	mostCachedBytes = 16 << 10 // of one query: a stranger's comments are not worth keeping
)

// queryCache keeps queries that were parsed and validated; clients send the same
// few again and again. When it is full it begins anew.
type queryCache struct {
	mu      sync.RWMutex
	queries map[string]*ast.QueryDocument
}

// Get finds a query.
func (c *queryCache) Get(_ context.Context, query string) (*ast.QueryDocument, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	doc, found := c.queries[query]
	return doc, found
}

// Add keeps a query.
func (c *queryCache) Add(_ context.Context, query string, doc *ast.QueryDocument) {
	if len(query) > mostCachedBytes {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.queries == nil || len(c.queries) >= mostCached {
		c.queries = map[string]*ast.QueryDocument{}
	}
	c.queries[query] = doc
}
