package neo4j

import (
	"slices"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
)

// Seats and look-ups read an index and nothing else, however much there is; in
// a store with hardly any data too, since its plans live on while it grows. No plan
// is so large that the server makes it for seconds.
func TestPlans(t *testing.T) {
	url := neo4jtest.Start(t)
	open := func() *Store {
		neo4jtest.Wipe(t, url) // what it knew of the indexes would show in the plans
		s, err := Open(t.Context(), url, Options{Vocabulary: graphtest.Vocabulary})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	const documents = 100
	corpus := graphtest.Corpus(1, documents+1, 20)
	s := open()
	if _, err := s.Apply(t.Context(), corpus[:documents]...); err != nil {
		t.Fatal(err)
	}
	if _, err := s.query(t.Context(), "forget", "CALL db.clearQueryCaches()", nil); err != nil { // lest a plan for less be shown
		t.Fatal(err)
	}
	seen := watched(t, s, func(ask asked) {
		writes(t, s, corpus[documents], ask)
		questions(t, s, corpus[documents], ask)
	})
	checkPlans(t, s, documents, seen)
	s = open()
	seen = append(seen, watched(t, s, func(ask asked) { writes(t, s, corpus[0], ask) })...)
	checkPlans(t, s, 0, seen)
}

func checkPlans(t *testing.T, s *Store, documents int, seen []watchedStatement) {
	t.Helper()
	for of, text := range seatTexts() {
		checkPlan(t, s, documents, "seat "+string(of), text, map[string]any{"rows": []string{"x"}}, append(scans, "Sort", "Top"))
	}
	for _, q := range seen {
		if q.text != decisionsText { // reads them all
			checkPlan(t, s, documents, "", q.text, q.params, scans)
		}
	}
}

// scans are the operators that read all there is.
var scans = []string{"AllNodesScan", "ByLabelScan", "TypeScan", "TypesScan", "AllRelationshipsScan"}

func checkPlan(t *testing.T, s *Store, documents int, name, text string, params map[string]any, without []string) {
	t.Helper()
	r, err := neo4j.ExecuteQuery(t.Context(), s.driver, "EXPLAIN "+text, params, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase("neo4j"))
	if err != nil {
		t.Errorf("%s: %v", text, err)
		return
	}
	plan, _ := r.Summary.Plan().Arguments()["string-representation"].(string)
	operators := operatorsOf(plan)
	for _, operator := range without {
		if slices.ContainsFunc(operators, func(o string) bool { return strings.Contains(o, operator) }) {
			t.Errorf("over %d documents %s has a %s:\n%s", documents, name+" "+text, operator, plan)
		}
	}
	if len(operators) > mostOperators {
		t.Errorf("over %d documents %s is planned with %d operators, more than %d", documents, name+" "+text, len(operators), mostOperators)
	}
}

// mostOperators bounds a plan. One that lists facts through the indexes of all
// predicates has some 110, and takes half a second of processor time to make; twice as many arms took two.
const mostOperators = 130

// operatorsOf are the names in the first column of a plan.
func operatorsOf(plan string) (operators []string) {
	for line := range strings.Lines(plan) {
		name := strings.TrimLeft(line, "| ")
		if strings.HasPrefix(name, "+") && !strings.HasPrefix(name, "+-") {
			operators = append(operators, strings.Fields(name[1:])[0])
		}
	}
	return operators
}

func seatTexts() map[graph.SeatKind]string {
	texts := map[graph.SeatKind]string{}
	for _, of := range []graph.SeatKind{graph.NameSeat, graph.AcronymSeat, graph.FirstSeat, graph.LastSeat, graph.DatedSeat, graph.ConfidenceSeat} {
		texts[of] = seatText(of)
	}
	for _, q := range graph.AllQualifiers {
		texts[graph.SeatKind(q)] = seatText(graph.SeatKind(q))
	}
	return texts
}

type watchedStatement struct {
	text   string
	params map[string]any
}

// asked takes what a call gave.
type asked func(answer any, err error)

// watched are the statements of what is done.
func watched(t *testing.T, s *Store, do func(asked)) (seen []watchedStatement) {
	t.Helper()
	s.watch = func(text string, params map[string]any) { seen = append(seen, watchedStatement{text, params}) }
	defer func() { s.watch = nil }()
	do(func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	})
	return seen
}

// writes writes, revises and withdraws a document.
func writes(t *testing.T, s *Store, c graph.Change, ask asked) {
	ctx := t.Context()
	ask(s.Apply(ctx, c))
	c.Document.Revision.Number++
	ask(s.Apply(ctx, c))
	ask(s.Withdraw(ctx, graph.Withdrawal{Document: c.Document.ID, Number: c.Document.Revision.Number}))
}

