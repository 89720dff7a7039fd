// Package sqlite is the embedded store: one file, no server, the same answers
// in the same order as graph/neo4j.
//
// One connection writes, within immediate transactions and with
// synchronous=FULL, so that what was acknowledged survives power loss; a small
// pool of read-only connections answers questions from WAL snapshots, and
// neither waits for the other. Other processes may have the file open too: a
// writer waits up to a minute for its turn.
//
// Writing is [graph.Bookkeeper]'s: ledger.go gives it the rows and records of
// one transaction. Reading is one statement a question: filter.go compiles what
// is asked for to SQL, list.go adds order, window and parents. Sets of ids go in
// as one JSON array (json_each), so that a statement's text does not depend on
// how many there are.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/entente-kg/entente/graph"
)

// Options configure a store. The zero value works, with an empty vocabulary.
type Options struct {
	// Vocabulary is written into an empty store. A store written with another
	// version may only be read.
	Vocabulary graph.Vocabulary
}

// Store is a graph in one SQLite file.
type Store struct {
	path       string
	reading    string // the address by which readers open it
	readers    *readers
	bookkeeper *graph.Bookkeeper
	frozen     error       // why it may only be read, if so
	jobs       atomic.Bool // there were jobs
	logs       bool        // there is a log of changes
	atlas      *graph.Atlas

	writing    *sql.DB
	writer     *sql.Conn            // of writing; whoever holds the turn uses it
	turn       chan struct{}        // holds one token
	statements map[string]*sql.Stmt // of the writer, by text; they stay prepared
}

var _ graph.Store = (*Store)(nil)

// Open opens the store in the file at path, and makes it if there is none. Its
// folder must exist. Somebody else's database, a newer schema and a file that is
// no database are refused with Conflict.
func Open(ctx context.Context, path string, opts Options) (*Store, error) {
	s := &Store{path: path, bookkeeper: graph.NewBookkeeper(opts.Vocabulary), turn: make(chan struct{}, 1), statements: map[string]*sql.Stmt{}}
	s.turn <- struct{}{}
	s.atlas = graph.NewAtlas(chart{s})
	err := s.connect(ctx)
	if err == nil {
		err = s.prepare(ctx)
	}
	if unwritable(err) {
		err = s.openReadOnly(ctx, err)
	}
	if err != nil {
		s.Close()
		return nil, s.explain(ctx, "open", err)
	}
	return s, nil
}

func (s *Store) connect(ctx context.Context) error {
	abs, err := filepath.Abs(s.path)
	if err != nil {
		return fmt.Errorf("open %s: %w", s.path, err)
	}
	if info, err := os.Stat(abs); err == nil && info.IsDir() {
		return graph.Errorf(graph.Invalid, "open: %s is a folder", s.path).WithHint("name a file in it with --store")
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return graph.Errorf(graph.Unavailable, "open: %w", err).WithHint("check the path given with --store")
	}
	if s.writing, err = sql.Open("sqlite", dsn(abs, "_txlock=immediate", "_pragma=synchronous(FULL)", "_pragma=wal_autocheckpoint(2000)")); err != nil {
		return err
	}
	if s.writer, err = s.writing.Conn(ctx); err != nil {
		return err
	}
	s.reading = dsn(abs, "_pragma=query_only(1)")
	s.readers, err = pool(s.reading)
	return err
}

// readers are connections for readers, which keep statements prepared: to parse and
// plan one costs as much as to read a short page.
type readers struct {
	*sql.DB
	mu         sync.RWMutex
	statements map[string]*sql.Stmt // by text
}

// mostPrepared bounds the statements that are kept, some 10 kB for each connection: the first
// so many shapes of questions. None is closed before all are, so that nobody is using it.
const mostPrepared = 100

// pool opens connections for readers.
func pool(dsn string) (*readers, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	size := max(4, runtime.GOMAXPROCS(0))
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return &readers{DB: db, statements: map[string]*sql.Stmt{}}, nil
}

// QueryContext runs a statement.
func (r *readers) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	stmt, err := r.prepared(ctx, text)
	switch {
	case err != nil:
		return nil, err
	case stmt == nil:
		return r.DB.QueryContext(ctx, text, args...)
	}
	return stmt.QueryContext(ctx, args...)
}

// prepared is a statement that is kept, or nil if there are too many.
func (r *readers) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	r.mu.RLock()
	stmt, full := r.statements[text], len(r.statements) >= mostPrepared
	r.mu.RUnlock()
	if stmt != nil || full {
		return stmt, nil
	}
	stmt, err := r.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if other := r.statements[text]; other != nil {
		return other, stmt.Close()
	}
	r.statements[text] = stmt
	return stmt, nil
}

