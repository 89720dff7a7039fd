package server

import (
	"cmp"
	"context"
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

type decisionResolver struct{ *resolver }

// Entity is what the decision is about.
func (r decisionResolver) Entity(ctx context.Context, obj *schema.Decision) (schema.Entity, error) {
	return r.concerned(ctx, obj, obj.Entity)
}

// Other is the other entity that it is about.
func (r decisionResolver) Other(ctx context.Context, obj *schema.Decision) (schema.Entity, error) {
	return r.concerned(ctx, obj, obj.Other)
}

// concerned is an entity that some decision of the batch is about.
func (r decisionResolver) concerned(ctx context.Context, d *schema.Decision, id graph.EntityID) (schema.Entity, error) {
	if id == "" {
		return nil, nil // null in the schema: it is about no entity
	}
	records, err := schema.Together(d.Batch, "entities", func(all []*schema.Decision) (map[graph.EntityID]*schema.Record, error) {
		ids := distinct(all, func(d *schema.Decision) graph.EntityID { return d.Entity })
		ids = append(ids, distinct(all, func(d *schema.Decision) graph.EntityID { return d.Other })...)
		return r.records(ctx, present(ids))
	})
	if rec := records[id]; rec != nil {
		return rec.As(), err
	}
	return nil, err
}

// present are the ids, each once, without the empty one.
func present[ID ~string](ids []ID) []ID {
	ids = distinct(ids, func(id ID) ID { return id })
	if len(ids) > 0 && ids[0] == "" {
		return ids[1:]
	}
	return ids
}

// Fact is what the decision reviews.
func (r decisionResolver) Fact(ctx context.Context, obj *schema.Decision) (*schema.Fact, error) {
	if obj.Reviews == "" {
		return nil, nil // null in the schema: it is about no fact
	}
	facts, err := schema.Together(obj.Batch, "facts", func(all []*schema.Decision) (map[graph.FactID]*schema.Fact, error) {
		return r.facts(ctx, present(distinct(all, func(d *schema.Decision) graph.FactID { return d.Reviews })))
	})
	return facts[obj.Reviews], err
}

// Decisions lists what people decided.
func (r queryResolver) Decisions(ctx context.Context, _ *int, _ *string, _ *int, _ *string) (*schema.DecisionConnection, error) {
	l, err := listed(ctx)
	if err != nil {
		return nil, err
	}
	all, err := r.store.ListDecisions(ctx)
	if err != nil {
		return nil, err
	}
	placed := make([]graph.Placed[graph.Decision], len(all))
	for i, d := range all {
		placed[i] = graph.Placed[graph.Decision]{Item: d, At: graph.Position{Sort: d.At.UTC().Format(decidedAt), ID: string(d.ID)}}
	}
	page := graph.Pick(placed, l.window, graph.Order{Desc: true}, false)
	resolution := graph.Resolve(all)
	list := connect(l, onePage(page, func(some []graph.Decision) []*schema.Decision { return schema.NewDecisions(some, resolution) }),
		func(cursor string, d *schema.Decision) (*schema.DecisionEdge, *schema.Decision) {
			return &schema.DecisionEdge{Edge: schema.Edge[*schema.Decision]{Cursor: cursor, Node: d}}, d
		})
	return &schema.DecisionConnection{List: list}, nil
}

// decidedAt writes moments so that they compare as texts.
const decidedAt = "2006-01-02T15:04:05.000000000"

// log is all decisions as one batch, by id.
func (r *resolver) log(ctx context.Context) ([]*schema.Decision, error) {
	all, err := r.store.ListDecisions(ctx)
	return schema.NewDecisions(all, graph.Resolve(all)), err
}

type aliasResolver struct{ *resolver }

// Decisions are those that give the name: the log is read once, if a person gave
// any name of the batch.
func (r aliasResolver) Decisions(ctx context.Context, obj *schema.Alias) ([]*schema.Decision, error) {
	if obj.Name.Decisions == 0 {
		return []*schema.Decision{}, nil
	}
	type named struct {
		entity graph.EntityID
		text   string
	}
	given, err := schema.Together(obj.Batch, "decisions", func([]*schema.Alias) (map[named][]*schema.Decision, error) {
		decisions, err := r.log(ctx)
		slices.SortFunc(decisions, func(a, b *schema.Decision) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
		given := map[named][]*schema.Decision{}
		for _, d := range decisions {
			if d.Kind == graph.Alias {
				at := named{d.Entity, d.Text}
				given[at] = append(given[at], d)
			}
		}
		return given, err
	})
	decisions := given[named{obj.Entity, obj.Text}]
	return decisions[:min(len(decisions), plainLimit)], err
}

func (r queryResolver) decisionNodes(ctx context.Context, ids []string, found map[string]schema.Node) error {
	decisions, err := r.log(ctx)
	for _, d := range decisions {
		if slices.Contains(ids, string(d.ID)) {
			found[string(d.ID)] = d
		}
	}
	return err
}
