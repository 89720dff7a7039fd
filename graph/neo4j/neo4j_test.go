package neo4j_test

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
	"github.com/entente-kg/entente/graph/sqlite"
)

func TestStore(t *testing.T) { graphtest.Run(t, opener(t)) }

func TestWarmStore(t *testing.T) {
	atLength(t)
	graphtest.Run(t, graphtest.Warm(opener(t)))
}

// opener empties one database again and again.
func opener(tb testing.TB) graphtest.Open {
	url := neo4jtest.Start(tb)
	return func(tb testing.TB, v graph.Vocabulary) graph.Store {
		neo4jtest.Empty(tb, url)
		return openAt(tb, url, v)
	}
}

func openAt(tb testing.TB, url string, v graph.Vocabulary) *neo4j.Store {
	tb.Helper()
	store, err := neo4j.Open(tb.Context(), url, neo4j.Options{Vocabulary: v})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { store.Close() })
	return store
}

// cypher runs a statement as an analyst would, in Neo4j Browser.
func cypher(tb testing.TB, url, text string, params map[string]any) []*driver.Record {
	tb.Helper()
	ctx := context.Background()
	d, err := driver.NewDriverWithContext(url, driver.NoAuth())
	if err != nil {
		tb.Fatal(err)
	}
	defer d.Close(ctx)
	session := d.NewSession(ctx, driver.SessionConfig{DatabaseName: "neo4j"})
	defer session.Close(ctx)
	result, err := session.Run(ctx, text, params)
	if err != nil {
		tb.Fatalf("%s: %v", text, err)
	}
	records, err := result.Collect(ctx)
	if err != nil {
		tb.Fatalf("%s: %v", text, err)
	}
	return records
}

// Both stores give the same dump, and the same answers in the same order.
func TestSameAsSQLite(t *testing.T) {
	embedded, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{Vocabulary: graphtest.Vocabulary})
	if err != nil {
		t.Fatal(err)
	}
	defer embedded.Close()
	url := fresh(t)
	graphtest.Compare(t, embedded, openAt(t, url, graphtest.Vocabulary))
}

func TestReprocess(t *testing.T) {
	url := fresh(t)
	graphtest.Reprocess(t, func(tb testing.TB, v graph.Vocabulary) graph.Store { return openAt(tb, url, v) }, opener(t))
}

// fresh is a server without data. It may have the schema, as an earlier test left it.
func fresh(tb testing.TB) string {
	url := neo4jtest.Start(tb)
	neo4jtest.Empty(tb, url)
	return url
}

var (
	council   = graph.Key{Kind: graph.Organisation, Text: "gaz:rkc"}
	union     = graph.Key{Kind: graph.Organisation, Text: "gaz:upa"}
	memo      = graph.Key{Kind: graph.Agreement, Text: "river memorandum"}
	drugs     = graph.Key{Kind: graph.Topic, Text: "topic:drugs"}
	smuggling = graph.Key{Kind: graph.Topic, Text: "topic:drug-trafficking"}
)

func memorandum() graph.Change {
	return graphtest.NewDraft("memo", "2005-04-22").
		Mention(council, "River Keepers' Council", graph.FullName).
		State(council, graph.Signed, memo, graph.Qualifiers{graph.OnDate: "2005-04-21"}, 900).
		State(union, graph.Signed, memo, graph.Qualifiers{graph.OnDate: "2005"}, 800).
		State(memo, graph.Covers, smuggling, nil, 700).
		State(memo, graph.Covers, drugs, nil, 600).Revision(1)
}