// Close lets statements and connections go.
func (r *readers) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var faults []error
	for _, stmt := range r.statements {
		faults = append(faults, stmt.Close())
	}
	return errors.Join(append(faults, r.DB.Close())...)
}

func dsn(path string, params ...string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	query := "_pragma=busy_timeout(5000)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-65536)"
	for _, p := range params {
		query += "&" + p
	}
	return "file:" + u.EscapedPath() + "?" + query
}

// prepare checks whose database it is, makes the schema in an empty one and
// writes the vocabulary.
func (s *Store) prepare(ctx context.Context) error {
	empty, err := s.inspect(ctx, s.writer)
	switch {
	case err != nil:
		return err
	case empty:
		err = s.create(ctx)
	case !s.logs:
		err = s.upgrade(ctx)
	}
	if err != nil {
		return err
	}
	s.logs = true
	if _, err := s.writer.ExecContext(ctx, `PRAGMA busy_timeout=0`); err != nil { // from here on, begin waits
		return err
	}
	if err := s.write(ctx, "open", func(l graph.Ledger) error { return s.bookkeeper.Open(ctx, l) }); err != nil {
		if graph.KindOf(err) != graph.Conflict && graph.KindOf(err) != graph.Forbidden {
			return err
		}
		s.frozen = err
	}
	return nil
}

// inspect tells whether the database is empty, and refuses one that is not ours.
func (s *Store) inspect(ctx context.Context, db querier) (empty bool, err error) {
	var version, application, tables int
	err = eachRow(ctx, db, `SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)`,
		nil, func(r *sql.Rows) error { return r.Scan(&version, &application, &tables) })
	switch {
	case err != nil:
		return false, err
	case tables > 0 && application != applicationID:
		return false, graph.Errorf(graph.Conflict, "open: %s is a database of another program", s.path).WithHint("name another file with --store")
	case version > schemaVersion:
		return false, graph.Errorf(graph.Conflict, "open: %s has schema version %d, this program knows %d", s.path, version, schemaVersion).WithHint("use the newer program that wrote it")
	}
	s.logs = version >= 2
	return tables == 0, nil
}

// upgrade gives a file of schema version 1 its log of changes.
func (s *Store) upgrade(ctx context.Context) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int // another process may have been faster
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil || version >= schemaVersion {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("%s; PRAGMA user_version = %d", changeTable, schemaVersion)); err != nil {
		return err
	}
	return tx.Commit()
}

