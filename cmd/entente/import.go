package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type importCommand struct {
	Path string `arg:"" default:"-" help:"A file that export has written; - is standard input."`
}

// Run applies a dump to the store.
func (c *importCommand) Run(ctx context.Context, p *program) error {
	in, size, err := c.open(p)
	if err != nil {
		return err
	}
	defer in.Close()
	return p.withStore(ctx, create, func(store graph.Store, _ *ingest.Extractor) error {
		p.startProgress(size)
		source := &counter{Reader: in}
		seen, read := 0, int64(0)
		documents, err := graph.Load(ctx, source, store, func(n int) {
			for ; seen < n; seen++ {
				p.progress.add(source.n-read, 0)
				read = source.n
			}
		})
		p.progress.clear()
		if err != nil {
			return fmt.Errorf("import %s: %w", c.Path, err)
		}
		if p.json {
			return p.printJSON(map[string]int{"documents": documents})
		}
		_, err = fmt.Fprintf(p.stdout, "%s imported\n", counted(documents, "document"))
		return err
	})
}

// open gives the dump and its size, 0 if nobody knows it.
func (c *importCommand) open(p *program) (io.ReadCloser, int64, error) {
	if c.Path == "-" {
		return io.NopCloser(p.stdin), 0, nil
	}
	f, err := os.Open(c.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, 0, graph.Errorf(graph.NotFound, "%s does not exist", c.Path)
	case err != nil:
		return nil, 0, fmt.Errorf("import: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, fmt.Errorf("import: %w", err)
	}
	return f, info.Size(), nil
}

// counter counts what is read.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += int64(n)
	return n, err
}
