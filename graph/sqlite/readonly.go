package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/entente-kg/entente/graph"
)

// openReadOnly opens what may not be written, by its permissions or those of its
// folder or file system: it answers, and refuses to be written with why.
//
// Where the folder may not be written, SQLite cannot make the file that readers
// and writers agree by, and says so unless it is told that nobody writes. That
// nobody does is plain if there is no log: a writer has one as long as it has the
// file open. Somebody else who begins to write later is not noticed.
func (s *Store) openReadOnly(ctx context.Context, why error) error {
	_ = s.disconnect() // which says no more than why
	why = s.explain(ctx, "open", why)
	abs, err := filepath.Abs(s.path)
	if err != nil {
		return why
	}
	params := []string{"_pragma=query_only(1)", "mode=ro"}
	if log, err := os.Stat(abs + "-wal"); err != nil || log.Size() == 0 {
		params = append(params, "immutable=1")
	}
	s.reading = dsn(abs, params...)
	if s.readers, err = pool(s.reading); err != nil {
		return why
	}
	if empty, err := s.inspect(ctx, s.readers); empty || err != nil {
		if graph.KindOf(err) == graph.Conflict { // it is not ours
			return err
		}
		return why
	}
	if graph.KindOf(why) != graph.Forbidden {
		why = graph.Errorf(graph.Forbidden, "open: %s may only be read: %w", s.path, why).WithHint("check the permissions of the file and of its folder")
	}
	s.frozen = why
	return nil
}

// unwritable tells whether a file could not be opened, or written, as it must be to be written.
func unwritable(err error) bool {
	e, ours := errors.AsType[*sqlite.Error](err)
	if !ours {
		return false
	}
	code := e.Code() & 0xff
	return code == sqlite3.SQLITE_READONLY || code == sqlite3.SQLITE_CANTOPEN
}
