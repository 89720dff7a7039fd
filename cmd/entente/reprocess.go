package main

import (
	"context"
	"fmt"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type reprocessCommand struct{}

// Help tells when it is needed.
func (reprocessCommand) Help() string {
	return "A store that an older version wrote may only be read until its texts are read again. The graph that comes out is the one that a fresh ingest " +
		"of the same documents would give; decisions stay. Interrupted, the same command goes on where it ended (in Neo4j), or begins again (in a file, which has not changed)."
}

// Run reads the stored texts again.
func (c *reprocessCommand) Run(ctx context.Context, p *program) error {
	return p.withStore(ctx, require, func(store graph.Store, x *ingest.Extractor) error {
		before, err := store.Statistics(ctx)
		if err != nil {
			return err
		}
		p.startProgress(0)
		failed, documents := 0, 0
		err = ingest.Reprocess(ctx, store, x, func(r ingest.Report) {
			failed++
			p.complain(r.Err)
		}, func(n int) {
			documents += n
			for range n {
				p.progress.add(0, 0)
			}
		})
		p.progress.clear()
		if err != nil {
			return err
		}
		if p.json {
			err = p.printJSON(map[string]any{"documents": documents, "failed": failed, "from": before.Version, "to": x.Version()})
		} else if documents == 0 && before.Version == x.Version() {
			_, err = fmt.Fprintf(p.stdout, "nothing to do: the store was written with %s\n", x.Version())
		} else {
			_, err = fmt.Fprintf(p.stdout, "%s read again: the store was written with %s, and is now with %s\n", counted(documents, "document"), before.Version, x.Version())
		}
		if err == nil && failed > 0 {
			err = partly{failed, documents}
		}
		return err
	})
}
