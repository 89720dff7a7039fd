package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type statsCommand struct{}

// Run prints what the store holds.
func (c *statsCommand) Run(ctx context.Context, p *program) error {
	return p.withStore(ctx, require, func(store graph.Store, _ *ingest.Extractor) error {
		s, err := store.Statistics(ctx)
		if err != nil {
			return err
		}
		if p.json {
			return p.printJSON(s)
		}
		return p.printStatistics(s)
	})
}

func (p *program) printStatistics(s graph.Statistics) error {
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(n int, what string) { fmt.Fprintf(table, "%s\t  %s\n", thousands(n), what) }
	row(s.Documents, "documents")
	row(s.Sentences, "sentences")
	row(s.Evidence, "evidence")
	row(s.Decisions, "decisions")
	for _, k := range graph.Kinds {
		if s.Entities[k] > 0 {
			row(s.Entities[k], string(k))
		}
	}
	for _, predicate := range graph.Predicates {
		if s.Facts[predicate] > 0 {
			row(s.Facts[predicate], string(predicate))
		}
	}
	switch {
	case s.Filling:
		p.say("an import was cut off, or is under way: entente import of the same file begins anew")
	case s.Renewal != nil:
		p.say("the store is being read again, and shows a part of its graph only: entente reprocess goes on where it ended")
	case s.Pending != nil:
		p.say("decisions have not reached every document yet: the next write goes on with it")
	}
	return table.Flush()
}
