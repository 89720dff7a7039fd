package neo4jtest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// database is the one user database of the Community edition.
const database = "neo4j"

// Wipe empties the database of the server at url: constraints, indexes, nodes and relationships. Only the two look-up
// indexes with which every database is born stay.
func Wipe(tb testing.TB, url string) {
	tb.Helper()
	// The schema first: nodes are then deleted without the upkeep of indexes.
	if err := within(url, dropSchema, deleteNodes); err != nil {
		tb.Fatal("neo4jtest: wipe:", err)
	}
}

// Empty deletes the nodes and relationships of the database at url. The schema stays, which takes a store seconds to
// make, and the server's plans with it.
func Empty(tb testing.TB, url string) {
	tb.Helper()
	if err := within(url, deleteNodes); err != nil {
		tb.Fatal("neo4jtest: empty:", err)
	}
}

// within does the steps in one session.
func within(url string, steps ...func(context.Context, neo4j.SessionWithContext) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	driver, err := neo4j.NewDriverWithContext(url, neo4j.NoAuth())
	if err != nil {
		return err
	}
	defer driver.Close(ctx)
	session := driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: database})
	defer session.Close(ctx)
	for _, step := range steps {
		if err := step(ctx, session); err != nil {
			return err
		}
	}
	return nil
}

// dropSchema drops all in one transaction, since each commit costs a flush to disk.
func dropSchema(ctx context.Context, session neo4j.SessionWithContext) error {
	constraints, err := drops(ctx, session, "CONSTRAINT", "SHOW CONSTRAINTS YIELD name")
	if err != nil {
		return err
	}
	indexes, err := drops(ctx, session, "INDEX", // without those of constraints, which go with their owner
		"SHOW INDEXES YIELD name, type, owningConstraint WHERE type <> 'LOOKUP' AND owningConstraint IS NULL")
	if err != nil {
		return err
	}
	statements := append(constraints, indexes...)
	if len(statements) == 0 {
		return nil
	}
	_, err = session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		for _, statement := range statements {
			result, err := tx.Run(ctx, statement, nil)
			if err != nil {
				return nil, err
			}
			if _, err := result.Consume(ctx); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	return err
}

// drops returns a statement for each name that the query shows.
func drops(ctx context.Context, session neo4j.SessionWithContext, kind, show string) ([]string, error) {
	result, err := session.Run(ctx, show, nil)
	if err != nil {
		return nil, err
	}
	records, err := result.Collect(ctx)
	if err != nil {
		return nil, err
	}
	var statements []string
	for _, r := range records {
		name := strings.ReplaceAll(r.Values[0].(string), "`", "``")
		statements = append(statements, fmt.Sprintf("DROP %s `%s`", kind, name))
	}
	return statements, nil
}

// deleteNodes works in batches because a transaction is held in the heap, and takes
// the relationships first because a hub has too many for one. The clause demands session.Run.
func deleteNodes(ctx context.Context, session neo4j.SessionWithContext) error {
	for _, text := range []string{
		"MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS",
		"MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS",
	} {
		result, err := session.Run(ctx, text, nil)
		if err != nil {
			return err
		}
		if _, err := result.Consume(ctx); err != nil {
			return err
		}
	}
	return nil
}
