package neo4j

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// ledger implements [graph.Ledger] within one writing transaction.
type ledger struct {
	store   *Store
	tx      runner
	head    graph.Statistics
	decided int64 // how often decisions changed
	dirty   bool  // decisions changed in this transaction
	touched graph.Touched
	changes int // how many the log has had

	// How the transaction is known again if its commit is not answered.
	number   int    // among the transactions that were committed
	token    string // that it leaves on (:Entente)
	complete bool   // all is written, and may be committed
}

var _ graph.Ledger = (*ledger)(nil)

// runner is a transaction, managed or not.
type runner interface {
	Run(ctx context.Context, text string, params map[string]any) (neo4j.ResultWithContext, error)
}

func (l *ledger) run(ctx context.Context, text string, params map[string]any) ([]*neo4j.Record, error) {
	l.store.count(ctx, text, params)
	result, err := l.tx.Run(ctx, text, params)
	if err != nil {
		return nil, err
	}
	return result.Collect(ctx)
}

// unwind runs a statement over rows; none is no statement.
func (l *ledger) unwind(ctx context.Context, text string, rows any, n int) ([]*neo4j.Record, error) {
	if n == 0 {
		return nil, nil
	}
	return l.run(ctx, text, map[string]any{"rows": rows})
}

// create runs a statement that makes one thing of each row and counts them: a
// row whose neighbour is not there would be lost without a word.
func (l *ledger) create(ctx context.Context, text string, rows any, n int) error {
	records, err := l.unwind(ctx, text+" RETURN count(*) AS n", rows, n)
	if err != nil || n == 0 {
		return err
	}
	if made := get[int64](records[0], "n"); made != int64(n) {
		return fmt.Errorf("made %d of %d: %s", made, n, text)
	}
	return nil
}

// lock waits for all other writers, and reads the head. What it writes is
// counted after the wait.
func (l *ledger) lock(ctx context.Context) error {
	records, err := l.run(ctx, `MERGE (e:Entente {id: 'entente'}) SET e.writes = coalesce(e.writes, 0) + 1, e.schema = coalesce(e.schema, $schema)
		SET e.tokens = coalesce(e.tokens, [])[$forget..] + $token
		WITH e RETURN properties(e) AS head`, map[string]any{"schema": schemaVersion, "token": l.token, "forget": 1 - rememberedTokens})
	if err != nil {
		return err
	}
	return l.read(valuesOf(get[any](records[0], "head")))
}

// read takes over what (:Entente) says.
func (l *ledger) read(head values) (err error) {
	l.number = head.number("writes")
	l.decided = int64(head.number("decided"))
	l.changes = head.number("changes")
	l.head, err = headOf(head)
	return err
}

// headOf reads the counters off the (:Entente) node.
func headOf(v values) (graph.Statistics, error) {
	head := graph.Statistics{Version: v.text("version"), Documents: v.number("documents"), Sentences: v.number("sentences"),
		Evidence: v.number("evidence"), Decisions: v.number("decisions"), Filling: v.flag("filling")}
	for name, into := range map[string]any{"entities": &head.Entities, "facts": &head.Facts, "renewal": &head.Renewal, "pending": &head.Pending} {
		if text := v.text(name); text != "" {
			if err := json.Unmarshal([]byte(text), into); err != nil {
				return head, fmt.Errorf("read the counters of (:Entente): %w", err)
			}
		}
	}
	return head, nil
}

func (l *ledger) Head(context.Context) (graph.Statistics, error) {
	head := l.head // the fold counts in these maps
	head.Entities, head.Facts = maps.Clone(head.Entities), maps.Clone(head.Facts)
	return head, nil
}

func (l *ledger) PutHead(ctx context.Context, head graph.Statistics) error {
	l.head = head
	var renewal, pending, filling any // a property that is null is none
	if head.Renewal != nil {
		renewal = encode(head.Renewal)
	}
	if head.Pending != nil {
		pending = encode(head.Pending)
	}
	if head.Filling {
		filling = true
	}
	_, err := l.run(ctx, `MATCH (e:Entente {id: 'entente'}) SET e += $head`, map[string]any{"head": map[string]any{
		"version": head.Version, "documents": head.Documents, "sentences": head.Sentences, "evidence": head.Evidence,
		"decisions": head.Decisions, "entities": encode(head.Entities), "facts": encode(head.Facts), "renewal": renewal, "pending": pending, "filling": filling,
	}})
	return err
}

