package server

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema"
)

// Node looks up one id.
func (r queryResolver) Node(ctx context.Context, id string) (schema.Node, error) {
	nodes, err := r.Nodes(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	return nodes[0], nil
}

// Nodes looks up ids: one statement for every noun among them.
func (r queryResolver) Nodes(ctx context.Context, ids []string) ([]schema.Node, error) {
	if len(ids) > mostFirst {
		return nil, tooMuch("ids", len(ids), mostFirst)
	}
	byNoun := map[byte][]string{}
	for _, id := range ids {
		noun := graph.IDKind(id)
		if noun == 0 {
			return nil, graph.Errorf(graph.Invalid, "%q is not an id", clip(id)).WithHint("take it from a field id")
		}
		byNoun[noun] = append(byNoun[noun], id)
	}
	found := map[string]schema.Node{}
	for noun, load := range map[byte]func(context.Context, []string, map[string]schema.Node) error{
		'e': r.entityNodes, 'f': r.factNodes, 'd': r.documentNodes, 'v': r.evidenceNodes, 'c': r.decisionNodes} {
		if len(byNoun[noun]) == 0 {
			continue
		}
		if err := load(ctx, byNoun[noun], found); err != nil {
			return nil, err
		}
	}
	nodes := make([]schema.Node, len(ids))
	for i, id := range ids {
		nodes[i] = found[id]
	}
	return nodes, nil
}

// typed are the ids, each once, as ids of a noun.
func typed[ID ~string](ids []string) []ID {
	return distinct(ids, func(id string) ID { return ID(id) })
}

func (r queryResolver) entityNodes(ctx context.Context, ids []string, found map[string]schema.Node) error {
	records, err := r.records(ctx, typed[graph.EntityID](ids))
	for id, rec := range records {
		found[string(id)] = rec.As()
	}
	return err
}

func (r queryResolver) factNodes(ctx context.Context, ids []string, found map[string]schema.Node) error {
	facts, err := r.facts(ctx, typed[graph.FactID](ids))
	for id, f := range facts {
		found[string(id)] = f
	}
	return err
}

func (r queryResolver) documentNodes(ctx context.Context, ids []string, found map[string]schema.Node) error {
	documents, err := r.documents(ctx, typed[graph.DocumentID](ids), false)
	for id, d := range documents {
		found[string(id)] = d
	}
	return err
}

func (r queryResolver) evidenceNodes(ctx context.Context, ids []string, found map[string]schema.Node) error {
	cited, err := r.store.Evidence(ctx, typed[graph.EvidenceID](ids))
	var list []graph.Cited
	for _, id := range typed[graph.EvidenceID](ids) {
		if c, exists := cited[id]; exists {
			list = append(list, c)
		}
	}
	for _, e := range schema.NewEvidence(list) {
		found[string(e.ID)] = e
	}
	return err
}
