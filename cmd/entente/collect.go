package main

import (
	"os"
	"runtime/debug"
)

// collectLess lets the garbage collector wait until the heap has grown to three times what
// is in use, unless the environment says otherwise: a server's garbage is
// answers, which are gone as soon as they are sent.
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // docs/performance.md has the figures
	}
}

// extractMemory is what an extraction stays under: a text as long as may be read, and what it says.
const extractMemory = 256 << 20

// collectInTime has the garbage collector run as often as it takes to stay under
// [extractMemory], unless the environment says otherwise.
func collectInTime() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(extractMemory)
	}
}