// questions asks all that comes with ids, and for lists in their orders.
func questions(t *testing.T, s *Store, c graph.Change, ask asked) {
	ctx, w := t.Context(), graph.Window{Limit: 10}
	entity, fact := c.Entities[0].Key.ID(), graph.NewFactID(c.Facts[0].Predicate, c.Entities[c.Facts[0].Subject].Key.ID(), c.Entities[c.Facts[0].Object].Key.ID(), "")
	at, topics := []graph.EntityID{entity}, []graph.Related{{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.Out, To: []graph.EntityID{entity}}}
	ask(s.Entities(ctx, at))
	ask(s.Facts(ctx, []graph.FactID{fact}))
	ask(s.Documents(ctx, []graph.DocumentID{c.Document.ID}, true))
	ask(s.Evidence(ctx, []graph.EvidenceID{"v"}))
	ask(s.Resolve(ctx, []graph.Ref{{ID: entity}, {Name: "Arland"}, {Identifier: &graph.Identifier{Scheme: "Wikidata", Value: "Q1"}}}))
	ask(s.Narrower(ctx, at))
	ask(s.ListEntities(ctx, graph.EntityQuery{Where: graph.EntityFilter{Kinds: []graph.Kind{graph.Agreement}, Related: topics}, Window: w}))
	ask(s.ListEntities(ctx, graph.EntityQuery{Documents: []graph.DocumentID{c.Document.ID}, Window: w}))
	ask(s.ListFacts(ctx, graph.FactQuery{At: at, Window: w}))
	ask(s.ListFacts(ctx, graph.FactQuery{At: at, Direction: graph.Out, Window: w}))
	ask(s.ListFacts(ctx, graph.FactQuery{Documents: []graph.DocumentID{c.Document.ID}, Window: w}))
	ask(s.ListFacts(ctx, graph.FactQuery{Where: graph.FactFilter{Subjects: at}, Window: w}))
	ask(s.ListFacts(ctx, graph.FactQuery{Where: graph.FactFilter{Documents: []graph.DocumentID{c.Document.ID}}, Window: w}))
	ask(s.ListFacts(ctx, graph.FactQuery{Where: graph.FactFilter{Either: at}, Window: w}))
	for _, desc := range []bool{false, true} {
		order := graph.Order{Desc: desc}
		page, err := s.ListDocuments(ctx, graph.DocumentQuery{Order: order, Window: w})
		ask(page, err)
		if len(page.At) > 3 {
			ask(s.ListDocuments(ctx, graph.DocumentQuery{Order: order, Window: graph.Window{Limit: 10, After: page.At[3]}}))
		}
		ask(s.ListDocuments(ctx, graph.DocumentQuery{Order: graph.Order{By: graph.ByTitle, Desc: desc}, Window: w}))
		ask(s.ListEntities(ctx, graph.EntityQuery{Order: order, Window: w}))
		for _, by := range []graph.OrderBy{graph.ByDate, graph.ByLastSeen, graph.BySources} {
			ask(s.ListEntities(ctx, graph.EntityQuery{Order: graph.Order{By: by, Desc: desc}, Window: w}))
		}
		for _, by := range []graph.OrderBy{graph.ByDate, graph.ByConfidence, graph.BySources} {
			ask(s.ListFacts(ctx, graph.FactQuery{Order: graph.Order{By: by, Desc: desc}, Window: w}))
		}
	}
	met := []graph.Related{{Predicates: []graph.Predicate{graph.Met}, Some: &graph.EntityFilter{Related: topics}}}
	deep := graph.EntityFilter{Or: []graph.EntityFilter{{Related: met}, {Not: &graph.EntityFilter{Related: topics}}}}
	ask(s.ListEntities(ctx, graph.EntityQuery{Where: deep, Order: graph.Order{By: graph.ByDate}, Window: w}))
	stated := graph.FactFilter{Or: []graph.FactFilter{{MinSources: 2}, {Subjects: at}, {Not: &graph.FactFilter{MinConfidence: 500}}}}
	ask(s.ListFacts(ctx, graph.FactQuery{Where: stated, Window: w}))
	ask(s.ListDocuments(ctx, graph.DocumentQuery{Where: graph.DocumentFilter{Mentions: at}, Window: w}))
	ask(s.ListEvidence(ctx, graph.EvidenceQuery{Facts: []graph.FactID{fact}, Window: w}))
	ask(s.ListMentions(ctx, graph.MentionQuery{Entities: at, Window: w}))
	ask(s.ListMentions(ctx, graph.MentionQuery{Documents: []graph.DocumentID{c.Document.ID}, Window: w}))
	ask(s.ListNames(ctx, graph.NameQuery{Entities: at, Window: w}))
	ask(s.Degrees(ctx, at, nil))
	edges, _, err := s.Frontier(ctx, at, graph.FactFilter{})
	ask(edges, err)
}