// Statistics implements [graph.Reader].
func (s *Store) Statistics(ctx context.Context) (graph.Statistics, error) {
	records, err := s.query(ctx, "statistics", `MATCH (e:Entente {id: 'entente'}) RETURN properties(e) AS head`, nil)
	if err != nil || len(records) == 0 {
		return graph.Statistics{}, err
	}
	return headOf(valuesOf(get[any](records[0], "head")))
}

// Winners answers every kind of seat with one statement, which looks each seat
// up with one seek in the index of what competes for it.
func (l *ledger) Winners(ctx context.Context, seats []graph.Seat) (map[graph.Seat]string, error) {
	owners := map[graph.SeatKind][]string{}
	for _, s := range seats {
		owners[s.Of] = append(owners[s.Of], s.ID)
	}
	won := map[graph.Seat]string{}
	for _, of := range slices.Sorted(maps.Keys(owners)) {
		records, err := l.unwind(ctx, seatText(of), owners[of], len(owners[of]))
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			won[graph.Seat{Of: of, ID: get[string](r, "id")}] = disowned(get[string](r, "rank"))
		}
	}
	return won, nil
}

// seatText is the statement that finds who wins the seats of one kind.
func seatText(of graph.SeatKind) string {
	const frame = `UNWIND $rows AS id WITH id, id + '|%s' AS p CALL (p) { %s } RETURN id, rank`
	least := func(match, property, direction string) string {
		return fmt.Sprintf(`%s WHERE %s STARTS WITH p RETURN %s AS rank ORDER BY %s%s LIMIT 1`, match, property, property, property, direction)
	}
	switch of {
	case graph.NameSeat:
		return fmt.Sprintf(frame, "", least("MATCH (n:Name)", "n.rank", ""))
	case graph.AcronymSeat: // ranks begin with their class
		return fmt.Sprintf(frame, "2", least("MATCH (n:Name)", "n.rank", ""))
	case graph.FirstSeat:
		return fmt.Sprintf(frame, "", least("MATCH ()-[m:MENTIONS]->()", "m.entitySeen", ""))
	case graph.LastSeat:
		return fmt.Sprintf(frame, "", least("MATCH ()-[m:MENTIONS]->()", "m.entitySeen", " DESC"))
	case graph.DatedSeat:
		branches := make([]string, len(dating))
		for i, p := range dating {
			branches[i] = least("MATCH ()-[r:"+string(p)+"]->()", "r.dates", "")
		}
		return fmt.Sprintf(`UNWIND $rows AS id WITH id, id + '|' AS p CALL (p) { %s } WITH id, min(rank) AS rank RETURN id, rank`,
			strings.Join(branches, " UNION ALL "))
	}
	return fmt.Sprintf(frame, "", least("MATCH (v:Evidence)", "v."+string(of)+"Rank", "")) // confidence or a qualifier
}

// dating are the predicates whose facts date agreements and events.
var dating = []graph.Predicate{graph.Signed, graph.Adopted, graph.PartyTo, graph.HeldIn, graph.Hosted, graph.ParticipatedIn}

// Strip takes edges away before what they join: a hub with all its edges would
// be one step however large.
func (l *ledger) Strip(ctx context.Context, limit int) (left bool, err error) {
	l.touched.Everything()
	for _, match := range []string{
		"MATCH (x:Evidence)", "MATCH (x:Sentence)", "MATCH (x:Name)", "MATCH ()-[x:MENTIONS]->()", "MATCH ()-[x:" + edgeTypes(nil) + "]->()", "MATCH (x:Entity)",
	} {
		verb := "DELETE"
		if strings.HasPrefix(match, "MATCH (x") {
			verb = "DETACH DELETE"
		}
		records, err := l.run(ctx, match+" WITH x LIMIT $limit "+verb+" x RETURN count(*) AS n", map[string]any{"limit": limit})
		if err != nil {
			return true, err
		}
		if get[int64](records[0], "n") == int64(limit) {
			return true, nil
		}
	}
	return false, nil
}
