package sqlite

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/entente-kg/entente/graph"
)

// explain gives an error of the driver its kind, and says what was being done.
func (s *Store) explain(ctx context.Context, doing string, err error) error {
	if err == nil || graph.KindOf(err) != "" {
		return err
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	}
	e, ours := errors.AsType[*sqlite.Error](err)
	if !ours {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if e.Code() == sqlite3.SQLITE_IOERR_WRITE {
		// A quota or a limit on the size of files: SQLite calls only ENOSPC full.
		return graph.Errorf(graph.Full, "%s: %s may not grow: %w", doing, s.path, err).
			WithHint("make room (disk, quota, limit on file sizes) and run the same command again: nothing is half-written")
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return graph.Errorf(graph.Unavailable, "%s: another process has been writing to %s for too long: %w", doing, s.path, err).WithHint("try again")
	case sqlite3.SQLITE_FULL:
		return graph.Errorf(graph.Full, "%s: no room is left for %s: %w", doing, s.path, err).WithHint("make room and run the same command again: nothing is half-written")
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return graph.Errorf(graph.Forbidden, "%s: %s may not be written: %w", doing, s.path, err).WithHint("check the permissions of the file and of its folder")
	case sqlite3.SQLITE_CANTOPEN:
		return graph.Errorf(graph.Unavailable, "%s: %s cannot be opened: %w", doing, s.path, err).WithHint("check that its folder exists and may be written")
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return graph.Errorf(graph.Conflict, "%s: %s is damaged or no SQLite database: %w", doing, s.path, err).WithHint("name another file with --store, or restore a backup")
	case sqlite3.SQLITE_IOERR:
		return graph.Errorf(graph.Unavailable, "%s: reading or writing %s failed: %w", doing, s.path, err).WithHint("check the disk, then run the same command again: nothing is half-written")
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// damaged tells whether the file is torn.
func damaged(err error) bool {
	e, ours := errors.AsType[*sqlite.Error](err)
	return ours && e.Code()&0xff == sqlite3.SQLITE_CORRUPT // no repair gets through it
}

// busy tells whether another process is writing.
func busy(err error) bool {
	e, ours := errors.AsType[*sqlite.Error](err)
	return ours && e.Code()&0xff == sqlite3.SQLITE_BUSY
}
