//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package neo4jtest

import (
	"errors"
	"os"
	"syscall"
)

// lock waits until no other process holds the file. The lock lasts until the file is closed, which the end of the
// process does too, so that nothing stale is ever left.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		f.Close()
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return f, nil
}
