package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type extractCommand struct {
	reading
	Explain bool `help:"Tell sentence by sentence what was found, what it stands for, which facts were read from it, and what was turned down and why."`
}

// Run prints what documents say. Without --json it shows a reader what the JSON contract holds.
func (c *extractCommand) Run(ctx context.Context, p *program) error {
	collectInTime()
	x, err := ingest.NewExtractor()
	if err != nil {
		return err
	}
	t := tally{program: p}
	documents := 0
	for in, err := range ingest.Read(ctx, c.Paths, c.options(p)) {
		documents++
		if err == nil {
			err = c.document(p, x, in)
		}
		if err != nil {
			t.fail(err)
		}
	}
	return errors.Join(ctx.Err(), t.failures(documents))
}

func (c *extractCommand) document(p *program, x *ingest.Extractor, in ingest.Input) error {
	if c.Explain {
		return explain(p, in.Source, x.Explain(in))
	}
	change, err := x.Contribution(in)
	switch {
	case err != nil:
		return err
	case p.json:
		return x.WriteJSON(p.stdout, change)
	}
	b := bufio.NewWriter(p.stdout)
	listing{change, x}.print(b)
	return b.Flush()
}

// listing shows what was read of one document.
type listing struct {
	graph.Change
	extractor *ingest.Extractor
}

func (l listing) print(w io.Writer) {
	d := l.Document
	fmt.Fprintf(w, "%s\n", oneLine(d.Source))
	for _, s := range []string{d.Title, string(d.Published)} {
		if s != "" {
			fmt.Fprintf(w, "%s\n", oneLine(s))
		}
	}
	fmt.Fprintf(w, "\n%s\n", countedEntities(len(l.Entities)))
	l.printEntities(w)
	fmt.Fprintf(w, "\n%s\n", counted(len(l.Facts), "fact"))
	l.printFacts(w)
	fmt.Fprintln(w)
}

func (l listing) name(entity int) string { return oneLine(l.extractor.Name(l.Entities[entity])) }

func (l listing) words(s graph.EvidenceSpan) string { return l.Document.Text[s.Start:s.End] }

// printEntities lists the entities by kind.
func (l listing) printEntities(w io.Writer) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, kind := range graph.Kinds {
		for i, e := range l.Entities {
			if e.Key.Kind == kind {
				fmt.Fprintf(table, "  %s\t%s\t%s\n", kind, l.name(i), oneLine(strings.Join(l.extractor.Aliases(e), " | ")))
			}
		}
	}
	table.Flush()
}

// printFacts lists the facts, each with the sentences that state it.
func (l listing) printFacts(w io.Writer) {
	for _, f := range l.Facts {
		var qualifiers []string
		for _, q := range graph.AllQualifiers {
			if v := f.Qualifiers[q]; q == graph.AtPlace && f.Place != nil {
				qualifiers = append(qualifiers, "place: "+l.name(*f.Place))
			} else if v != "" {
				qualifiers = append(qualifiers, string(q)+": "+oneLine(v))
			}
		}
		fmt.Fprintf(w, "  %s %s %s", l.name(f.Subject), f.Predicate, l.name(f.Object))
		if len(qualifiers) > 0 {
			fmt.Fprintf(w, " (%s)", strings.Join(qualifiers, "; "))
		}
		fmt.Fprintf(w, "  %.2f\n", float64(f.Confidence)/1000)
		quoted := slices.CompactFunc(slices.Clone(f.Spans), func(a, b graph.EvidenceSpan) bool { return l.words(a) == l.words(b) })
		for _, s := range quoted {
			fmt.Fprintf(w, "      “%s”\n", oneLine(l.words(s)))
		}
	}
}

func countedEntities(n int) string {
	if n == 1 {
		return "1 entity"
	}
	return thousands(n) + " entities"
}
