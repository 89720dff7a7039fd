//go:build unix

package graphtest

import (
	"syscall"
	"time"
)

// ProcessorTime is what this process has used so far.
func ProcessorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err) // of the process itself it is always known
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
