package server

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/schema/generated"
)

const (
	mostReferences = 100 // in one filter
	mostConditions = 200 // filters within filters, in all
	mostNesting    = 10  // filters within filters, one in the other
	mostValues     = 500 // in one list of a filter
)

// names turns a filter of the schema, which names entities as a person does,
// into one of package graph, which names them by id. A filter is built up to
// three times: once to collect the references, which are then resolved in one
// statement; once to collect the topics whose narrower ones count, which are
// found in another; and once for good. So a filter costs two statements at
// most, and the code that builds one says everything once.
type names struct {
	refs     []graph.Ref
	found    map[string][]graph.Entity // by reference; nil until resolved
	topics   []graph.EntityID
	narrower map[graph.EntityID][]graph.EntityID // nil until found

	conditions, depth int
}

// translate builds a filter, or anything else that names entities.
func translate[F any](ctx context.Context, store graph.Reader, build func(*names) (F, error)) (F, error) {
	n := &names{}
	f, err := build(n)
	if err != nil || len(n.refs) == 0 {
		return f, err
	}
	if err := n.resolve(ctx, store); err != nil {
		return f, err
	}
	if f, err = again(n, build); err != nil || len(n.topics) == 0 {
		return f, err
	}
	if n.narrower, err = store.Narrower(ctx, n.topics); err != nil {
		return f, err
	}
	return again(n, build)
}

func again[F any](n *names, build func(*names) (F, error)) (F, error) {
	n.conditions, n.depth = 0, 0
	return build(n)
}

func (n *names) resolve(ctx context.Context, store graph.Reader) error {
	found, err := store.Resolve(ctx, n.refs)
	if err != nil {
		return err
	}
	n.found = make(map[string][]graph.Entity, len(n.refs))
	for i, ref := range n.refs {
		n.found[canonical(ref)] = found[i]
	}
	return nil
}

// bearers are the entities that a reference may stand for, at least one; none
// while references are still collected.
func (n *names) bearers(ref *generated.EntityRef, kinds []graph.Kind) ([]graph.Entity, error) {
	r, err := reference(ref)
	if err != nil {
		return nil, err
	}
	r.Kinds = kinds
	if n.found == nil {
		if n.refs = append(n.refs, r); len(n.refs) > mostReferences {
			return nil, tooMuch("references in a filter", len(n.refs), mostReferences)
		}
		return nil, nil
	}
	found := n.found[canonical(r)]
	if len(found) == 0 {
		return nil, graph.Errorf(graph.NotFound, "nothing is called %s", r).WithHint("look for it with search(text: …)")
	}
	return found, nil
}

// reference checks that exactly one field is set: gqlparser does so for
// literals, but not for variables.
func reference(ref *generated.EntityRef) (graph.Ref, error) {
	var r graph.Ref
	set := 0
	if ref.ID != nil {
		set++
		if r.ID = graph.EntityID(*ref.ID); graph.IDKind(*ref.ID) != 'e' {
			return r, graph.Errorf(graph.Invalid, "%s is not the id of an entity", r).WithHint("take it from the field id of an entity")
		}
	}
	if ref.Name != nil {
		set++
		if r.Name = *ref.Name; graph.Fold(r.Name) == "" || len(r.Name) > graph.MaxName {
			return r, graph.Errorf(graph.Invalid, "%s is not a name", r).WithHint("a name has letters or digits, and at most %d bytes", graph.MaxName)
		}
	}
	if ref.Identifier != nil {
		set++
		r.Identifier = ref.Identifier
	}
	if set != 1 {
		return r, graph.Errorf(graph.Invalid, "an EntityRef has exactly one field, this one %d", set).WithHint("give id, name or identifier")
	}
	return r, nil
}

// only is the entity that a reference stands for, and no other.
func (n *names) only(ref *generated.EntityRef, kinds []graph.Kind) ([]graph.Entity, error) {
	found, err := n.bearers(ref, kinds)
	if err == nil && len(found) > 1 {
		r, _ := reference(ref)
		err = &ambiguousError{ref: r, candidates: found}
	}
	return found, err
}

// one is the id of the entity that a reference stands for, as a set.
func (n *names) one(ref *generated.EntityRef, kinds ...graph.Kind) ([]graph.EntityID, error) {
	found, err := n.only(ref, kinds)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return []graph.EntityID{found[0].ID}, nil
}

// each is the ids of several references.
func (n *names) each(refs []*generated.EntityRef, kinds ...graph.Kind) ([]graph.EntityID, error) {
	ids := []graph.EntityID{}
	for _, ref := range refs {
		id, err := n.one(ref, kinds...)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id...)
	}
	return ids, nil
}

// topicsOf are all topics that a reference stands for, with those that are narrower.
func (n *names) topicsOf(ref *generated.EntityRef, includeNarrower bool) ([]graph.EntityID, error) {
	found, err := n.bearers(ref, topics)
	ids := []graph.EntityID{}
	for _, topic := range found {
		switch {
		case !includeNarrower:
			ids = append(ids, topic.ID)
		case n.narrower == nil:
			n.topics = append(n.topics, topic.ID)
		default:
			ids = append(ids, n.narrower[topic.ID]...)
		}
	}
	return ids, err
}

