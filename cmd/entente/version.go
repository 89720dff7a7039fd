package main

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

type versionCommand struct{}

// versions are those of the program and of what it writes.
type versions struct {
	Version   string `json:"version"`
	Revision  string `json:"revision,omitempty"` // of the source
	Go        string `json:"go"`
	Extractor string `json:"extractor"` // and vocabulary: a store is written with one
	Dump      int    `json:"dump"`      // format of export
}

// Run prints the versions.
func (c *versionCommand) Run(p *program) error {
	x, err := ingest.NewExtractor()
	if err != nil {
		return err
	}
	v := versions{Version: "devel", Extractor: x.Version(), Dump: graph.DumpFormat}
	if info, ok := debug.ReadBuildInfo(); ok {
		v.Version, v.Go = cmp.Or(info.Main.Version, "(devel)"), info.GoVersion
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Revision = s.Value
			}
		}
	}
	if p.json {
		return p.printJSON(v)
	}
	_, err = fmt.Fprintf(p.stdout, "entente %s\nrevision  %s\ngo        %s\nextractor %s\ndump      %d\n", v.Version, cmp.Or(v.Revision, "unknown"), v.Go, v.Extractor, v.Dump)
	return err
}
