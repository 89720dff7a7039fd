package server

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

// authorHeader names who decides: UTF-8, percent-encoded where a header cannot hold it.
// Whoever may ask may claim any name: it is a signature, no proof.
const authorHeader = "Entente-Author"

const mostMerged = 20

// curator takes decisions for whoever asks.
func (r mutationResolver) curator(ctx context.Context, reason *string) (graph.Curator, error) {
	c := graph.Curator{Store: r.store, Author: r.author, At: time.Now()}
	if given := graphql.GetOperationContext(ctx).Headers.Get(authorHeader); given != "" {
		name, err := url.PathUnescape(given)
		if err != nil {
			return c, graph.Errorf(graph.Invalid, "the header %s is not percent-encoded UTF-8", authorHeader).WithHint("write %% as %%25")
		}
		c.Author = name
	}
	if reason != nil {
		c.Reason = *reason
	}
	return c, nil
}

// MergeEntities makes entities one.
func (r mutationResolver) MergeEntities(ctx context.Context, input generated.MergeEntitiesInput) (*generated.MergeEntitiesPayload, error) {
	p := &generated.MergeEntitiesPayload{}
	ids, err := r.pointed(ctx, "entities", input.Entities...)
	switch {
	case err == nil && len(ids) < 2:
		err = inField(graph.Errorf(graph.Invalid, "a merge needs two entities").WithHint("name those that are one"), "entities")
	case len(ids) > mostMerged:
		err = inField(tooMuch("entities in one merge", len(ids), mostMerged), "entities")
	}
	if err == nil {
		p.Decisions, err = r.decide(ctx, input.Reason, func(c graph.Curator) ([]graph.Decision, error) { return c.Merge(ctx, ids...) })
	}
	if err == nil {
		p.Entity, _, err = r.after(ctx, ids[0], "")
	}
	p.Errors, err = userErrors(err)
	return p, err
}

// SplitEntity takes the mentions of some documents out of an entity.
func (r mutationResolver) SplitEntity(ctx context.Context, input generated.SplitEntityInput) (*generated.SplitEntityPayload, error) {
	p := &generated.SplitEntityPayload{}
	var err error
	p.Entity, p.Into, p.Decisions, err = r.split(ctx, input)
	p.Errors, err = userErrors(err)
	return p, err
}

func (r mutationResolver) split(ctx context.Context, input generated.SplitEntityInput) (entity, into schema.Entity, decisions []*schema.Decision, err error) {
	ids, err := r.pointed(ctx, "entity", input.Entity)
	if err != nil {
		return nil, nil, nil, err
	}
	var other graph.EntityID
	if input.Into != nil {
		to, err := r.pointed(ctx, "into", input.Into)
		if err != nil {
			return nil, nil, nil, err
		}
		other = to[0]
	}
	if len(input.Documents) > mostValues {
		return nil, nil, nil, inField(tooMuch("documents of one split", len(input.Documents), mostValues), "documents")
	}
	documents := make([]graph.DocumentID, len(input.Documents))
	for i, ref := range input.Documents {
		name, err := documentName(ref)
		if err != nil {
			return nil, nil, nil, inField(err, "documents", strconv.Itoa(i))
		}
		documents[i] = ingest.DocumentID(name)
	}
	decisions, err = r.decide(ctx, input.Reason, func(c graph.Curator) ([]graph.Decision, error) {
		taken, err := c.Split(ctx, ids[0], documents, other)
		if err == nil {
			other = taken[0].Other.ID()
		}
		return taken, err
	})
	if err == nil {
		entity, into, err = r.after(ctx, ids[0], other)
	}
	return entity, into, decisions, err
}

// MarkDistinct keeps two entities apart.
func (r mutationResolver) MarkDistinct(ctx context.Context, input generated.MarkDistinctInput) (*generated.MarkDistinctPayload, error) {
	p := &generated.MarkDistinctPayload{}
	ids, err := r.pointed(ctx, "entity", input.Entity)
	var other []graph.EntityID
	if err == nil {
		other, err = r.pointed(ctx, "other", input.Other)
	}
	if err == nil {
		p.Decisions, err = r.decide(ctx, input.Reason, func(c graph.Curator) ([]graph.Decision, error) { return c.Distinct(ctx, ids[0], other[0]) })
	}
	if err == nil {
		p.Entity, p.Other, err = r.after(ctx, ids[0], other[0])
	}
	p.Errors, err = userErrors(err)
	return p, err
}