// within counts a filter and what stands in it against the bounds.
func (n *names) within(build func() error) error {
	n.conditions++
	n.depth++
	defer func() { n.depth-- }()
	switch {
	case n.conditions > mostConditions:
		return tooMuch("conditions in a filter", n.conditions, mostConditions)
	case n.depth > mostNesting:
		return tooMuch("filters nested in each other", n.depth, mostNesting)
	}
	return build()
}

// all builds the filters of an and or an or.
func all[S, F any](filters []*S, build func(*S) (F, error)) ([]F, error) {
	if len(filters) == 0 {
		return nil, nil
	}
	built := make([]F, len(filters))
	for i, f := range filters {
		var err error
		if built[i], err = build(f); err != nil {
			return nil, err
		}
	}
	return built, nil
}

// combined builds the and, or and not of a filter.
func combined[S, F any](and, or []*S, not *S, build func(*S) (F, error)) (ands, ors []F, nots *F, err error) {
	if ands, err = all(and, build); err != nil {
		return
	}
	if ors, err = all(or, build); err != nil || not == nil {
		return
	}
	f, err := build(not)
	return ands, ors, &f, err
}

func (n *names) entityFilter(f *generated.EntityFilter) (g graph.EntityFilter, err error) {
	if f == nil {
		return g, nil
	}
	return g, n.within(func() error {
		g.Kinds, g.Name, g.Seen = f.Kinds, f.Name, during(f.During)
		if err := checkText(f.Name); err != nil {
			return err
		}
		if g.Terms, err = terms(f.Text, graph.NameTerms); err != nil {
			return err
		}
		if f.Related != nil {
			related, err := n.related(f.Related)
			if err != nil {
				return err
			}
			g.Related = []graph.Related{related}
		}
		g.And, g.Or, g.Not, err = combined(f.And, f.Or, f.Not, n.entityFilter)
		return err
	})
}

func (n *names) related(f *generated.RelatedFilter) (graph.Related, error) {
	r := graph.Related{Predicates: f.Predicates, During: during(f.During)}
	if f.Direction != nil {
		r.Direction = *f.Direction
	}
	var err error
	if r.MinConfidence, err = perMille(f.MinConfidence); err != nil {
		return r, err
	}
	if f.To != nil {
		if r.To, err = n.one(f.To); err != nil {
			return r, err
		}
	}
	if f.Some != nil {
		some, err := n.entityFilter(f.Some)
		if err != nil {
			return r, err
		}
		r.Some = &some
	}
	return r, nil
}

// agreementFilter becomes a filter on the edges of agreements.
func (n *names) agreementFilter(f *generated.AgreementFilter) (g graph.EntityFilter, err error) {
	if f == nil {
		return g, nil
	}
	return g, n.within(func() error {
		g.AgreementKinds, g.Name, g.Date = f.Kinds, f.Name, during(f.Date)
		if err := checkText(f.Name); err != nil {
			return err
		}
		if err := n.parties(f.Parties, &g); err != nil {
			return err
		}
		if err := n.covers(f.Covers, &g); err != nil {
			return err
		}
		and, or, not, err := combined(f.And, f.Or, f.Not, n.agreementFilter)
		g.And, g.Or = append(g.And, and...), or
		if not != nil {
			g.And = append(g.And, graph.EntityFilter{Not: not})
		}
		return err
	})
}

func party(of []graph.EntityID, kinds []graph.Kind) graph.Related {
	return graph.Related{Predicates: partyEdges, Direction: graph.In, To: of, ToKinds: kinds}
}

func (n *names) parties(f *generated.PartyFilter, g *graph.EntityFilter) error {
	if f == nil {
		return nil
	}
	every, err := n.each(f.All, bodies...)
	if err != nil {
		return err
	}
	for _, id := range every {
		g.Related = append(g.Related, party([]graph.EntityID{id}, nil))
	}
	any, err := n.each(f.Any, bodies...)
	if err != nil {
		return err
	}
	if len(f.Any) > 0 {
		g.Related = append(g.Related, party(any, nil))
	}
	none, err := n.each(f.None, bodies...)
	if err != nil {
		return err
	}
	if len(f.None) > 0 {
		g.And = append(g.And, graph.EntityFilter{Not: &graph.EntityFilter{Related: []graph.Related{party(none, nil)}}})
	}
	if f.Kinds != nil {
		g.Related = append(g.Related, party(nil, among(bodies, f.Kinds)))
	}
	return nil
}

