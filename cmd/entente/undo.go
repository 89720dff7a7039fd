package main

import (
	"context"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type undoCommand struct {
	Decisions []graph.DecisionID `arg:"" name:"decision" help:"Decisions by id, as entente decisions lists them."`
}

// Run takes decisions back: all of them, or none.
func (c *undoCommand) Run(ctx context.Context, p *program) error {
	return p.withStore(ctx, require, func(store graph.Store, _ *ingest.Extractor) error {
		if err := store.Undo(ctx, c.Decisions...); err != nil {
			return err
		}
		p.say("took back %s", counted(len(c.Decisions), "decision"))
		return nil
	})
}
