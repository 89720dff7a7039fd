package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type decisionsCommand struct {
	Asleep bool `help:"Only those that are about nothing at present."`
}

// decision is a line of the list, in JSON.
type decision struct {
	graph.Decision
	Asleep bool `json:"asleep"`
}

// Run prints what people have decided, by id.
func (c *decisionsCommand) Run(ctx context.Context, p *program) error {
	return p.withStore(ctx, require, func(store graph.Store, _ *ingest.Extractor) error {
		all, err := store.ListDecisions(ctx)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
		for _, d := range all {
			if c.Asleep && !d.Asleep {
				continue
			}
			if p.json {
				if err := p.printJSON(decision{d, d.Asleep}); err != nil {
					return err
				}
				continue
			}
			state := ""
			if d.Asleep {
				state = "asleep"
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", d.ID, d.Kind, said(d), d.Author, d.At.UTC().Format(time.DateOnly), state)
		}
		return table.Flush()
	})
}

// said is what a decision says, on one line.
func said(d graph.Decision) string {
	switch d.Kind {
	case graph.Same:
		return d.Key.Text + " = " + d.Other.Text
	case graph.Distinct:
		return d.Key.Text + " ≠ " + d.Other.Text
	case graph.Reassign:
		return fmt.Sprintf("%s → %s in %s", d.Key.Text, d.Other.Text, counted(len(d.Documents), "document"))
	case graph.Alias:
		return d.Key.Text + " is called " + d.Text
	}
	return fmt.Sprintf("%s %s %s: %s", d.Fact.Subject.Text, d.Fact.Predicate, d.Fact.Object.Text, d.Review)
}
