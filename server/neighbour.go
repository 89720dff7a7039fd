package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

// neighbourPages are the pages of a batch, and whether all facts were looked at.
type neighbourPages struct {
	pages    map[graph.EntityID]graph.Page[*schema.Neighbour]
	complete bool
}

// neighbours is one page of neighbours, loaded for the record's whole batch.
func (r *resolver) neighbours(ctx context.Context, rec *schema.Record, where *generated.NeighbourFilter) (*schema.NeighbourConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	loaded, err := schema.Together(rec.Batch, l.key("neighbours"), func(all []*schema.Record) (neighbourPages, error) {
		filter, err := translate(ctx, r.store, func(n *names) (graph.FactFilter, error) { return n.neighbourFilter(where) })
		if err != nil {
			return neighbourPages{}, err
		}
		ids := entityIDs(all)
		found, complete, err := graph.Neighbours(ctx, r.store, graph.NeighbourQuery{At: ids, Where: filter, Window: l.window})
		return neighbourPages{paged(ids, found, schema.NewNeighbours), complete}, err
	})
	if err != nil {
		return nil, err
	}
	list := connect(l, loaded.pages[rec.ID], func(cursor string, n *schema.Neighbour) (*schema.NeighbourEdge, schema.Entity) {
		return &schema.NeighbourEdge{Neighbour: n, Cursor: cursor}, n.Node
	})
	return &schema.NeighbourConnection{List: list, Truncated: !loaded.complete}, nil
}

func (n *names) neighbourFilter(f *generated.NeighbourFilter) (g graph.FactFilter, err error) {
	if f == nil {
		return g, nil
	}
	if g, err = n.factFilter(f.Facts); err != nil || f.Entities == nil {
		return g, err
	}
	other, err := n.entityFilter(f.Entities)
	g.Other = &other
	return g, err
}
