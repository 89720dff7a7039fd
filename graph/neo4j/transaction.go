package neo4j

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// defaultPatience is how long a transaction is tried again when the server asks
// for it (a deadlock, an election) or is away. The driver waits one second before the second
// try, twice as long before each further one, and the last may begin when the
// time is nearly over; a connection that breaks is replaced at once, a hundred times at most.
const defaultPatience = 30 * time.Second

// write runs work in one transaction that excludes all other writers. work may
// run again when the server asks for it, each time with a new ledger. Writers of
// one process wait for each other before they take a connection, lest they
// leave none to readers while they wait at the server.
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
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return s.explain(ctx, doing, ctx.Err())
	}
	return work()
}

// transact runs work in one transaction. If the connection is lost while the
// server commits, the driver cannot tell whether it did, and must not try again:
// the second run of an Undo would find nothing to undo. The token that every
// transaction leaves on (:Entente) tells, and what is not in is done again.
func (s *Store) transact(ctx context.Context, doing string, work func(*ledger) error) error {
	for lost := 1; ; lost++ {
		last, err := s.attempt(ctx, work)
		if !lostAtCommit(last, err) || ctx.Err() != nil {
			return s.explain(ctx, doing, err)
		}
		in, known := s.committed(ctx, last)
		switch {
		case !known:
			return graph.Errorf(graph.Unavailable, "%s: %s was lost while it committed, and whether the transaction is in is not known: %w", doing, s.uri, err).
				WithHint("look, or run the same again when Neo4j is back: a document that is in stays as it is")
		case in:
			return nil
		case lost == mostLost: // time is no measure: a server may take long to start again
			return s.explain(ctx, doing, err)
		}
	}
}

// mostLost is how often one transaction may lose its connection at the commit.
const mostLost = 3

// attempt runs work as often as the driver does, and gives the ledger of the last time.
func (s *Store) attempt(ctx context.Context, work func(*ledger) error) (last *ledger, err error) {
	session := s.session(ctx)
	defer session.Close(context.WithoutCancel(ctx))
	_, err = session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		last = &ledger{store: s, tx: tx, token: rand.Text()}
		if err := last.lock(ctx); err != nil {
			return nil, err
		}
		err := work(last)
		if err == nil {
			err = last.log(ctx)
		}
		last.complete = err == nil
		return nil, err
	})
	return last, err
}

// lostAtCommit tells whether the connection went while all that was left to do was to commit.
func lostAtCommit(last *ledger, err error) bool {
	_, lost := errors.AsType[*neo4j.ConnectivityError](err)
	return lost && last != nil && last.complete
}

// rememberedTokens is how many of the last transactions (:Entente) names: more
// than can pass while one writer finds its way back.
const rememberedTokens = 64

// committed tells whether a transaction is in. It waits for the lock, and so
// until the server has ended that transaction one way or the other.
func (s *Store) committed(ctx context.Context, last *ledger) (in, known bool) {
	session := s.session(ctx)
	defer session.Close(context.WithoutCancel(ctx))
	// What was read holds even if this connection is lost, too, at a commit that changes nothing.
	_, _ = session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		in, known = false, false
		l := &ledger{store: s, tx: tx}
		records, err := l.run(ctx, `MATCH (e:Entente {id: 'entente'}) SET e.writes = e.writes
			WITH e RETURN e.writes AS writes, e.tokens AS tokens`, nil)
		if err != nil {
			return nil, err
		}
		known = true
		if len(records) == 1 { // else the very first transaction was rolled back
			node := values(records[0].AsMap())
			in = slices.Contains(node.texts("tokens"), last.token)
			known = in || node.number("writes")-last.number < rememberedTokens
		}
		return nil, nil
	})
	return in, known
}
