package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type exportCommand struct {
	Output string `short:"o" type:"path" placeholder:"FILE" help:"Write a file in place of standard output; it is there only once it is complete."`
}

// Run writes everything that determines the graph, and the graph.
func (c *exportCommand) Run(ctx context.Context, p *program) error {
	return p.withStore(ctx, require, func(store graph.Store, _ *ingest.Extractor) error {
		if c.Output == "" {
			return graph.WriteDump(ctx, p.stdout, store)
		}
		return c.file(ctx, store)
	})
}

// file writes beside the file first, so that no half of a dump ever bears its name.
func (c *exportCommand) file(ctx context.Context, store graph.Store) error {
	f, err := os.CreateTemp(filepath.Dir(c.Output), filepath.Base(c.Output)+".*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer os.Remove(f.Name()) // fails once it is renamed
	defer f.Close()           // fails once it is closed
	w := bufio.NewWriter(f)
	if err := graph.WriteDump(ctx, w, store); err != nil {
		return err
	}
	for _, finish := range []func() error{w.Flush, f.Sync, f.Close} {
		if err := finish(); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return os.Rename(f.Name(), c.Output)
}
