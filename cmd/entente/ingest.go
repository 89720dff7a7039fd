package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

// reading is how documents are named and read, by ingest and extract alike.
type reading struct {
	Paths     []string        `arg:"" name:"path" help:"Files, folders and patterns of .txt, .md, .html and .jsonl files; - is standard input."`
	Source    string          `placeholder:"NAME" help:"Where the only document comes from, in place of its path; standard input needs it."`
	Format    ingest.Format   `enum:",text,markdown,html,jsonl" default:"" help:"text, markdown, html or jsonl, in place of what the name tells."`
	Published publicationDate `env:"ENTENTE_PUBLISHED" placeholder:"DATE" help:"The day of publication of documents that do not tell it."`
	Language  string          `env:"ENTENTE_LANGUAGE" placeholder:"CODE" help:"The language of documents that do not tell it; en reads them whatever they look like."`
	MaxBytes  byteSize        `env:"ENTENTE_MAX_BYTES" default:"10MiB" help:"The most that one document may take up."`
}

func (r reading) options(p *program) ingest.Options {
	return ingest.Options{Source: r.Source, Format: r.Format, Published: graph.Date(r.Published), Language: r.Language, MaxBytes: int64(r.MaxBytes), Stdin: p.stdin}
}

type ingestCommand struct{ reading }

// Help tells what a run does with documents that it has seen before.
func (ingestCommand) Help() string {
	return "A document is known by its source, which is its path unless it names another. One that has changed replaces its earlier text; " +
		"one that has not is passed over, so the same command again goes on where an interrupted one ended."
}

// Run reads documents into the store.
func (c *ingestCommand) Run(ctx context.Context, p *program) error {
	return p.withStore(ctx, create, func(store graph.Store, x *ingest.Extractor) error {
		t := tally{program: p}
		p.startProgress(ingest.Measure(c.Paths))
		summary, err := ingest.Run(ctx, store, x, ingest.Read(ctx, c.Paths, c.options(p)), t.document)
		p.progress.clear()
		if err := t.summary(summary); err != nil {
			return err
		}
		if errors.Is(err, context.Canceled) {
			p.say("%s done; the same command again goes on from there", counted(summary.Documents(), "document"))
		}
		return errors.Join(err, t.failures(summary.Documents()))
	})
}

// tally reports the documents of a run, and counts those that failed.
type tally struct {
	program *program
	failed  int
	missing int // of the failed: not there
}

// reported is one document in JSON.
type reported struct {
	Source  string           `json:"source"`
	ID      graph.DocumentID `json:"id"`
	Outcome string           `json:"outcome"`
	Facts   int              `json:"facts"`
	Error   string           `json:"error,omitempty"`
	Hint    string           `json:"hint,omitempty"`
}

func (t *tally) document(r ingest.Report) {
	p := t.program
	line := reported{Source: r.Source, ID: r.Document, Outcome: string(r.Outcome), Facts: r.Facts}
	if r.Err != nil {
		t.fail(r.Err)
		line.Outcome, line.Error, line.Hint = "failed", r.Err.Error(), graph.HintOf(r.Err)
	}
	if p.json {
		_ = p.printJSON(line) // output remembers the error
	}
	p.progress.add(r.Size, r.Facts)
}

func (t *tally) fail(err error) {
	t.failed++
	if graph.KindOf(err) == graph.NotFound {
		t.missing++
	}
	t.program.complain(err)
}

// summary prints what became of the documents.
func (t *tally) summary(s ingest.Summary) error {
	if t.program.json {
		return t.program.printJSON(struct {
			Summary ingest.Summary `json:"summary"`
		}{s})
	}
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{{s.Added, "added"}, {s.Updated, "updated"}, {s.Unchanged, "unchanged"}, {s.Superseded, "superseded"}, {s.Failed, "failed"}} {
		if part.n > 0 {
			parts = append(parts, thousands(part.n)+" "+part.what)
		}
	}
	line := counted(s.Documents(), "document")
	if len(parts) > 0 {
		line += ": " + strings.Join(parts, ", ")
	}
	if s.Added+s.Updated > 0 {
		line += "; " + counted(s.Facts, "fact")
	}
	_, err := fmt.Fprintln(t.program.stdout, line)
	return err
}

// failures is the error that decides the exit status: nothing that was named is there, or part has failed.
func (t *tally) failures(documents int) error {
	switch {
	case t.failed == 0:
		return nil
	case t.missing == documents:
		return graph.Errorf(graph.NotFound, "nothing to read")
	}
	return partly{t.failed, documents}
}