// AddAlias gives an entity a further name.
func (r mutationResolver) AddAlias(ctx context.Context, input generated.AddAliasInput) (*generated.AddAliasPayload, error) {
	p := &generated.AddAliasPayload{}
	ids, err := r.pointed(ctx, "entity", input.Entity)
	if err == nil {
		p.Decisions, err = r.decide(ctx, input.Reason, func(c graph.Curator) ([]graph.Decision, error) { return c.Alias(ctx, ids[0], input.Alias) })
	}
	if err == nil {
		p.Entity, _, err = r.after(ctx, ids[0], "")
	}
	p.Errors, err = userErrors(err)
	return p, err
}

// ReviewFact confirms or rejects a fact.
func (r mutationResolver) ReviewFact(ctx context.Context, input generated.ReviewFactInput) (*generated.ReviewFactPayload, error) {
	p := &generated.ReviewFactPayload{}
	id, err := graph.FactID(input.Fact), error(nil)
	if graph.IDKind(input.Fact) != 'f' {
		err = inField(graph.Errorf(graph.Invalid, "%q is not the id of a fact", clip(input.Fact)).WithHint("take it from the field id of a fact"), "fact")
	}
	if err == nil {
		p.Decisions, err = r.decide(ctx, input.Reason, func(c graph.Curator) ([]graph.Decision, error) { return c.Review(ctx, id, input.Review) })
	}
	if err == nil {
		var facts map[graph.FactID]*schema.Fact
		facts, err = r.facts(ctx, []graph.FactID{id})
		p.Fact = facts[id]
	}
	p.Errors, err = userErrors(err)
	return p, err
}

// UndoDecision takes a decision back.
func (r mutationResolver) UndoDecision(ctx context.Context, input generated.UndoDecisionInput) (*generated.UndoDecisionPayload, error) {
	p := &generated.UndoDecisionPayload{}
	err := error(nil)
	if graph.IDKind(input.Decision) != 'c' {
		err = inField(graph.Errorf(graph.Invalid, "%q is not the id of a decision", clip(input.Decision)).WithHint("the decisions are listed with their ids"), "decision")
	}
	if err == nil {
		if err = r.store.Undo(ctx, graph.DecisionID(input.Decision)); err == nil {
			p.Decision = &input.Decision
		}
	}
	p.Errors, err = userErrors(err)
	return p, err
}

// decide takes decisions, and gives them as they stand among all others.
func (r mutationResolver) decide(ctx context.Context, reason *string, take func(graph.Curator) ([]graph.Decision, error)) ([]*schema.Decision, error) {
	c, err := r.curator(ctx, reason)
	if err != nil {
		return nil, err
	}
	taken, err := take(c)
	if err != nil {
		return nil, err
	}
	all, err := r.store.ListDecisions(ctx)
	return schema.NewDecisions(taken, graph.Resolve(all)), err
}

// pointed are the entities that a field of the input names. An id stays the one
// that was given, although a merge may have led it elsewhere.
func (r mutationResolver) pointed(ctx context.Context, field string, refs ...*generated.EntityRef) ([]graph.EntityID, error) {
	return translate(ctx, r.store, func(n *names) ([]graph.EntityID, error) {
		ids := make([]graph.EntityID, 0, len(refs))
		for i, ref := range refs {
			path := []string{field}
			if len(refs) > 1 {
				path = append(path, strconv.Itoa(i))
			}
			found, err := n.one(ref)
			if err != nil {
				return nil, inField(err, path...)
			}
			if ref.ID != nil {
				found = []graph.EntityID{graph.EntityID(*ref.ID)}
			}
			ids = append(ids, found...)
		}
		return ids, nil
	})
}

// after are one or two entities as decisions have left them; one of which
// nothing is left is null.
func (r *resolver) after(ctx context.Context, id, other graph.EntityID) (entity, second schema.Entity, err error) {
	ids := []graph.EntityID{id}
	if other != "" && other != id {
		ids = append(ids, other)
	}
	records, err := r.records(ctx, ids)
	if rec := records[id]; rec != nil {
		entity = rec.As()
	}
	if rec := records[other]; rec != nil {
		second = rec.As()
	}
	return entity, second, err
}