// An analyst in Neo4j Browser reads the graph without a manual.
func TestAnalyst(t *testing.T) {
	url := fresh(t)
	store := openAt(t, url, graphtest.Vocabulary)
	if _, err := store.Apply(t.Context(), memorandum()); err != nil {
		t.Fatal(err)
	}
	reject := graph.Decision{Kind: graph.ReviewFact, Review: graph.Rejected, Author: "ann", At: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC),
		Fact: graph.FactKey{Predicate: graph.Covers, Subject: memo, Object: drugs}}
	if err := store.Decide(t.Context(), reject); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		`MATCH (o:Organisation)-[s:SIGNED]->(a:Agreement)-[c:COVERS]->(t:Topic) WHERE c.shown
			RETURN o.name + ', ' + s.date + ', ' + a.name + ', ' + t.name AS line ORDER BY line`: "River Keepers' Council, 2005-04-21, river memorandum, drug trafficking; Union of Plateau States, 2005, river memorandum, drug trafficking",
		`MATCH (:Agreement)-[c:COVERS]->(t:Topic) WHERE NOT c.shown RETURN t.name + ', ' + c.review AS line`:                                 "drugs, rejected",
		`MATCH (a:Agreement) RETURN a.date + ', ' + a.agreementKind + ', ' + a.documents AS line`:                                            "2005-04-21, memorandum, 1",
		`MATCH (d:Document)-[m:MENTIONS]->(o:Organisation {acronym: 'RKC'}) RETURN d.source + ', ' + m.names[0] + ', ' + m.spans[1] AS line`: "memo, River Keepers' Council, 22",
		`MATCH ()-[s:SIGNED {date: '2005-04-21'}]->() MATCH (v:Evidence {fact: s.id})-[:FROM]->(d)<-[:IN]-(x:Sentence)
			WHERE x.ordinal = v.sentence RETURN x.text + ' = ' + v.texts[0] AS line`: "gaz:rkc signed river memorandum. = gaz:rkc signed river memorandum.",
		`MATCH (t:Topic {name: 'drugs'})<-[b:BROADER]-(n) RETURN n.name + ', ' + b.shown AS line ORDER BY line`: "drug trafficking, true; narcotic drugs, false",
		`MATCH (c:Country {name: 'Arland'}) RETURN c.schemes[0] + ': ' + c.identifiers[0] AS line`:              "ISO 3166-1 alpha-3: AAA",
	} {
		var lines []string
		for _, r := range cypher(t, url, text, nil) {
			lines = append(lines, r.Values[0].(string))
		}
		if got := strings.Join(lines, "; "); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// What is not ours, or newer than we know, is refused and left as it was.
func TestOpenRefuses(t *testing.T) {
	for name, before := range map[string]func(t *testing.T, url string){
		"another program's nodes":         func(t *testing.T, url string) { cypher(t, url, "CREATE (:Document {title: 'x'})", nil) },
		"another program's edges":         func(t *testing.T, url string) { cypher(t, url, "CREATE (:A)-[:SIGNED]->(:B)", nil) },
		"a node that looks like our head": func(t *testing.T, url string) { cypher(t, url, "CREATE (:Entente {name: 'cordiale'})", nil) },
		"an index of our name": func(t *testing.T, url string) {
			cypher(t, url, "CREATE INDEX name_sort FOR (x:Person) ON (x.surname)", nil)
		},
		"a newer schema": func(t *testing.T, url string) {
			openAt(t, url, graphtest.Vocabulary).Close()
			cypher(t, url, "MATCH (e:Entente) SET e.schema = 99", nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			url := neo4jtest.Start(t)
			neo4jtest.Wipe(t, url)
			t.Cleanup(func() { neo4jtest.Wipe(t, url) })
			before(t, url)
			_, err := neo4j.Open(t.Context(), url, neo4j.Options{Vocabulary: graphtest.Vocabulary})
			if graph.KindOf(err) != graph.Conflict || graph.HintOf(err) == "" {
				t.Errorf("error %v of kind %q with hint %q, want a Conflict that says what to do", err, graph.KindOf(err), graph.HintOf(err))
			}
		})
	}
}

// A database of schema version 1 gets what later versions have more.
func TestOpenUpgrades(t *testing.T) {
	url := fresh(t)
	s := openAt(t, url, graphtest.Vocabulary)
	if _, err := s.Apply(t.Context(), graphtest.Corpus(1, 20, 10)...); err != nil {
		t.Fatal(err)
	}
	before := inOrder(t, s)
	s.Close()
	cypher(t, url, "MATCH (n:Entity) REMOVE n.day, n.seen", nil)
	cypher(t, url, "MATCH ()-[r]->() REMOVE r.day", nil)
	cypher(t, url, "DROP INDEX entity_kind_seen", nil)
	cypher(t, url, "MATCH (e:Entente) SET e.schema = 1", nil)
	s = openAt(t, url, graphtest.Vocabulary)
	defer s.Close()
	if after := inOrder(t, s); !slices.Equal(before, after) || len(after) < 40 {
		t.Errorf("lists of %d rows, before %d", len(after), len(before))
	}
	if head := cypher(t, url, "MATCH (e:Entente) RETURN e.schema", nil)[0].Values[0]; head != int64(3) {
		t.Errorf("schema version %v", head)
	}
}

// inOrder are the ids of the entities by last seen and of the facts by date.
func inOrder(t *testing.T, s *neo4j.Store) (ids []string) {
	t.Helper()
	entities, err := s.ListEntities(t.Context(), graph.EntityQuery{Order: graph.Order{By: graph.ByLastSeen, Desc: true}, Window: graph.Window{Limit: 100}})
	if err != nil {
		t.Fatal(err)
	}
	facts, err := s.ListFacts(t.Context(), graph.FactQuery{Window: graph.Window{Limit: 100}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entities[0].Items {
		ids = append(ids, string(e.ID))
	}
	for _, f := range facts[0].Items {
		ids = append(ids, string(f.ID))
	}
	return ids
}

// What a server that fell while it made the schema has left is made whole: the index of a
// constraint without the constraint.
func TestOpenAfterTheServerFell(t *testing.T) {
	url := neo4jtest.Start(t)
	neo4jtest.Wipe(t, url)
	for _, text := range []string{"CREATE INDEX entente_id FOR (x:Entente) ON (x.id)", "CREATE INDEX signed_id FOR ()-[x:SIGNED]-() ON (x.id)"} {
		cypher(t, url, text, nil)
	}
	store := openAt(t, url, graphtest.Vocabulary)
	if _, err := store.Apply(t.Context(), memorandum()); err != nil {
		t.Fatal(err)
	}
	made := cypher(t, url, "SHOW CONSTRAINTS YIELD name WHERE name IN ['entente_id', 'signed_id'] RETURN count(*)", nil)
	if made[0].Values[0] != int64(2) {
		t.Errorf("%v of 2 constraints", made[0].Values[0])
	}
}

// TestServerKilledAtOpen kills the server at random moments while it makes the schema.
func TestServerKilledAtOpen(t *testing.T) {
	atLength(t)
	data := t.TempDir()
	server := neo4jtest.Launch(t, data)
	rng := rand.New(rand.NewPCG(1, 1))
	for round := range 20 {
		neo4jtest.Wipe(t, server.URL())
		ctx, cancel := context.WithCancel(t.Context())
		opened := make(chan error)
		go func() {
			store, err := neo4j.Open(ctx, server.URL(), neo4j.Options{Vocabulary: graphtest.Vocabulary})
			if err == nil {
				err = store.Close()
			}
			opened <- err
		}()
		time.Sleep(time.Duration(rng.IntN(1500)) * time.Millisecond)
		server.Kill()
		cancel() // else it would look for the server for half a minute
		t.Logf("round %d: %v", round, <-opened)
		server = neo4jtest.Launch(t, data)
		openAt(t, server.URL(), graphtest.Vocabulary).Close()
	}
}

func TestOpenAway(t *testing.T) {
	_, err := neo4j.Open(t.Context(), "bolt://user:secret@127.0.0.1:1", neo4j.Options{})
	if graph.KindOf(err) != graph.Unavailable || graph.HintOf(err) == "" || strings.Contains(err.Error(), "secret") {
		t.Errorf("nobody listens: %v", err)
	}
	if _, err := neo4j.Open(t.Context(), "http://127.0.0.1", neo4j.Options{}); graph.KindOf(err) != graph.Invalid {
		t.Errorf("another protocol: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := neo4j.Open(ctx, neo4jtest.Start(t), neo4j.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := neo4j.Open(t.Context(), neo4jtest.Start(t), neo4j.Options{Database: "nowhere"}); graph.KindOf(err) != graph.Unavailable || graph.HintOf(err) == "" {
		t.Errorf("another database: %v", err)
	}
}

// A database that another extractor and vocabulary wrote answers, and refuses to be written.
func TestAnotherVersionMayOnlyRead(t *testing.T) {
	url := fresh(t)
	if _, err := openAt(t, url, graphtest.Vocabulary).Apply(t.Context(), memorandum()); err != nil {
		t.Fatal(err)
	}
	newer := graphtest.Vocabulary
	newer.Version = "test-2"
	store := openAt(t, url, newer)
	if stats, err := store.Statistics(t.Context()); err != nil || stats.Documents != 1 {
		t.Errorf("Statistics = %+v, %v", stats, err)
	}
	if _, err := store.Apply(t.Context(), memorandum()); graph.KindOf(err) != graph.Conflict {
		t.Errorf("Apply: %v, want Conflict", err)
	}
}

// What nothing accounts for fails the dump: an export would lose it.
func TestDumpAccountsForEverything(t *testing.T) {
	for _, stray := range []string{
		"CREATE (:Sentence {id: 'dgone#0', document: 'dgone', ordinal: 0, text: 'x'})",
		"CREATE (:Note {text: 'mine'})",
		"MATCH (d:Document), (e:Entity) WITH d, e LIMIT 1 CREATE (d)-[:LIKES]->(e)",
		"MATCH (e:Person:Entity) RETURN e UNION MATCH (e:Agreement) SET e:Important RETURN e",
	} {
		url := fresh(t)
		store := openAt(t, url, graphtest.Vocabulary)
		if _, err := store.Apply(t.Context(), memorandum()); err != nil {
			t.Fatal(err)
		}
		if err := graph.WriteDump(t.Context(), io.Discard, store); err != nil {
			t.Fatal(err)
		}
		cypher(t, url, stray, nil)
		if err := graph.WriteDump(t.Context(), io.Discard, store); err == nil {
			t.Errorf("the dump does not notice: %s", stray)
		}
	}
}

// Two processes on one database, as serve and ingest are, both read and write;
// the graph is that of one writer, and nobody waits for a deadlock to be found.
func TestTwoWriters(t *testing.T) {
	corpus := graphtest.Corpus(1, 40, 5)
	url := fresh(t)
	alone := openAt(t, url, graphtest.Vocabulary)
	if _, err := alone.Apply(t.Context(), corpus...); err != nil {
		t.Fatal(err)
	}
	want := dump(t, alone)
	neo4jtest.Wipe(t, url)
	errs := make(chan error)
	for i := range 2 { // both open the empty database, too
		go func() {
			store, err := neo4j.Open(t.Context(), url, neo4j.Options{Vocabulary: graphtest.Vocabulary})
			for j := i; err == nil && j < len(corpus); j += 2 {
				_, err = store.Apply(t.Context(), corpus[j])
			}
			errs <- err
		}()
	}
	for range 2 {
		if err := <-errs; err != nil {
			t.Fatal(err)
		}
	}
	if got := dump(t, openAt(t, url, graphtest.Vocabulary)); got != want {
		t.Error("two writers gave another graph than one")
	}
}

// A process opens an empty database while another does, which is as far as it can
// come between any two messages of the first, up to where that has the lock.
func TestOpenTogether(t *testing.T) {
	url := fresh(t)
	openAt(t, url, graphtest.Vocabulary).Close() // makes the schema, which stays
	p := newProxy(t, url)
	open := func(url string) error {
		store, err := neo4j.Open(t.Context(), url, neo4j.Options{Vocabulary: graphtest.Vocabulary})
		if err == nil {
			err = store.Close()
		}
		return err
	}
	n := 0
	for locked := false; !locked; {
		n++
		neo4jtest.Empty(t, url)
		other := make(chan error, 1)
		p.set(cut{at: n, meanwhile: func() {
			opened := make(chan error, 1)
			go func() { opened <- open(url) }()
			select {
			case err := <-opened:
				other <- err
			case <-time.After(2 * time.Second):
				locked = true
				go func() { other <- <-opened }()
			}
		}})
		if err := open(p.url()); err != nil {
			t.Errorf("opened while another process did, before message %d: %v", n, err)
		}
		if _, met, _ := p.result(); met == 0 {
			t.Fatalf("there are not %d messages, and none waits for the lock", n)
		}
		if err := <-other; err != nil {
			t.Errorf("opened while another process was at message %d: %v", n, err)
		}
	}
	if n < 10 {
		t.Errorf("locked at message %d", n)
	}
}

// A decision of one process is heard of by the others.
func TestMergedIDsAcrossProcesses(t *testing.T) {
	url := fresh(t)
	a, b := openAt(t, url, graphtest.Vocabulary), openAt(t, url, graphtest.Vocabulary)
	if _, err := a.Apply(t.Context(), memorandum()); err != nil {
		t.Fatal(err)
	}
	same := graph.Decision{Kind: graph.Same, Key: council, Other: union, Author: "ann", At: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)}
	if err := a.Decide(t.Context(), same); err != nil {
		t.Fatal(err)
	}
	if found, err := b.Entities(t.Context(), []graph.EntityID{union.ID()}); err != nil || found[union.ID()].ID != council.ID() {
		t.Errorf("the merged id finds %+v, %v", found, err)
	}
	ctx, statements := graph.WithStatementCount(t.Context())
	if _, err := b.Entities(ctx, []graph.EntityID{union.ID(), "enobody"}); err != nil || statements.Load() != 1 {
		t.Errorf("%d statements, %v, want 1 once the decisions are known", statements.Load(), err)
	}
	if err := a.Undo(t.Context(), graph.NewDecisionID(same)); err != nil {
		t.Fatal(err)
	}
	if found, err := b.Entities(t.Context(), []graph.EntityID{union.ID()}); err != nil || found[union.ID()].ID != union.ID() {
		t.Errorf("after undoing, the id finds %+v, %v", found, err)
	}
}

func dump(t *testing.T, store graph.Store) string {
	t.Helper()
	var b strings.Builder
	if err := graph.WriteDump(t.Context(), &b, store); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestOrder gives the same dump in every order, and the dump of the other store.
func TestOrder(t *testing.T) {
	neo4jtest.Start(t)
	embedded, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{Vocabulary: graphtest.Vocabulary})
	if err != nil {
		t.Fatal(err)
	}
	defer embedded.Close()
	graphtest.Order(t, databases, embedded)
}

func TestOrderChild(t *testing.T) { graphtest.OrderChild(t, databases) }

var databases = graphtest.Databases{
	Fresh: fresh,
	Open:  func(tb testing.TB, url string, v graph.Vocabulary) graph.Store { return openAt(tb, url, v) },
	Child: "TestOrderChild",
}
