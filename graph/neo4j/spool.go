package neo4j

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/entente-kg/entente/graph"
)

// spool keeps a dump until it is known to be of one moment, and lets whoever
// reads it take their time. It is a temporary file, since a dump may be larger
// than the memory.
type spool struct {
	file    *os.File
	writer  *bufio.Writer
	encoder *json.Encoder
}

// kept is a line with what of its record a dump does not show.
type kept struct {
	Line   graph.DumpLine
	Sort   string             `json:",omitempty"`
	Entity *graph.EntityRanks `json:",omitempty"`
	Fact   *graph.FactRanks   `json:",omitempty"`
	Stands string             `json:",omitempty"`
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "entente-dump-")
	if err != nil {
		return nil, fmt.Errorf("keep the dump: %w", err)
	}
	p := &spool{file: f, writer: bufio.NewWriterSize(f, 1<<16)}
	p.encoder = json.NewEncoder(p.writer)
	p.encoder.SetEscapeHTML(false)
	return p, nil
}

func (p *spool) close() {
	_ = p.file.Close()
	_ = os.Remove(p.file.Name())
}

// empty forgets what was put in.
func (p *spool) empty() error {
	p.writer.Reset(p.file)
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("keep the dump: %w", err)
	}
	if err := p.file.Truncate(0); err != nil {
		return fmt.Errorf("keep the dump: %w", err)
	}
	return nil
}

func (p *spool) put(line graph.DumpLine) error {
	k := kept{Line: line}
	if e := line.Entity; e != nil {
		k.Sort, k.Entity = e.Sort, &e.Ranks
	}
	if f := line.Fact; f != nil {
		k.Fact = &f.Ranks
	}
	if line.Stands != nil {
		k.Stands = line.Stands()
	}
	if err := p.encoder.Encode(k); err != nil {
		return graph.Errorf(graph.Unavailable, "dump: it cannot be kept in %s: %w", p.file.Name(), err).
			WithHint("make room there, or name another folder with TMPDIR")
	}
	return nil
}

// lines hands out what was put in.
func (p *spool) lines(yield func(graph.DumpLine, error) bool) error {
	if err := p.writer.Flush(); err != nil {
		return graph.Errorf(graph.Unavailable, "dump: it cannot be kept in %s: %w", p.file.Name(), err).
			WithHint("make room there, or name another folder with TMPDIR")
	}
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read what was kept of the dump: %w", err)
	}
	for decoder := json.NewDecoder(p.file); decoder.More(); {
		var k kept
		if err := decoder.Decode(&k); err != nil {
			return fmt.Errorf("read what was kept of the dump: %w", err)
		}
		if k.Entity != nil {
			k.Line.Entity.Sort, k.Line.Entity.Ranks = k.Sort, *k.Entity
		}
		if k.Fact != nil {
			k.Line.Fact.Ranks = *k.Fact
		}
		if k.Stands != "" {
			k.Line.Stands = func() string { return k.Stands }
		}
		if !yield(k.Line, nil) {
			return nil
		}
	}
	return nil
}
