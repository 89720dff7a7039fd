//go:build !unix

package graphtest

import "time"

var began = time.Now()

// ProcessorTime is the time that has passed, where nothing better is known.
func ProcessorTime() time.Duration { return time.Since(began) }
