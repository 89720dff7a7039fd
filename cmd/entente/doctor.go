package main

import (
	"context"
	"fmt"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type doctorCommand struct {
	Repair bool `help:"Mend what is derived: missing indexes are made, and the graph is made anew from the stored texts and decisions."`
}

// Help tells what it looks at.
func (doctorCommand) Help() string {
	return "It looks at the version, the file or the server's indexes, rows that belong to nothing, every record against the rows that it is folded from, and the " +
		"room that is left. It changes nothing unless told to repair. The folds are made a second time in memory, half a kilobyte for each entity, name and fact. " +
		"The exit status is 1 if a fault is left."
}

// Run examines, repairs if there is a reason and it was asked for, and examines again.
func (c *doctorCommand) Run(ctx context.Context, p *program) error {
	return p.withStore(ctx, require, func(store graph.Store, x *ingest.Extractor) error {
		findings, err := graph.Examine(ctx, store, x.Vocabulary())
		if err != nil {
			return err
		}
		if c.Repair && mendable(findings) {
			if err := p.repair(ctx, store, x); err != nil {
				return err
			}
			if findings, err = graph.Examine(ctx, store, x.Vocabulary()); err != nil {
				return err
			}
		}
		return p.tell(findings)
	})
}

func mendable(findings []graph.Finding) bool {
	for _, f := range findings {
		if f.Fault && f.Repair {
			return true
		}
	}
	return false
}

func (p *program) repair(ctx context.Context, store graph.Store, x *ingest.Extractor) error {
	p.startProgress(0)
	defer p.progress.clear()
	documents := 0
	err := ingest.Repair(ctx, store, x, func(r ingest.Report) { p.complain(r.Err) }, func(n int) {
		documents += n
		for range n {
			p.progress.add(0, 0)
		}
	})
	if err == nil {
		p.progress.clear()
		p.say("%s read again: all that is derived was made anew", counted(documents, "document"))
	}
	return err
}

// tell prints the findings; faults make a failure.
func (p *program) tell(findings []graph.Finding) error {
	faults := 0
	for _, f := range findings {
		state := "ok"
		if f.Fault {
			faults++
			state = "fault"
		}
		if p.json {
			if err := p.printJSON(f); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(p.stdout, "%-5s  %-9s  %s\n", state, f.Check, f.Message)
	}
	if faults == 0 {
		return nil
	}
	err := graph.Errorf(graph.Conflict, "the store has %s", counted(faults, "fault"))
	if mendable(findings) {
		return err.WithHint("entente doctor --repair mends it")
	}
	return err.WithHint("entente export writes what can still be read; import it into a new store")
}
