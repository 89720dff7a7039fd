package main

import (
	"context"

	"github.com/entente-kg/entente/graph"
)

type reviewCommand struct {
	signature
	Fact   string `arg:"" help:"The fact, by id."`
	Review string `arg:"" enum:"confirmed,rejected" help:"What to say of it: confirmed, or rejected; then it is shown nowhere. It takes the place of what was said before."`
}

// Run says it.
func (c *reviewCommand) Run(ctx context.Context, p *program) error {
	return p.decide(ctx, c.signature, nil, func(by graph.Curator, _ []graph.EntityID) ([]graph.Decision, error) {
		return by.Review(ctx, graph.FactID(c.Fact), graph.Review(c.Review))
	})
}
