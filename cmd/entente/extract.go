package main

import (
	"bytes"
	"context"
	"encoding/json"
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
		return explain(p, in, x.Explain(in))
	}
	change, err := x.Contribution(in)
	if err != nil {
		return err
	}
	if p.json {
		return x.WriteJSON(p.stdout, change)
	}
	var line bytes.Buffer
	if err := x.WriteJSON(&line, change); err != nil {
		return err
	}
	var e extraction
	if err := json.Unmarshal(line.Bytes(), &e); err != nil {
		return fmt.Errorf("read the extraction of %s: %w", in.Source, err)
	}
	return e.print(p.stdout)
}

// extraction is the JSON contract of extract, as far as the listing shows it.
type extraction struct {
	Document struct{ Source, Title, Published string }
	Entities []struct {
		ID, Kind, Name string
		Aliases        []string
	}
	Facts []struct {
		Subject, Predicate, Object string
		Qualifiers                 map[graph.Qualifier]string
		Confidence                 float64
		Evidence                   []struct{ Text string }
	}
}

func (e extraction) print(w io.Writer) error {
	b := new(bytes.Buffer)
	fmt.Fprintf(b, "%s\n", oneLine(e.Document.Source))
	for _, s := range []string{e.Document.Title, e.Document.Published} {
		if s != "" {
			fmt.Fprintf(b, "%s\n", oneLine(s))
		}
	}
	fmt.Fprintf(b, "\n%s\n", countedEntities(len(e.Entities)))
	names := e.printEntities(b)
	fmt.Fprintf(b, "\n%s\n", counted(len(e.Facts), "fact"))
	e.printFacts(b, names)
	fmt.Fprintln(b)
	_, err := w.Write(b.Bytes())
	return err
}

// printEntities lists the entities by kind, and gives their names by id.
func (e extraction) printEntities(w io.Writer) map[string]string {
	names := map[string]string{}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, kind := range graph.Kinds {
		for _, n := range e.Entities {
			if n.Kind == string(kind) {
				names[n.ID] = oneLine(n.Name)
				fmt.Fprintf(table, "  %s\t%s\t%s\n", kind, oneLine(n.Name), oneLine(strings.Join(n.Aliases, " | ")))
			}
		}
	}
	table.Flush()
	return names
}

// printFacts lists the facts, each with the sentences that state it.
func (e extraction) printFacts(w io.Writer, names map[string]string) {
	for _, f := range e.Facts {
		var qualifiers []string
		for _, q := range graph.AllQualifiers {
			if v := f.Qualifiers[q]; q == graph.AtPlace && v != "" {
				qualifiers = append(qualifiers, "place: "+names[v])
			} else if v != "" {
				qualifiers = append(qualifiers, string(q)+": "+oneLine(v))
			}
		}
		fmt.Fprintf(w, "  %s %s %s", names[f.Subject], f.Predicate, names[f.Object])
		if len(qualifiers) > 0 {
			fmt.Fprintf(w, " (%s)", strings.Join(qualifiers, "; "))
		}
		fmt.Fprintf(w, "  %.2f\n", f.Confidence)
		quoted := slices.CompactFunc(f.Evidence, func(a, b struct{ Text string }) bool { return a.Text == b.Text })
		for _, s := range quoted {
			fmt.Fprintf(w, "      “%s”\n", oneLine(s.Text))
		}
	}
}

func countedEntities(n int) string {
	if n == 1 {
		return "1 entity"
	}
	return thousands(n) + " entities"
}
