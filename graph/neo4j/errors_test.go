package neo4j

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

func TestErrorKinds(t *testing.T) {
	s := &Store{uri: "bolt://host:7687", database: "neo4j"}
	answer := func(code string) error { return &neo4j.Neo4jError{Code: code, Msg: "…"} }
	full := &neo4j.Neo4jError{Code: "Neo.DatabaseError.Transaction.TransactionCommitFailed", Msg: "java.io.IOException: No space left on device"}
	for name, c := range map[string]struct {
		err  error
		kind graph.ErrorKind
		hint string // part of it
	}{
		"wrong password":         {answer("Neo.ClientError.Security.Unauthorized"), graph.Forbidden, "ENTENTE_NEO4J_USER"},
		"no such database":       {answer("Neo.ClientError.Database.DatabaseNotFound"), graph.Unavailable, "ENTENTE_NEO4J_DATABASE"},
		"may only be read":       {answer("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase"), graph.Forbidden, "read_only"},
		"somebody else's node":   {answer("Neo.ClientError.Schema.ConstraintValidationFailed"), graph.Conflict, "another program"},
		"busy":                   {answer("Neo.TransientError.Transaction.DeadlockDetected"), graph.Unavailable, "try again"},
		"too little memory":      {answer("Neo.TransientError.General.MemoryPoolOutOfMemoryError"), graph.Unavailable, "heap"},
		"disk full":              {full, graph.Full, "make room"},
		"server gone":            {&neo4j.ConnectivityError{Inner: errors.New("refused")}, graph.Unavailable, "Neo4j runs"},
		"a statement of ours":    {answer("Neo.ClientError.Statement.SyntaxError"), "", ""},
		"the fold has its kinds": {graph.Errorf(graph.NotFound, "nothing"), graph.NotFound, ""},
	} {
		err := s.explain(context.Background(), "apply", c.err)
		if graph.KindOf(err) != c.kind || !strings.Contains(graph.HintOf(err), c.hint) {
			t.Errorf("%s: %v is of kind %q with hint %q", name, err, graph.KindOf(err), graph.HintOf(err))
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.explain(ctx, "apply", &neo4j.ConnectivityError{Inner: errors.New("closed")}); !errors.Is(err, context.Canceled) || graph.KindOf(err) != "" {
		t.Errorf("cancelled: %v", err)
	}
}
