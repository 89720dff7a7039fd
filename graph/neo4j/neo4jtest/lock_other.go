//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package neo4jtest

import (
	"errors"
	"os"
)

// lock is here so that packages with tests compile everywhere; a system without file locks has no sh either.
func lock(string) (*os.File, error) {
	return nil, unavailable{errors.ErrUnsupported}
}
