package graphtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// randomGraph is a vocabulary and all that is told to a store about one made-up
// world: documents that repeat and contradict one another, some revised, withdrawn
// or brought back, and decisions. Few entities are in most of the facts.
type randomGraph struct {
	rng        *rand.Rand
	vocabulary graph.Vocabulary
	pools      map[graph.Kind][]graph.Key // hubs first
	changes    []graph.Change             // as last told
	writes     []write
}

func newRandomGraph(rng *rand.Rand) *randomGraph {
	g := &randomGraph{rng: rng, pools: map[graph.Kind][]graph.Key{}}
	g.gazetteer()
	g.thesaurus()
	for _, keys := range g.pools {
		rng.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	}
	documents, facts := 3+rng.IntN(25), 1+rng.IntN(12)
	for i := range documents {
		g.changes = append(g.changes, g.document(i, facts))
	}
	decisions := g.decisions()
	if rng.IntN(2) == 0 {
		g.tell(func(ctx context.Context, s graph.Store) error { return s.Decide(ctx, decisions...) })
	}
	changes := slices.Clone(g.changes)
	g.tell(func(ctx context.Context, s graph.Store) error { _, err := s.Apply(ctx, changes...); return err })
	g.revise(facts)
	later, passing := g.decisions(), g.decisions()
	for i := range passing {
		passing[i].Author = "visitor"
		passing[i].ID = graph.NewDecisionID(passing[i])
	}
	g.tell(func(ctx context.Context, s graph.Store) error {
		return s.Decide(ctx, slices.Concat(passing, decisions)...)
	})
	g.tell(func(ctx context.Context, s graph.Store) error { return s.Decide(ctx, later...) })
	g.tell(func(ctx context.Context, s graph.Store) error { return s.Undo(ctx, decisionIDs(passing)...) })
	return g
}

