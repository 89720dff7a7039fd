package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type withdrawCommand struct {
	Documents []string `arg:"" name:"document" help:"Documents by source, as they were ingested, or by id."`
	Revision  *int64   `placeholder:"N" help:"The revision number of the withdrawal; without it one more than the document's."`
}

// Run takes documents out.
func (c *withdrawCommand) Run(ctx context.Context, p *program) error {
	return p.withStore(ctx, require, func(store graph.Store, _ *ingest.Extractor) error {
		t := tally{program: p}
		for _, name := range c.Documents {
			applied, err := ingest.Withdraw(ctx, store, name, c.Revision)
			switch {
			case errors.Is(err, context.Canceled):
				return err
			case err != nil:
				t.fail(err)
			default:
				t.withdrawn(name, applied)
			}
		}
		return t.failures(len(c.Documents))
	})
}

func (t *tally) withdrawn(name string, a graph.Applied) {
	if t.program.json {
		_ = t.program.printJSON(struct {
			Document graph.DocumentID `json:"document"`
			Outcome  graph.Outcome    `json:"outcome"`
		}{a.Document, a.Outcome})
		return
	}
	fmt.Fprintf(t.program.stdout, "%s: %s\n", oneLine(name), a.Outcome)
}
