// Package neo4j keeps the graph in a Neo4j database, over Bolt. It gives the
// same answers in the same order as graph/sqlite, and lays the graph out so that
// an analyst can read it in Neo4j Browser without a manual:
//
//	MATCH (o:Organisation)-[s:SIGNED]->(a:Agreement)-[:COVERS]->(t:Topic) RETURN *
//
// # What stands in the database
//
// An entity is a node (:Entity:Organisation {id, name, acronym, firstSeen, …}),
// with one label a kind. A fact is a relationship of its predicate's type, with
// its qualifiers, its confidence and the number of its sources; shown is false
// where a person rejected it, or where it comes from the vocabulary and an end
// is not mentioned by any document.
//
// A document is (:Document)-[:MENTIONS {spans}]->(:Entity), once for each of its
// keys. (:Sentence)-[:IN]->(:Document) are its sentences, and the evidence of a
// fact is (:Evidence {fact, spans, …})-[:FROM]->(:Document), found by the fact's
// id: a relationship cannot point at nodes. (:Name {entity}) is one form that an
// entity is called by, (:Decision) what a person said, and the one (:Entente)
// holds counters and versions. The last (:Change) nodes name what each transaction
// changed, for the memory of others: see [graph.Atlas]. Spans are flat lists of start and end.
//
// # Writing
//
// One transaction a batch. Its first statement writes to the (:Entente) node and
// so waits for every other writer: nothing deadlocks, and what is read within it
// cannot change. [graph.Bookkeeper] decides what to write; ledger.go gives it the
// rows and records of the transaction, a whole set with one statement (one a
// predicate, since a type is part of the text). Values whose next best is looked
// up lie in strings that begin with their owner's id ("f…|0200"), each with a
// range index, so that the look-up is one seek whatever hangs on the owner.
// transaction.go tries again what may be tried again, and finds out what became
// of a transaction whose commit was not answered.
//
// # Reading
//
// One statement a question. filter.go compiles what is asked for to Cypher,
// list.go adds order, window and parents. Every value is a parameter.
package neo4j

import (
	"cmp"
	"context"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"github.com/entente-kg/entente/graph"
)

// Options configure a store. The zero value is for a server without
// authentication, with an empty vocabulary.
type Options struct {
	Username string // default "neo4j" if there is a password
	Password string
	Database string // default "neo4j"
	// Vocabulary is written into an empty database. A database written with another
	// version may only be read.
	Vocabulary graph.Vocabulary

	patience  time.Duration // default defaultPatience; tests have less
	batchRows int           // default maxBatchRows; tests have fewer
	few       int           // default fewEdges; tests have fewer
}

// Store is a graph in one Neo4j database.
type Store struct {
	uri        string // without credentials, for messages
	database   string
	driver     neo4j.DriverWithContext
	bookkeeper *graph.Bookkeeper
	frozen     error // why it may only be read, if so
	atlas      *graph.Atlas
	decided    atomic.Pointer[decided]
	batchRows  int                                      // that go into one transaction, at most
	few        int                                      // see [fewEdges]
	turn       chan struct{}                            // holds one value while this process writes
	watch      func(text string, params map[string]any) // if set, sees every statement; for tests of plans
}

var _ graph.Store = (*Store)(nil)

// Open opens the database at a URI such as neo4j://host:7687 or
// bolt://host:7687, and makes schema and vocabulary in an empty one. Somebody
// else's data under our labels and a newer schema are refused with Conflict,
// wrong credentials with Forbidden.
func Open(ctx context.Context, uri string, opts Options) (*Store, error) {
	s := &Store{uri: redacted(uri), database: cmp.Or(opts.Database, "neo4j"),
		bookkeeper: graph.NewBookkeeper(opts.Vocabulary), turn: make(chan struct{}, 1),
		batchRows: cmp.Or(opts.batchRows, maxBatchRows), few: cmp.Or(opts.few, fewEdges)}
	s.atlas = graph.NewAtlas(chart{s})
	driver, err := neo4j.NewDriverWithContext(uri, credentials(opts), func(c *config.Config) { configure(c, cmp.Or(opts.patience, defaultPatience)) })
	if err != nil {
		return nil, graph.Errorf(graph.Invalid, "open: %s is not the address of a Neo4j server: %w", s.uri, err).
			WithHint("write neo4j://HOST:7687 or bolt://HOST:7687")
	}
	s.driver = driver
	if err := s.prepare(ctx); err != nil {
		s.Close()
		return nil, s.explain(ctx, "open", err)
	}
	return s, nil
}

func credentials(opts Options) neo4j.AuthToken {
	if opts.Username == "" && opts.Password == "" {
		return neo4j.NoAuth()
	}
	return neo4j.BasicAuth(cmp.Or(opts.Username, "neo4j"), opts.Password, "")
}

func configure(c *config.Config, patience time.Duration) {
	c.MaxTransactionRetryTime = patience
	c.ConnectionAcquisitionTimeout = 5 * time.Second
	c.SocketConnectTimeout = 5 * time.Second
	c.NotificationsMinSeverity = notifications.DisabledLevel // a young store has labels that the server does not know
	c.TelemetryDisabled = true
	c.UserAgent = "entente"
}

func redacted(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return "the URI"
	}
	return u.Redacted()
}

// Close implements [graph.Store].
func (s *Store) Close() error {
	s.atlas.Close()
	return s.driver.Close(context.Background())
}

// query runs one reading statement.
func (s *Store) query(ctx context.Context, doing, text string, params map[string]any) ([]*neo4j.Record, error) {
	s.count(ctx, text, params)
	result, err := neo4j.ExecuteQuery(ctx, s.driver, text, params, neo4j.EagerResultTransformer,
		neo4j.ExecuteQueryWithDatabase(s.database), neo4j.ExecuteQueryWithReadersRouting())
	if err != nil {
		return nil, s.explain(ctx, doing, err)
	}
	return result.Records, nil
}

// count counts one statement.
func (s *Store) count(ctx context.Context, text string, params map[string]any) {
	graph.CountStatement(ctx)
	if s.watch != nil {
		s.watch(text, params)
	}
}

// session reads what [Store.query] and earlier sessions saw or wrote, on a cluster too.
func (s *Store) session(ctx context.Context) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.database, AccessMode: neo4j.AccessModeWrite,
		BookmarkManager: s.driver.ExecuteQueryBookmarkManager()})
}

// maxBatchRows bounds the rows of one transaction, which the server holds in memory.
const maxBatchRows = 12000

// Apply implements [graph.Writer].
func (s *Store) Apply(ctx context.Context, changes ...graph.Change) ([]graph.Applied, error) {
	var applied []graph.Applied
	for chunk := range graph.Batches(changes, s.batchRows) {
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

// Reprocess implements [graph.Writer]. Each step is a transaction of its own,
// since the server holds a transaction in memory.
func (s *Store) Reprocess(ctx context.Context, read graph.Reading, progress func(documents int)) error {
	return s.inTurn(ctx, "reprocess", func() error { return s.reprocess(ctx, read, progress) })
}

func (s *Store) reprocess(ctx context.Context, read graph.Reading, progress func(documents int)) error {
	for more := true; more; {
		var documents int
		err := s.transact(ctx, "reprocess", func(l *ledger) (err error) {
			documents, more, err = s.bookkeeper.Reprocess(ctx, l, read)
			return err
		})
		if err != nil {
			return err
		}
		if progress != nil && documents > 0 {
			progress(documents)
		}
	}
	s.frozen = nil
	return nil
}