func (n *names) covers(f *generated.TopicFilter, g *graph.EntityFilter) error {
	if f == nil {
		return nil
	}
	covers := func(ids []graph.EntityID) graph.Related {
		return graph.Related{Predicates: []graph.Predicate{graph.Covers}, Direction: graph.Out, To: ids}
	}
	for _, ref := range f.All {
		ids, err := n.topicsOf(ref, f.IncludeNarrower)
		if err != nil {
			return err
		}
		g.Related = append(g.Related, covers(ids))
	}
	any := []graph.EntityID{}
	for _, ref := range f.Any {
		ids, err := n.topicsOf(ref, f.IncludeNarrower)
		if err != nil {
			return err
		}
		any = append(any, ids...)
	}
	if len(f.Any) > 0 {
		slices.Sort(any)
		g.Related = append(g.Related, covers(slices.Compact(any)))
	}
	return nil
}

func (n *names) factFilter(f *generated.FactFilter) (g graph.FactFilter, err error) {
	if f == nil {
		return g, nil
	}
	return g, n.within(func() error {
		g.Predicates, g.During, g.Origins = f.Predicates, during(f.During), f.Origins
		if g.MinSources, err = count("minSources", f.MinSources); err != nil {
			return err
		}
		if g.MinConfidence, err = perMille(f.MinConfidence); err != nil {
			return err
		}
		if g.Documents, err = documentRefs(f.Documents); err != nil {
			return err
		}
		for _, end := range []struct {
			ref *generated.EntityRef
			ids *[]graph.EntityID
		}{{f.Subject, &g.Subjects}, {f.Object, &g.Objects}, {f.Either, &g.Either}} {
			if end.ref == nil {
				continue
			}
			if *end.ids, err = n.one(end.ref); err != nil {
				return err
			}
		}
		g.And, g.Or, g.Not, err = combined(f.And, f.Or, f.Not, n.factFilter)
		return err
	})
}

func (n *names) documentFilter(f *generated.DocumentFilter) (g graph.DocumentFilter, err error) {
	if f == nil {
		return g, nil
	}
	return g, n.within(func() error {
		g.Title, g.Languages, g.Sources, g.Published = f.Title, f.Languages, f.Sources, during(f.Published)
		if err := checkText(f.Title); err != nil {
			return err
		}
		if g.Terms, err = terms(f.Text, graph.SentenceTerms); err != nil {
			return err
		}
		if len(f.Sources) > mostValues || len(f.Languages) > mostValues {
			return tooMuch("values in a list of a filter", max(len(f.Sources), len(f.Languages)), mostValues)
		}
		if f.Mentions != nil {
			if g.Mentions, err = n.one(f.Mentions); err != nil {
				return err
			}
		}
		g.And, g.Or, g.Not, err = combined(f.And, f.Or, f.Not, n.documentFilter)
		return err
	})
}

func documentRefs(ids []string) ([]graph.DocumentID, error) {
	if ids == nil {
		return nil, nil
	}
	if len(ids) > mostValues {
		return nil, tooMuch("values in a list of a filter", len(ids), mostValues)
	}
	documents := make([]graph.DocumentID, len(ids))
	for i, id := range ids {
		if graph.IDKind(id) != 'd' {
			return nil, graph.Errorf(graph.Invalid, "%q is not the id of a document", clip(id)).WithHint("take it from the field id of a document")
		}
		documents[i] = graph.DocumentID(id)
	}
	return documents, nil
}

// checkText refuses texts that no name can have.
func checkText(f *graph.StringFilter) error {
	if f == nil {
		return nil
	}
	if len(f.In) > mostValues {
		return tooMuch("values in a list of a filter", len(f.In), mostValues)
	}
	for _, s := range append([]string{f.Eq, f.StartsWith, f.Contains}, f.In...) {
		if len(s) > graph.MaxName {
			return tooMuch("bytes in a text of a filter", len(s), graph.MaxName)
		}
	}
	return nil
}

// terms are the words of a text that is looked for; nil where none is.
func terms(text *string, make func(string) graph.Terms) (graph.Terms, error) {
	if text == nil {
		return nil, nil
	}
	if len(*text) > graph.MaxName {
		return nil, tooMuch("bytes in a text of a filter", len(*text), graph.MaxName)
	}
	words := make(*text)
	if len(words) == 0 {
		return nil, graph.Errorf(graph.Invalid, "text %q has no words to look for", clip(*text)).WithHint("leave text out, or give a word that means something")
	}
	return words, nil
}

// perMille is a confidence as the graph keeps it.
func perMille(confidence *float64) (int, error) {
	if confidence == nil {
		return 0, nil
	}
	if c := *confidence; c < 0 || c > 1 || math.IsNaN(c) {
		return 0, graph.Errorf(graph.Invalid, "a confidence is between 0 and 1, not %v", c)
	}
	return int(math.Round(*confidence * 1000)), nil
}

// count is a number that is not negative; 0 does not filter.
func count(name string, n *int) (int, error) {
	switch {
	case n == nil:
		return 0, nil
	case *n < 0 || *n > math.MaxInt32:
		return 0, graph.Errorf(graph.Invalid, "%s is %d; it may be 0 to %d", name, *n, math.MaxInt32)
	}
	return *n, nil
}

func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
