package main

import (
	"context"

	"github.com/entente-kg/entente/server"
)

type schemaCommand struct {
	Introspection bool `help:"As the JSON that the introspection query answers, for tools that want it."`
}

// Run prints the GraphQL schema.
func (c *schemaCommand) Run(ctx context.Context, p *program) error {
	text := []byte(server.SDL())
	if c.Introspection {
		var err error
		if text, err = server.Introspection(ctx); err != nil {
			return err
		}
	}
	_, err := p.stdout.Write(text)
	return err
}