func (s *Store) create(ctx context.Context) error {
	// Ids are hashes, so that index entries land anywhere: larger pages mean fewer
	// of them to write at a commit (measured: a quarter more documents a second).
	if _, err := s.writer.ExecContext(ctx, `PRAGMA page_size=16384; PRAGMA journal_mode=WAL`); err != nil {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var tables int // another process may have been faster
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil || tables > 0 {
		return err
	}
	script := fmt.Sprintf("%s; PRAGMA application_id = %d; PRAGMA user_version = %d", schema, applicationID, schemaVersion)
	if _, err := tx.ExecContext(ctx, script); err != nil {
		return err
	}
	return tx.Commit()
}

// Close implements [graph.Store]: it waits for the writer's turn.
func (s *Store) Close() error {
	s.atlas.Close()
	<-s.turn
	defer func() { s.turn <- struct{}{} }()
	return s.disconnect()
}

func (s *Store) disconnect() error {
	var faults []error
	for _, stmt := range s.statements {
		faults = append(faults, stmt.Close())
	}
	if s.readers != nil {
		faults = append(faults, s.readers.Close())
	}
	if s.writer != nil {
		faults = append(faults, s.writer.Close())
	}
	if s.writing != nil {
		faults = append(faults, s.writing.Close())
	}
	s.readers, s.writer, s.writing, s.statements = nil, nil, nil, nil
	return errors.Join(faults...)
}

var errClosed = graph.Errorf(graph.Unavailable, "the store is closed")

// write runs work in one immediate transaction, when it is our turn.
func (s *Store) write(ctx context.Context, doing string, work func(graph.Ledger) error) error {
	return s.inTurn(ctx, doing, func() error {
		if s.frozen != nil {
			return s.frozen
		}
		return s.bookkeeper.Write(ctx, s.transactions(ctx, doing), work)
	})
}

// transactions runs each work in one of its own.
func (s *Store) transactions(ctx context.Context, doing string) graph.Transact {
	return func(work func(graph.Ledger) error) error {
		return s.transact(ctx, doing, func(l *ledger) error { return work(l) })
	}
}

// inTurn runs work while no other goroutine writes.
func (s *Store) inTurn(ctx context.Context, doing string, work func() error) error {
	select {
	case <-s.turn:
		defer func() { s.turn <- struct{}{} }()
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	}
	switch {
	case s.readers == nil:
		return errClosed
	case s.writer == nil:
		return s.frozen
	}
	return work()
}

func (s *Store) transact(ctx context.Context, doing string, work func(*ledger) error) error {
	// A cancelled context must not roll back behind our back: statements after
	// that would stand outside any transaction.
	tx, err := s.begin(ctx)
	if err != nil {
		return s.explain(ctx, doing, err)
	}
	defer tx.Rollback()
	l := &ledger{conn: s.writer, statements: s.statements}
	if err := work(l); err != nil {
		return s.explain(ctx, doing, err)
	}
	if err := l.log(ctx); err != nil {
		return s.explain(ctx, doing, err)
	}
	return s.explain(ctx, doing, tx.Commit())
}

// How long a writer waits while other processes write, and how often it asks.
// SQLite's own wait sleeps up to 100 ms between two looks, some thirty transactions.
const (
	longestWait = time.Minute
	waitStep    = time.Millisecond
)

// begin begins a transaction when no other process writes.
func (s *Store) begin(ctx context.Context) (*sql.Tx, error) {
	for begun := time.Now(); ; {
		tx, err := s.writer.BeginTx(context.WithoutCancel(ctx), nil)
		if !busy(err) || time.Since(begun) >= longestWait {
			return tx, err
		}
		select {
		case <-time.After(waitStep):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// maxBatchRows bounds the rows of one transaction, and so its memory.
const maxBatchRows = 5000

// Apply implements [graph.Writer].
func (s *Store) Apply(ctx context.Context, changes ...graph.Change) ([]graph.Applied, error) {
	var applied []graph.Applied
	for chunk := range graph.Batches(changes, maxBatchRows) {
		var done []graph.Applied
		err := s.write(ctx, "apply", func(l graph.Ledger) (err error) {
			done, err = s.bookkeeper.Apply(ctx, l, chunk)
			return err
		})
		if err != nil {
			return applied, err
		}
		applied = append(applied, done...)
	}
	return applied, nil
}

// Withdraw implements [graph.Writer].
func (s *Store) Withdraw(ctx context.Context, withdrawals ...graph.Withdrawal) (applied []graph.Applied, err error) {
	err = s.write(ctx, "withdraw", func(l graph.Ledger) (err error) {
		applied, err = s.bookkeeper.Withdraw(ctx, l, withdrawals)
		return err
	})
	if err != nil {
		return nil, err
	}
	return applied, nil
}

// Decide implements [graph.Writer].
func (s *Store) Decide(ctx context.Context, decisions ...graph.Decision) error {
	return s.write(ctx, "decide", func(l graph.Ledger) error { return s.bookkeeper.Decide(ctx, l, decisions, nil) })
}

// Undo implements [graph.Writer].
func (s *Store) Undo(ctx context.Context, ids ...graph.DecisionID) error {
	return s.write(ctx, "undo", func(l graph.Ledger) error { return s.bookkeeper.Decide(ctx, l, nil, ids) })
}

// query runs one reading statement and hands every row to scan.
func (s *Store) query(ctx context.Context, doing, text string, args []any, scan func(*sql.Rows) error) error {
	return s.explain(ctx, doing, eachRow(ctx, s.readers, text, args, scan))
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func eachRow(ctx context.Context, db querier, text string, args []any, scan func(*sql.Rows) error) error {
	graph.CountStatement(ctx)
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Reprocess implements [graph.Writer]. It is one transaction: readers see the
// old graph until it ends, and if it fails nothing has changed.
func (s *Store) Reprocess(ctx context.Context, read graph.Reading, progress func(documents int)) error {
	return s.inTurn(ctx, "reprocess", func() error {
		err := s.transact(ctx, "reprocess", func(l *ledger) error { return s.reprocess(ctx, l, read, progress) })
		if err == nil {
			s.frozen = nil
		}
		return err
	})
}

func (s *Store) reprocess(ctx context.Context, l *ledger, read graph.Reading, progress func(documents int)) error {
	for more := true; more; {
		var documents int
		var err error
		if documents, more, err = s.bookkeeper.Reprocess(ctx, l, read); err != nil {
			return err
		}
		if progress != nil && documents > 0 {
			progress(documents)
		}
	}
	return nil
}
