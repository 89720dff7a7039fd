package neo4j

import "time"

// Bounded gives options less patience and smaller transactions than anybody
// wants, for tests of what happens when these come to their end.
func Bounded(o Options, patience time.Duration, batchRows int) Options {
	o.patience, o.batchRows = patience, batchRows
	return o
}