func decisionIDs(decisions []graph.Decision) []graph.DecisionID {
	var all []graph.DecisionID
	for _, d := range decisions {
		all = append(all, d.ID)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (g *randomGraph) tell(w write) { g.writes = append(g.writes, w) }

// The words of the made-up names: some fold to the same, some to nothing, some lie
// outside the basic plane.
var nameWords = strings.Fields("River river RÍVER Keepers Plateau Union Côte d’Ivoire Zürich Straße STRASSE U.S. Ωμέγα 中国 𐌰𐌱 100% a_b –– Ada Lindqvist Lindqvists O’Neill of the and Órla")

var agreementNouns = strings.Fields("Treaty Convention Protocol Charter Memorandum Declaration Plan Decision Communiqué Understanding")

// name is one to three words; every fourth is one that many bear, or that the
// vocabulary gives somebody.
func (g *randomGraph) name(k graph.Kind) string {
	switch v := g.vocabulary.Entities; {
	case g.rng.IntN(4) == 0:
		return []string{"the Envoy", "The envoy", "Council"}[g.rng.IntN(3)]
	case g.rng.IntN(4) == 0 && len(v) > 0:
		return v[g.rng.IntN(len(v))].Name
	}
	words := make([]string, 1+g.rng.IntN(3))
	for i := range words {
		words[i] = nameWords[g.rng.IntN(len(nameWords))]
	}
	if k == graph.Agreement {
		words = append(words, agreementNouns[g.rng.IntN(len(agreementNouns))])
	}
	return strings.Join(words, " ")
}

// gazetteer fills the pools of all kinds but topics; of the kinds that a gazetteer
// has, every third key is the vocabulary's.
func (g *randomGraph) gazetteer() {
	schemes := map[graph.Kind]string{graph.Organisation: "gaz:", graph.Country: "iso:", graph.Place: "place:"}
	for _, k := range graph.Kinds {
		if k == graph.Topic {
			continue
		}
		for i := range 2 + g.rng.IntN(4)*g.rng.IntN(12) {
			key := graph.Key{Kind: k, Text: fmt.Sprintf("%s %d", strings.ToLower(string(k)), i)}
			if scheme, vouched := schemes[k]; vouched && i%3 == 0 {
				key.Text = scheme + key.Text
				g.vouch(key)
			}
			g.pools[k] = append(g.pools[k], key)
		}
	}
	for _, p := range g.pools[graph.Place] {
		if c := g.key(graph.Country); p.FromGazetteer() && c.FromGazetteer() {
			g.vocabulary.Facts = append(g.vocabulary.Facts, graph.VocabularyFact{Predicate: graph.LocatedIn, Subject: p, Object: c})
		}
	}
}

// thesaurus makes topics, most of them with one or two that are broader.
func (g *randomGraph) thesaurus() {
	g.vocabulary.Version = "random"
	for i := range 3 + g.rng.IntN(14) {
		key := topic(fmt.Sprintf("topic:%d", i))
		g.vouch(key)
		for n := g.rng.IntN(3); n > 0 && i > 0; n-- {
			f := graph.VocabularyFact{Predicate: graph.Broader, Subject: key, Object: topic(fmt.Sprintf("topic:%d", g.rng.IntN(i)))}
			if !slices.Contains(g.vocabulary.Facts, f) {
				g.vocabulary.Facts = append(g.vocabulary.Facts, f)
			}
		}
		g.pools[graph.Topic] = append(g.pools[graph.Topic], key)
	}
	for i := range 3 {
		g.pools[graph.Topic] = append(g.pools[graph.Topic], topic(fmt.Sprintf("loose topic %d", i)))
	}
}

func (g *randomGraph) vouch(k graph.Key) {
	e := graph.VocabularyEntity{Key: k, Name: g.name(k.Kind)}
	for range g.rng.IntN(3) {
		if n := g.name(k.Kind); n != e.Name && !slices.Contains(e.Names, n) {
			e.Names = append(e.Names, n)
		}
	}
	if g.rng.IntN(3) == 0 {
		e.Acronym = []string{"RKC", "UPS", "Rkc", "CRK"}[g.rng.IntN(4)]
	}
	for _, scheme := range []string{"Wikidata", "EuroVoc", `quoted "scheme"`} {
		if g.rng.IntN(2) == 0 {
			e.Identifiers = append(e.Identifiers, graph.Identifier{Scheme: scheme, Value: fmt.Sprintf("Q%d", 1+g.rng.IntN(30))})
		}
	}
	g.vocabulary.Entities = append(g.vocabulary.Entities, e)
}

// key picks one of a kind, the first ones by far the most often.
func (g *randomGraph) key(k graph.Kind) graph.Key {
	pool, x := g.pools[k], g.rng.Float64()
	return pool[int(float64(len(pool))*x*x*x)]
}

// date is known to the year, the month or the day, within few years, so that many overlap.
func randomDate(rng *rand.Rand) graph.Date {
	full := fmt.Sprintf("20%02d-%02d-%02d", rng.IntN(6), 1+rng.IntN(12), 1+rng.IntN(28))
	if rng.IntN(12) == 0 {
		full = []string{"2004-02-29", "2003-12-31", "2004-01-01", "1999-12-31"}[rng.IntN(4)]
	}
	return graph.Date(full[:[]int{4, 7, 10}[rng.IntN(3)]])
}

func (g *randomGraph) document(i, facts int) graph.Change {
	published := graph.Date("")
	if g.rng.IntN(4) > 0 {
		published = randomDate(g.rng)
	}
	d := NewDraft(fmt.Sprintf("random-%03d", i), published)
	d.change.Document.Title, d.change.Document.Language = g.name(graph.Agreement), []string{"en", "fr", ""}[g.rng.IntN(3)]
	for range g.rng.IntN(1 + facts) {
		k := g.key(graph.Kinds[g.rng.IntN(len(graph.Kinds))])
		d.Mention(k, g.name(k.Kind), graph.NameClass(g.rng.IntN(5)))
		if g.rng.IntN(4) == 0 {
			d.change.Entities[d.at[k]].Acronym = []string{"RKC", "AB", "rkc"}[g.rng.IntN(3)]
		}
	}
	for range g.rng.IntN(1 + facts) {
		g.state(d)
	}
	return d.Revision(int64(g.rng.IntN(2)))
}

// state adds a fact that the ontology allows.
func (g *randomGraph) state(d *Draft) {
	p := graph.Predicates[g.rng.IntN(len(graph.Predicates))]
	if g.rng.IntN(5) == 0 {
		p = []graph.Predicate{graph.Met, graph.CooperatesWith}[g.rng.IntN(2)]
	}
	rule := graph.Ontology[p]
	from, to := g.key(rule.From[g.rng.IntN(len(rule.From))]), g.key(rule.To[g.rng.IntN(len(rule.To))])
	if v := g.vocabulary.Facts; len(v) > 0 && g.rng.IntN(12) == 0 { // what the vocabulary says too
		f := v[g.rng.IntN(len(v))]
		p, from, to, rule = f.Predicate, f.Subject, f.Object, graph.Rule{}
	}
	if from == to || !p.Joins(from.Kind, to.Kind) {
		return
	}
	q := graph.Qualifiers{}
	for _, name := range rule.Qualifiers {
		if g.rng.IntN(3) == 0 {
			continue
		}
		switch name {
		case graph.OnDate, graph.UntilDate:
			q[name] = string(randomDate(g.rng))
		case graph.AtPlace:
			q[name] = g.key(graph.Place).Text
		default:
			q[name] = []string{"Chair", "chair", "CHAIR of all", "ratified", "acceded"}[g.rng.IntN(5)]
		}
	}
	d.State(from, p, to, q, 500+50*g.rng.IntN(10))
}

// revise tells further revisions of some documents, withdraws some, and brings some of these back.
func (g *randomGraph) revise(facts int) {
	var withdrawals []graph.Withdrawal
	var revisions []graph.Change
	for i, c := range g.changes {
		way := g.rng.IntN(10)
		if way < 2 {
			withdrawals = append(withdrawals, graph.Withdrawal{Document: c.Document.ID, Number: 2})
		}
		if way == 1 || way == 2 { // at equal numbers the tombstone stays
			g.changes[i] = g.document(i, facts)
			g.changes[i].Document.Revision.Number = int64(2 + g.rng.IntN(2))
			revisions = append(revisions, g.changes[i])
		}
	}
	g.tell(func(ctx context.Context, s graph.Store) error { _, err := s.Withdraw(ctx, withdrawals...); return err })
	g.tell(func(ctx context.Context, s graph.Store) error { _, err := s.Apply(ctx, revisions...); return err })
}

// decisions are some of every kind, among them some that fight each other.
func (g *randomGraph) decisions() []graph.Decision {
	var all []graph.Decision
	kind := func() graph.Kind { return graph.Kinds[g.rng.IntN(len(graph.Kinds))] }
	pair := func(of graph.DecisionKind) {
		k := kind()
		if a, b := g.key(k), g.key(k); a != b {
			d := graph.Decision{Kind: of, Key: a, Other: b}
			all = append(all, d)
		}
	}
	for range g.rng.IntN(6) {
		pair(graph.Same)
	}
	for range g.rng.IntN(3) {
		pair(graph.Distinct)
		all = append(all, g.split()...)
		k := g.key(kind())
		all = append(all, graph.Decision{Kind: graph.Alias, Key: k, Text: g.name(k.Kind)})
	}
	for range g.rng.IntN(8) {
		all = append(all, g.review()...)
	}
	for i := range all {
		all[i] = decide(all[i])
	}
	return all
}

// split gives the mentions of a key in one or two documents to another key.
func (g *randomGraph) split() []graph.Decision {
	c := g.changes[g.rng.IntN(len(g.changes))]
	if len(c.Entities) == 0 {
		return nil
	}
	k := c.Entities[g.rng.IntN(len(c.Entities))].Key
	return []graph.Decision{{Kind: graph.Reassign, Key: k, Other: g.key(k.Kind), Documents: []graph.DocumentID{c.Document.ID, g.changes[0].Document.ID}}}
}

// review confirms or rejects a fact that a document or the thesaurus states.
func (g *randomGraph) review() []graph.Decision {
	verdict := []graph.Review{graph.Confirmed, graph.Rejected}[g.rng.IntN(2)]
	if n := len(g.vocabulary.Facts); n > 0 && g.rng.IntN(5) == 0 {
		f := g.vocabulary.Facts[g.rng.IntN(n)]
		return []graph.Decision{{Kind: graph.ReviewFact, Review: verdict, Fact: graph.FactKey{Predicate: f.Predicate, Subject: f.Subject, Object: f.Object}}}
	}
	c := g.changes[g.rng.IntN(len(g.changes))]
	if len(c.Facts) == 0 {
		return nil
	}
	f := c.Facts[g.rng.IntN(len(c.Facts))]
	return []graph.Decision{{Kind: graph.ReviewFact, Review: verdict, Fact: graph.FactKey{Predicate: f.Predicate,
		Subject: c.Entities[f.Subject].Key, Object: c.Entities[f.Object].Key, Tell: graph.Tell(f.Predicate, f.Qualifiers)}}}
}
