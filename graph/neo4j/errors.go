package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// explain gives an error of the driver its kind, and says what was being done.
// A context that ended comes first: the driver reports it as a lost connection.
func (s *Store) explain(ctx context.Context, doing string, err error) error {
	if err == nil || graph.KindOf(err) != "" {
		return err
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	}
	if e, answered := errors.AsType[*neo4j.Neo4jError](err); answered {
		return s.answered(doing, e)
	}
	if _, gaveUp := errors.AsType[*neo4j.TransactionExecutionLimit](err); gaveUp {
		return graph.Errorf(graph.Unavailable, "%s: %s did not take the transaction: %w", doing, s.uri, err).WithHint("try again; nothing is half-written")
	}
	if _, lost := errors.AsType[*neo4j.ConnectivityError](err); lost {
		return graph.Errorf(graph.Unavailable, "%s: %s cannot be reached: %w", doing, s.uri, err).
			WithHint("check that Neo4j runs there and that the address is right; what was to be written may be repeated")
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// answered gives an error that the server sent its kind.
func (s *Store) answered(doing string, e *neo4j.Neo4jError) error {
	has := func(prefix string) bool { return strings.HasPrefix(e.Code, prefix) }
	switch {
	case has("Neo.ClientError.Security."):
		return graph.Errorf(graph.Forbidden, "%s: %s refuses these credentials: %w", doing, s.uri, e).
			WithHint("set ENTENTE_NEO4J_USER and ENTENTE_NEO4J_PASSWORD")
	case has("Neo.ClientError.Database.DatabaseNotFound"):
		return graph.Errorf(graph.Unavailable, "%s: %s has no database %q: %w", doing, s.uri, s.database, e).
			WithHint("set ENTENTE_NEO4J_DATABASE to one that SHOW DATABASES lists")
	case readOnly(e):
		return graph.Errorf(graph.Forbidden, "%s: database %q of %s may not be written: %w", doing, s.database, s.uri, e).
			WithHint("the server's settings server.databases.read_only and server.databases.default_to_read_only say so")
	case has("Neo.ClientError.Schema.ConstraintValidationFailed"):
		return graph.Errorf(graph.Conflict, "%s: database %q holds what contradicts the graph: %w", doing, s.database, e).
			WithHint("look for nodes that another program wrote")
	case strings.Contains(e.Msg, "No space left on device"):
		return graph.Errorf(graph.Full, "%s: no room is left at %s: %w", doing, s.uri, e).WithHint("make room and run the same again: nothing is half-written")
	case has("Neo.TransientError.General.MemoryPoolOutOfMemory"):
		return graph.Errorf(graph.Unavailable, "%s: %s has too little memory for this: %w", doing, s.uri, e).
			WithHint("raise dbms.memory.transaction.total.max or the heap of the server")
	case has("Neo.TransientError."), has("Neo.ClientError.Cluster."), has("Neo.ClientError.Transaction.TransactionTimedOut"), has("Neo.DatabaseError.General.StorageDamage"):
		return graph.Errorf(graph.Unavailable, "%s: %s is busy or away: %w", doing, s.uri, e).WithHint("try again")
	}
	return fmt.Errorf("%s: %w", doing, e)
}

// nameTaken tells whether an index of this name is there already, of a constraint that is still being made or never
// was.
func nameTaken(err error) bool {
	e, answered := errors.AsType[*neo4j.Neo4jError](err)
	return answered && e.Code == "Neo.ClientError.Schema.IndexWithNameAlreadyExists"
}

// readOnly tells whether the server lets nobody write to the database.
func readOnly(err error) bool {
	e, answered := errors.AsType[*neo4j.Neo4jError](err)
	return answered && (e.Code == "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase" || e.Code == "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase")
}
