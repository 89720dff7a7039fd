package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type searchCommand struct {
	Text      []string     `arg:"" help:"What to look for; the last word may be unfinished, and a name may have a typing error."`
	Kind      []graph.Kind `enum:"Organisation,Country,Person,Agreement,Topic,Place,Event" placeholder:"KIND" help:"Only entities of this kind: Organisation, Country, Person, Agreement, Topic, Place or Event. May be repeated."`
	Entities  bool         `xor:"what" help:"Only entities."`
	Sentences bool         `xor:"what" help:"Only sentences."`
	Limit     int          `short:"n" default:"10" help:"Hits of each sort, at most 1000."`
}

// Validate is called when the command line is parsed.
func (c *searchCommand) Validate() error {
	if c.Limit < 1 || c.Limit > 1000 {
		return fmt.Errorf("--limit is between 1 and 1000")
	}
	return nil
}

// Run prints what was found. To have found nothing is an answer of its own, and an exit status.
func (c *searchCommand) Run(ctx context.Context, p *program) error {
	text := strings.Join(c.Text, " ")
	return p.withStore(ctx, require, func(store graph.Store, _ *ingest.Extractor) error {
		found, err := graph.Search(ctx, store, graph.SearchQuery{Text: text, Kinds: c.Kind, Entities: !c.Sentences, Sentences: !c.Entities && len(c.Kind) == 0, Degrees: true, Limit: c.Limit})
		if err != nil {
			return err
		}
		result := hitsOf(found)
		if p.json {
			err = p.printJSON(result)
		} else {
			err = result.print(p.stdout)
		}
		if err == nil && len(result.Entities)+len(result.Sentences) == 0 {
			err = graph.Errorf(graph.NotFound, "nothing matches %q", text)
		}
		if found.Truncated {
			p.say("more matched than were ranked; more words narrow it down")
		}
		return err
	})
}

// hits is what a search found, in JSON.
type hits struct {
	Entities  []entityHit   `json:"entities"`
	Sentences []sentenceHit `json:"sentences"`
	Truncated bool          `json:"truncated"`
}

type entityHit struct {
	ID        graph.EntityID `json:"id"`
	Kind      graph.Kind     `json:"kind"`
	Name      string         `json:"name"`
	Date      graph.Date     `json:"date,omitempty"`
	Matched   string         `json:"matched"` // the name that matched
	Match     string         `json:"match"`   // exact, prefix, words or fuzzy
	Facts     int            `json:"facts"`
	Documents int            `json:"documents"`
}

type sentenceHit struct {
	Text      string           `json:"text"`
	Start     int              `json:"start"`
	End       int              `json:"end"`
	Document  graph.DocumentID `json:"document"`
	Source    string           `json:"source"`
	Title     string           `json:"title,omitempty"`
	Published graph.Date       `json:"published,omitempty"`
}

func hitsOf(r graph.SearchResult) hits {
	h := hits{Entities: []entityHit{}, Sentences: []sentenceHit{}, Truncated: r.Truncated}
	for _, e := range r.Entities {
		h.Entities = append(h.Entities, entityHit{ID: e.Entity.ID, Kind: e.Entity.Kind(), Name: e.Entity.Name, Date: e.Entity.Date,
			Matched: e.Matched, Match: e.Class.String(), Facts: e.Degree, Documents: e.Entity.Documents})
	}
	for _, s := range r.Sentences {
		h.Sentences = append(h.Sentences, sentenceHit{Text: s.Sentence.Text, Start: s.Sentence.Start, End: s.Sentence.End,
			Document: s.Document.ID, Source: s.Document.Source, Title: s.Document.Title, Published: s.Document.Published})
	}
	return h
}

func (h hits) print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, e := range h.Entities {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", e.Kind, oneLine(e.Name+also(e)), counted(e.Facts, "fact"), e.ID)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for n, s := range h.Sentences {
		if n > 0 || len(h.Entities) > 0 {
			fmt.Fprintln(w)
		}
		if _, err := fmt.Fprintf(w, "“%s”\n  %s\n", oneLine(s.Text), oneLine(string(s.Published)+" "+s.Source)); err != nil {
			return err
		}
	}
	return nil
}

// also shows the name that matched, if it is not the one shown.
func also(e entityHit) string {
	if e.Matched == e.Name {
		return ""
	}
	return " (" + e.Matched + ")"
}
