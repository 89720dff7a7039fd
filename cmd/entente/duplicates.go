package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type duplicatesCommand struct {
	Kind  []graph.Kind `enum:"Organisation,Country,Person,Agreement,Topic,Place,Event" placeholder:"KIND" help:"Only entities of this kind: Organisation, Country, Person, Agreement, Topic, Place or Event. May be repeated."`
	Limit int          `short:"n" default:"100" help:"Pairs at most."`
}

// Validate is called when the command line is parsed.
func (c *duplicatesCommand) Validate() error {
	if c.Limit < 1 {
		return fmt.Errorf("--limit is at least 1")
	}
	return nil
}

// duplicate is a proposal, in JSON.
type duplicate struct {
	Kind   graph.Kind            `json:"kind"`
	Reason graph.DuplicateReason `json:"reason"`
	Entity namedEntity           `json:"entity"`
	Other  namedEntity           `json:"other"`
}

type namedEntity struct {
	ID        graph.EntityID `json:"id"`
	Key       string         `json:"key"`
	Name      string         `json:"name"`
	Like      string         `json:"like"` // the name that is like the other's
	Documents int            `json:"documents"`
}

// Run prints which entities may be one. None is an answer, not a failure.
func (c *duplicatesCommand) Run(ctx context.Context, p *program) error {
	return p.withStore(ctx, require, func(store graph.Store, _ *ingest.Extractor) error {
		found, err := graph.Duplicates(ctx, store, c.Kind, graph.Window{Limit: c.Limit})
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
		for _, d := range found.Items {
			pair := duplicate{d.Entity.Key.Kind, d.Reason, named(d.Entity, d.Name), named(d.Other, d.Like)}
			if p.json {
				if err := p.printJSON(pair); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", d.Reason, pair.Kind, d.Name, d.Like, d.Entity.ID, d.Other.ID)
		}
		if len(found.Items) == 0 {
			p.say("no two entities look like one")
		}
		return table.Flush()
	})
}

func named(e graph.Entity, like string) namedEntity {
	return namedEntity{ID: e.ID, Key: e.Key.Text, Name: e.Name, Like: like, Documents: e.Documents}
}
