package main

import (
	"context"
	"fmt"
	"os/user"
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

// entityCommand is what a person decides of entities.
type entityCommand struct {
	Merge    mergeCommand    `cmd:"" help:"Make entities one."`
	Split    splitCommand    `cmd:"" help:"Take the mentions of some documents out of an entity."`
	Distinct distinctCommand `cmd:"" help:"Keep two entities apart, whatever merges would make them one."`
	Alias    aliasCommand    `cmd:"" help:"Give an entity a further name."`
}

type mergeCommand struct {
	signature
	Entities []string `arg:"" name:"entity" help:"Two entities or more, by id or name."`
}

// Validate is called when the command line is parsed.
func (c *mergeCommand) Validate() error {
	if len(c.Entities) < 2 {
		return fmt.Errorf("a merge needs two entities")
	}
	return nil
}

// Run makes the entities one.
func (c *mergeCommand) Run(ctx context.Context, p *program) error {
	return p.decide(ctx, c.signature, c.Entities, func(by graph.Curator, ids []graph.EntityID) ([]graph.Decision, error) {
		return by.Merge(ctx, ids...)
	})
}

type splitCommand struct {
	signature
	Entity    string   `arg:"" help:"The entity that stands for two, by id or name."`
	Documents []string `arg:"" name:"document" help:"The documents that speak of another one, by source or id."`
	Into      string   `placeholder:"ENTITY" help:"The one that they speak of, by id or name; without it one of its own."`
}

// Run takes the mentions out.
func (c *splitCommand) Run(ctx context.Context, p *program) error {
	entities := []string{c.Entity}
	if c.Into != "" {
		entities = append(entities, c.Into)
	}
	documents := make([]graph.DocumentID, len(c.Documents))
	for i, name := range c.Documents {
		documents[i] = ingest.DocumentID(name)
	}
	return p.decide(ctx, c.signature, entities, func(by graph.Curator, ids []graph.EntityID) ([]graph.Decision, error) {
		return by.Split(ctx, ids[0], documents, append(ids, "")[1])
	})
}

type distinctCommand struct {
	signature
	Entity string `arg:"" help:"The one, by id or name; what a merge made one, by the ids that they had before."`
	Other  string `arg:"" help:"The other."`
}

// Run keeps the two apart.
func (c *distinctCommand) Run(ctx context.Context, p *program) error {
	return p.decide(ctx, c.signature, []string{c.Entity, c.Other}, func(by graph.Curator, ids []graph.EntityID) ([]graph.Decision, error) {
		return by.Distinct(ctx, ids[0], ids[1])
	})
}

type aliasCommand struct {
	signature
	Entity string `arg:"" help:"The entity, by id or name."`
	Name   string `arg:"" help:"What it is also called."`
}

// Run gives the entity its name.
func (c *aliasCommand) Run(ctx context.Context, p *program) error {
	return p.decide(ctx, c.signature, []string{c.Entity}, func(by graph.Curator, ids []graph.EntityID) ([]graph.Decision, error) {
		return by.Alias(ctx, ids[0], c.Name)
	})
}

// signature is who decides, and why.
type signature struct {
	Author string `env:"ENTENTE_AUTHOR" default:"${user}" help:"Who decides. Default: ${user}"`
	Reason string `help:"Why."`
}

// userName is who runs the program, as far as the system tells.
func userName() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "anonymous"
}

// decide finds the entities, has something decided, and prints what is new.
func (p *program) decide(ctx context.Context, s signature, entities []string, take func(graph.Curator, []graph.EntityID) ([]graph.Decision, error)) error {
	return p.withStore(ctx, require, func(store graph.Store, _ *ingest.Extractor) error {
		ids, err := pointed(ctx, store, entities)
		if err != nil {
			return err
		}
		taken, err := take(graph.Curator{Store: store, Author: s.Author, At: time.Now(), Reason: s.Reason}, ids)
		if err != nil {
			return err
		}
		if len(taken) == 0 {
			p.say("this was decided already")
		}
		for _, d := range taken {
			if p.json {
				err = p.printJSON(d)
			} else {
				_, err = fmt.Fprintf(p.stdout, "%s  %s\n", d.ID, oneLine(said(d)))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// pointed are the entities that are named by id or by name. An id stays the one
// that was given, although a merge may have led it elsewhere.
func pointed(ctx context.Context, store graph.Reader, names []string) ([]graph.EntityID, error) {
	refs := make([]graph.Ref, len(names))
	for i, name := range names {
		if refs[i].Name = name; graph.IDKind(name) == 'e' {
			refs[i] = graph.Ref{ID: graph.EntityID(name)}
		}
	}
	found, err := store.Resolve(ctx, refs)
	if err != nil {
		return nil, err
	}
	ids := make([]graph.EntityID, len(names))
	for i, ref := range refs {
		switch {
		case len(found[i]) == 0:
			return nil, graph.Errorf(graph.NotFound, "nothing is called %s", ref).WithHint("entente search finds entities, with their ids")
		case len(found[i]) > 1:
			return nil, graph.Errorf(graph.Ambiguous, "%s may be %s", ref, candidates(found[i])).WithHint("name one of them by its id")
		case ref.ID != "":
			ids[i] = ref.ID
		default:
			ids[i] = found[i][0].ID
		}
	}
	return ids, nil
}

func candidates(entities []graph.Entity) string {
	list := make([]string, len(entities))
	for i, e := range entities {
		list[i] = fmt.Sprintf("%s %s (%s)", e.Kind(), e.Name, e.ID)
	}
	return strings.Join(list, ", ")
}
