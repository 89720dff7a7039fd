package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// Duplicates lists which entities may be one.
func (r queryResolver) Duplicates(ctx context.Context, kinds []graph.Kind, _ *int, _ *string, _ *int, _ *string) (*schema.DuplicateConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	page, err := graph.Duplicates(ctx, r.store, kinds, l.window)
	if err != nil {
		return nil, err
	}
	return &schema.DuplicateConnection{List: connect(l, onePage(page, schema.NewDuplicates), func(cursor string, d *schema.Duplicate) (*schema.DuplicateEdge, *schema.Duplicate) {
		return &schema.DuplicateEdge{Edge: schema.Edge[*schema.Duplicate]{Cursor: cursor, Node: d}}, d
	})}, nil
}
