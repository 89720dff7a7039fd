package graphtest

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// prepared is a question that is ready to be put to the store; empty tells that the
// oracle finds nothing.
type prepared struct {
	put   func()
	empty bool
}

// run asks every sort of question, those with filters so many times.
func (q *inquiry) run(times int) {
	for i := range times {
		for _, think := range []func() prepared{q.listEntities, q.listFacts, q.frontier, q.paths} {
			q.mostlyFound(think)
		}
		if i%2 == 0 {
			for _, think := range []func() prepared{q.listDocuments, q.neighbourhood, q.neighbours, q.resolve, q.search, q.timeline, q.facets} {
				q.mostlyFound(think)
			}
		}
	}
	for _, think := range []func() prepared{q.listEvidence, q.listMentions, q.listNames} {
		q.mostlyFound(think)
	}
	for _, ask := range []func(){q.listDecisions, q.degrees, q.narrowerTopics, q.byID, q.counts} {
		ask()
	}
}

// mostlyFound puts a question of which there is something to find, or now and
// then one of which there is not.
func (q *inquiry) mostlyFound(think func() prepared) {
	ask := think()
	for tries := 0; ask.empty && tries < 8 && !q.chance(12); tries++ {
		ask = think()
	}
	ask.put()
}

func (q *inquiry) listEntities() prepared {
	order := graph.Order{By: []graph.OrderBy{graph.ByDefault, graph.ByName, graph.ByDate, graph.ByLastSeen, graph.BySources}[q.rng.IntN(5)], Desc: q.chance(2)}
	query := graph.EntityQuery{Where: q.entityFilter(2), Order: order}
	if q.chance(5) {
		query.Documents = some(q, q.documentIDs(), 4)
	}
	matching := func(ok func(graph.Entity) bool) list {
		var items []placed
		for _, e := range q.entities {
			if e.Documents > 0 && ok(e) && q.entityMatches(query.Where, e) {
				items = append(items, placed{graph.Position{Sort: entitySortKey(order, e), ID: string(e.ID)}, showEntity(e)})
			}
		}
		return newList(order, order.By == graph.BySources, items)
	}
	var want []list
	for _, id := range query.Documents {
		want = append(want, matching(func(e graph.Entity) bool { return q.mentioned(id, []graph.EntityID{e.ID}) }))
	}
	if query.Documents == nil {
		want = []list{matching(func(graph.Entity) bool { return true })}
	}
	return lists(q, "ListEntities", query, want, showEntity, func(w graph.Window) ([]graph.Page[graph.Entity], error) {
		query.Window = w
		return q.store.ListEntities(q.ctx, query)
	})
}

func entitySortKey(o graph.Order, e graph.Entity) string {
	switch o.By {
	case graph.ByDate:
		return dateSortKey(e.Date, o.Desc)
	case graph.ByLastSeen:
		return dateSortKey(e.LastSeen, o.Desc)
	case graph.BySources:
		return strconv.Itoa(e.Documents)
	}
	return graph.Fold(e.Name)
}

// dateSortKey puts what has no date last.
func dateSortKey(d graph.Date, desc bool) string {
	if d == "" && !desc {
		return "~"
	}
	return string(d)
}

func (q *inquiry) listFacts() prepared {
	order := graph.Order{By: []graph.OrderBy{graph.ByDefault, graph.ByDate, graph.ByConfidence, graph.BySources}[q.rng.IntN(4)], Desc: q.chance(2)}
	query := graph.FactQuery{Where: q.factFilter(2), Order: order}
	var want []list
	matching := func(ok func(graph.Fact) bool) {
		var items []placed
		for _, x := range q.facts {
			if x.Shown && ok(x) && q.factMatches(query.Where, x) {
				items = append(items, placed{graph.Position{Sort: factSortKey(order, x), ID: string(x.ID)}, showFact(x)})
			}
		}
		want = append(want, newList(order, order.By == graph.ByConfidence || order.By == graph.BySources, items))
	}
	switch q.rng.IntN(3) {
	case 0:
		matching(func(graph.Fact) bool { return true })
	case 1:
		query.Documents = some(q, q.documentIDs(), 4)
		for _, id := range query.Documents {
			matching(func(x graph.Fact) bool { return q.states(id, x.ID) })
		}
	case 2:
		query.At, query.Where = q.ids(5), q.edgeFilter()
		query.Direction = []graph.Direction{graph.Both, graph.Out, graph.In}[q.rng.IntN(3)]
		for _, id := range query.At {
			matching(func(x graph.Fact) bool {
				other, here := standsAt(x, id, query.Direction)
				return here && q.otherMatches(query.Where, other)
			})
		}
	}
	return lists(q, "ListFacts", query, want, showFact, func(w graph.Window) ([]graph.Page[graph.Fact], error) {
		query.Window = w
		return q.store.ListFacts(q.ctx, query)
	})
}

func factSortKey(o graph.Order, x graph.Fact) string {
	switch o.By {
	case graph.ByConfidence:
		return strconv.Itoa(x.Confidence)
	case graph.BySources:
		return strconv.Itoa(x.Sources)
	}
	return dateSortKey(x.Date(), o.Desc)
}

func (q *inquiry) listDocuments() prepared {
	order := graph.Order{By: []graph.OrderBy{graph.ByDefault, graph.ByPublished, graph.ByTitle}[q.rng.IntN(3)], Desc: q.chance(2)}
	query := graph.DocumentQuery{Where: q.documentFilter(2), Order: order}
	var items []placed
	for id, d := range q.documents {
		if d.Text = ""; !d.Withdrawn && q.documentMatches(query.Where, d) {
			at := graph.Position{Sort: dateSortKey(d.Published, order.Desc), ID: string(id)}
			if order.By == graph.ByTitle {
				at.Sort = graph.Fold(d.Title)
			}
			items = append(items, placed{at, shown(d)})
		}
	}
	return lists(q, "ListDocuments", query, []list{newList(order, false, items)}, func(d graph.Document) string { return shown(d) },
		func(w graph.Window) ([]graph.Page[graph.Document], error) {
			query.Window = w
			page, err := q.store.ListDocuments(q.ctx, query)
			return []graph.Page[graph.Document]{page}, err
		})
}

func (q *inquiry) listEvidence() prepared {
	var ids []graph.FactID
	for _, x := range q.facts {
		ids = append(ids, x.ID)
	}
	query := graph.EvidenceQuery{Facts: some(q, append(ids, "fnothing"), 8)}
	var want []list
	for _, id := range query.Facts {
		var items []placed
		for _, v := range q.evidence {
			if v.Fact == id {
				least := strconv.Itoa(10000 + 1000 - v.Confidence)[1:] // four digits
				items = append(items, placed{graph.Position{Sort: least, ID: string(v.ID)}, shown(v)})
			}
		}
		want = append(want, newList(graph.Order{}, false, items))
	}
	return lists(q, "ListEvidence", query, want, func(v graph.Cited) string { return shown(v) }, func(w graph.Window) ([]graph.Page[graph.Cited], error) {
		query.Window = w
		return q.store.ListEvidence(q.ctx, query)
	})
}

func (q *inquiry) listMentions() prepared {
	query := graph.MentionQuery{}
	var want []list
	matching := func(ok func(graph.Mention) bool, sort func(graph.Mention) string) {
		var items []placed
		for _, x := range q.mentions {
			if ok(x) {
				items = append(items, placed{graph.Position{Sort: sort(x), ID: string(x.ID)}, shown(x)})
			}
		}
		want = append(want, newList(graph.Order{}, false, items))
	}
	if q.chance(2) {
		query.Entities = q.ids(6)
		for _, id := range query.Entities {
			matching(func(x graph.Mention) bool { return x.Entity == id }, func(x graph.Mention) string { return string(x.Document) })
		}
	} else {
		query.Documents = some(q, q.documentIDs(), 6)
		for _, id := range query.Documents {
			matching(func(x graph.Mention) bool { return x.Document == id }, func(x graph.Mention) string { return string(x.Entity) })
		}
	}
	return lists(q, "ListMentions", query, want, func(x graph.Mention) string { return shown(x) }, func(w graph.Window) ([]graph.Page[graph.Mention], error) {
		query.Window = w
		return q.store.ListMentions(q.ctx, query)
	})
}

func (q *inquiry) listNames() prepared {
	query := graph.NameQuery{Entities: q.ids(6)}
	var want []list
	for _, id := range query.Entities {
		var items []placed
		for _, n := range q.names {
			if n.Entity == id {
				items = append(items, placed{graph.Position{Sort: n.Rank(), ID: n.ID()}, shown(n)})
			}
		}
		want = append(want, newList(graph.Order{}, false, items))
	}
	return lists(q, "ListNames", query, want, func(n graph.Name) string { return shown(n) }, func(w graph.Window) ([]graph.Page[graph.Name], error) {
		query.Window = w
		return q.store.ListNames(q.ctx, query)
	})
}

func (q *inquiry) frontier() prepared {
	at, where := q.ids(9), q.edgeFilter()
	show := func(x graph.Fact) string {
		return shown(graph.Edge{ID: x.ID, Predicate: x.Predicate, SubjectID: x.SubjectID, ObjectID: x.ObjectID, Sources: x.Sources})
	}
	want := showAll(q.model.frontier(at, where), show)
	return prepared{empty: len(want) == 0, put: func() {
		got, complete, err := q.store.Frontier(q.ctx, at, where)
		q.same("Frontier", []any{at, where}, append(showAll(got, func(x graph.Edge) string { return shown(x) }), shown(complete)), append(want, "true"), err)
	}}
}

func (q *inquiry) degrees() {
	ids := append(q.ids(20), slices.Collect(maps.Keys(q.entities))...)
	slices.Sort(ids)
	var predicates []graph.Predicate
	if q.chance(2) {
		predicates = some(q, graph.Predicates, 6)
	}
	want := map[graph.EntityID]int{}
	for _, id := range ids {
		if n := len(q.edges(id, graph.FactFilter{Predicates: predicates})); n > 0 {
			want[id] = n
		}
	}
	got, err := q.store.Degrees(q.ctx, ids, predicates)
	q.same("Degrees", predicates, showMap(got), showMap(want), err)
}

func (q *inquiry) paths() prepared {
	query := graph.PathQuery{From: q.id(), To: q.id(), MaxLength: 1 + q.rng.IntN(graph.MaxPathLength), Limit: 1 + q.rng.IntN(8)}
	if q.chance(2) {
		query.Where = q.edgeFilter()
	}
	if !q.chance(3) {
		query.Mode = graph.AllShortest
	}
	want := q.pathLines(query)
	return prepared{empty: len(want) < 3 && (query.Mode != graph.Shortest || len(want) < 2), put: func() {
		got, err := graph.Paths(q.ctx, q.store, query)
		if want == nil {
			q.same("Paths", query, []string{string(graph.KindOf(err))}, []string{string(graph.NotFound)}, nil)
			return
		}
		q.same("Paths", query, append(showAll(got.Paths, showPath), shown([]bool{got.Truncated, got.Exhausted})), want, err)
	}}
}

func showPath(p graph.Path) string {
	return strings.Join(append(showAll(p.Entities, showEntity), showAll(p.Facts, showFact)...), "\n")
}

// pathLines are the paths and what is said of the rest; nil if an end is not there.
func (q *inquiry) pathLines(query graph.PathQuery) []string {
	from, here := q.entity(query.From)
	to, there := q.entity(query.To)
	if !here || !there {
		return nil
	}
	far := q.distances(to.ID, query.MaxLength, query.Where)
	var routes [][]graph.FactID
	if length, reached := far[from.ID]; reached {
		routes = q.model.paths(from.ID, to.ID, length, far, query)
	}
	truncated := query.Mode == graph.AllShortest && len(routes) > query.Limit
	if routes = routes[:min(len(routes), query.Limit)]; query.Mode == graph.Shortest {
		routes = routes[:min(len(routes), 1)]
	}
	var lines []string
	for _, route := range routes {
		p := graph.Path{Entities: []graph.Entity{from}}
		for i, id := range route {
			x := q.fact(id)
			other, _ := standsAt(x, p.Entities[i].ID, graph.Both)
			p.Entities, p.Facts = append(p.Entities, other), append(p.Facts, x)
		}
		lines = append(lines, showPath(p))
	}
	return append(lines, shown([]bool{truncated, true}))
}

func (q *inquiry) neighbourhood() prepared {
	query := graph.NeighbourhoodQuery{Of: q.ids(3), Depth: 1 + q.rng.IntN(4), MaxEntities: 1 + q.rng.IntN(60), PerEntity: 1 + q.rng.IntN(12)}
	if q.chance(2) {
		query.Where = q.edgeFilter()
	}
	in, facts, truncated, omitted := q.picture(query)
	want := []string{shown([]any{truncated, omitted})}
	for _, id := range slices.Sorted(maps.Keys(in)) {
		want = append(want, showEntity(q.entities[id]))
	}
	for _, x := range q.facts {
		if facts[x.ID] {
			want = append(want, showFact(x))
		}
	}
	return prepared{empty: len(facts) == 0, put: func() {
		got, err := graph.Neighbourhood(q.ctx, q.store, query)
		lines := append([]string{shown([]any{got.Truncated, got.Omitted})}, showAll(got.Entities, showEntity)...)
		q.same("Neighbourhood", query, append(lines, showAll(got.Facts, showFact)...), want, err)
	}}
}

func (q *inquiry) neighbours() prepared {
	query := graph.NeighbourQuery{At: q.ids(4), Where: q.edgeFilter()}
	var want []list
	for _, at := range query.At {
		between := map[graph.EntityID][]graph.Fact{}
		for _, x := range q.edges(at, query.Where) {
			other, _ := standsAt(x, at, graph.Both)
			between[other.ID] = append(between[other.ID], x)
		}
		var items []placed
		for id, facts := range between {
			n := graph.Neighbour{Entity: q.entities[id], Count: len(facts)}
			slices.SortFunc(facts, func(a, b graph.Fact) int { return cmp.Or(cmp.Compare(b.Sources, a.Sources), cmp.Compare(a.ID, b.ID)) })
			for _, x := range facts {
				n.Sources += x.Sources
			}
			n.Facts = facts[:min(len(facts), 20)]
			items = append(items, placed{graph.Position{Sort: strconv.Itoa(n.Sources), ID: string(id)}, showNeighbour(n)})
		}
		want = append(want, newList(graph.Order{Desc: true}, true, items))
	}
	return lists(q, "Neighbours", query, want, showNeighbour, func(w graph.Window) ([]graph.Page[graph.Neighbour], error) {
		query.Window = w
		pages, complete, err := graph.Neighbours(q.ctx, q.store, query)
		if !complete && err == nil {
			err = graph.Errorf(graph.Invalid, "not complete")
		}
		return pages, err
	})
}

func showNeighbour(n graph.Neighbour) string {
	return strings.Join(append([]string{showEntity(n.Entity), shown([]int{n.Count, n.Sources})}, showAll(n.Facts, showFact)...), " ")
}

func (q *inquiry) narrowerTopics() {
	topics := q.ids(4)
	for id, e := range q.entities {
		if e.Kind() == graph.Topic {
			topics = append(topics, id)
		}
	}
	slices.Sort(topics)
	want := map[graph.EntityID][]graph.EntityID{}
	for _, id := range topics {
		want[id] = q.narrower(id)
	}
	got, err := q.store.Narrower(q.ctx, topics)
	q.same("Narrower", topics, showMap(got), showMap(want), err)
}

// refs are references of every sort, by names in other letters too.
func (q *inquiry) refs() []graph.Ref {
	var refs []graph.Ref
	for range 1 + q.rng.IntN(6) {
		var r graph.Ref
		switch n := q.rng.IntN(5); {
		case n == 0:
			r.ID = q.id()
		case n == 1:
			r.Identifier = &graph.Identifier{Scheme: []string{"Wikidata", "EuroVoc", `quoted "scheme"`, "wikidata"}[q.rng.IntN(4)], Value: "Q" + strconv.Itoa(1+q.rng.IntN(30))}
		case len(q.names) > 0:
			r.Name = q.names[q.rng.IntN(len(q.names))].Text
			if n == 2 {
				r.Name = " " + strings.ToLower(r.Name) + "!"
			}
		}
		if q.chance(4) {
			r.Kinds = some(q, graph.Kinds, 4)
		}
		refs = append(refs, r)
	}
	return refs
}

func (q *inquiry) resolve() prepared {
	refs := q.refs()
	var want []string
	for _, r := range refs {
		var found []graph.Entity
		for _, e := range q.entities {
			if within(e.Kind(), r.Kinds) && (q.named(e, r.Name) || r.Identifier != nil && slices.Contains(e.Identifiers, *r.Identifier)) {
				found = append(found, e)
			}
		}
		if e, here := q.entity(r.ID); here && within(e.Kind(), r.Kinds) {
			found = append(found, e)
		}
		slices.SortFunc(found, func(a, b graph.Entity) int {
			return cmp.Or(cmp.Compare(min(1, b.Vocabulary), min(1, a.Vocabulary)), cmp.Compare(b.Documents, a.Documents), cmp.Compare(a.ID, b.ID))
		})
		want = append(want, strings.Join(showAll(found[:min(len(found), 20)], showEntity), "\n"))
	}
	return prepared{empty: strings.Join(want, "") == "", put: func() {
		got, err := q.store.Resolve(q.ctx, refs)
		q.same("Resolve", refs, showAll(got, func(found []graph.Entity) string { return strings.Join(showAll(found, showEntity), "\n") }), want, err)
	}}
}

// named tells whether an entity bears a name, whatever the letters.
func (m *model) named(e graph.Entity, name string) bool {
	folded := graph.Fold(name)
	return folded != "" && slices.ContainsFunc(m.names, func(n graph.Name) bool { return n.Entity == e.ID && graph.Fold(n.Text) == folded })
}

// byID asks for records by their ids, some of which are not there.
func (q *inquiry) byID() {
	q.entitiesByID()
	q.factsByID()
	q.documentsByID()
	q.evidenceByID()
}

func (q *inquiry) entitiesByID() {
	ids, want := q.ids(20), map[graph.EntityID]graph.Entity{}
	for _, id := range ids {
		if e, here := q.entity(id); here {
			want[id] = e
		}
	}
	got, err := q.store.Entities(q.ctx, ids)
	q.same("Entities", ids, showMap(got), showMap(want), err)
}

func (q *inquiry) factsByID() {
	ids, got, want := []graph.FactID{"fnothing"}, map[graph.FactID]string{}, map[graph.FactID]string{}
	for _, x := range q.facts {
		if q.chance(3) {
			ids, want[x.ID] = append(ids, x.ID), showFact(x)
		}
	}
	found, err := q.store.Facts(q.ctx, ids)
	for id, x := range found {
		got[id] = showFact(x)
	}
	q.same("Facts", ids, showMap(got), showMap(want), err)
}

func (q *inquiry) documentsByID() {
	ids, text, want := some(q, q.documentIDs(), 6), q.chance(2), map[graph.DocumentID]graph.Document{}
	for _, id := range ids {
		d, here := q.documents[id]
		if !text {
			d.Text = ""
		}
		if here {
			want[id] = d
		}
	}
	got, err := q.store.Documents(q.ctx, ids, text)
	q.same("Documents", ids, showMap(got), showMap(want), err)
}

func (q *inquiry) evidenceByID() {
	ids, want := []graph.EvidenceID{"vnothing"}, map[graph.EvidenceID]graph.Cited{}
	for _, v := range q.evidence {
		if q.chance(3) {
			ids, want[v.ID] = append(ids, v.ID), v
		}
	}
	got, err := q.store.Evidence(q.ctx, ids)
	q.same("Evidence", ids, showMap(got), showMap(want), err)
}

// counts holds the statistics to what the lists show; sentences and evidence are
// counted as the documents have them.
func (q *inquiry) counts() {
	want := graph.Statistics{Evidence: len(q.evidence), Decisions: len(q.decisions), Version: q.version, Entities: map[graph.Kind]int{}, Facts: map[graph.Predicate]int{}}
	for _, c := range q.changes {
		if !c.Document.Withdrawn {
			want.Documents++
		}
		want.Sentences += len(c.Sentences)
	}
	for _, e := range q.entities {
		if e.Documents > 0 {
			want.Entities[e.Kind()]++
		}
	}
	for _, x := range q.facts {
		if x.Shown {
			want.Facts[x.Predicate]++
		}
	}
	got, err := q.store.Statistics(q.ctx)
	q.same("Statistics", nil, []string{shown(got)}, []string{shown(want)}, err)
	q.same("Statistics of the dump", nil, []string{shown(q.statistics)}, []string{shown(want)}, nil)
}

// searched is a text that may find something: words of a name, the last one torn
// off or with a typing error.
func (q *inquiry) searched() string {
	if len(q.names) == 0 {
		return "river"
	}
	words := strings.Fields(q.names[q.rng.IntN(len(q.names))].Text)
	q.rng.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	if q.chance(2) && len(words) > 1 {
		words = words[:1+q.rng.IntN(2)]
	}
	last := []rune(words[len(words)-1])
	if i := q.rng.IntN(len(last)); len(last) > 2 {
		switch q.rng.IntN(4) {
		case 0:
			last = last[:1+i]
		case 1:
			last[i] = 'x'
		case 2:
			last = slices.Insert(last, i, 'q')
		}
	}
	words[len(words)-1] = string(last)
	return strings.Join(words, " ")
}

func (q *inquiry) search() prepared {
	query := graph.SearchQuery{Text: q.searched(), Entities: true, Sentences: true, Documents: true, Degrees: true, Limit: 1 + q.rng.IntN(20)}
	if q.chance(3) {
		query.Kinds = some(q, graph.Kinds, 4)
	}
	if q.chance(4) {
		query.Text = q.titleWords()
	}
	if graph.Fold(query.Text) == "" {
		query.Text = "river"
	}
	var want []string
	hits := q.nameHits(query)
	for _, hit := range hits[:min(len(hits), query.Limit)] {
		want = append(want, shown(hit))
	}
	titles := q.titleHits(query.Text)
	for _, hit := range titles[:min(len(titles), query.Limit)] {
		want = append(want, shown(hit))
	}
	sentences := q.sentenceHits(query.Text)
	for _, hit := range sentences[:min(len(sentences), query.Limit)] {
		want = append(want, shown(hit))
	}
	return prepared{empty: len(want) == 0, put: func() {
		got, err := graph.Search(q.ctx, q.store, query)
		lines := showAll(got.Entities, func(h graph.EntityHit) string { return shown(h) })
		lines = append(lines, showAll(got.Documents, func(h graph.DocumentHit) string { return shown(h) })...)
		lines = append(lines, showAll(got.Sentences, func(h graph.SentenceMatch) string { return shown(h) })...)
		q.same("Search", query, append(lines, shown(got.Truncated)), append(want, shown(len(sentences) > query.Limit || len(titles) > query.Limit)), err)
	}}
}

// nameHits compares the words with every name that there is.
func (q *inquiry) nameHits(query graph.SearchQuery) []graph.EntityHit {
	words := graph.NameTerms(query.Text)
	best := map[graph.EntityID]graph.EntityHit{}
	closer := func(a, b graph.EntityHit) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Edits, b.Edits), cmp.Compare(len(a.Matched), len(b.Matched)), cmp.Compare(graph.Fold(a.Matched), graph.Fold(b.Matched)), cmp.Compare(a.Matched, b.Matched))
	}
	for _, n := range q.names {
		e := q.entities[n.Entity]
		class, edits, ok := graph.Match(words, graph.NameTerms(n.Text))
		if !ok || len(words) == 0 || e.Documents == 0 || !within(e.Kind(), query.Kinds) {
			continue
		}
		hit := graph.EntityHit{Entity: e, Matched: n.Text, Class: class, Edits: edits, Degree: len(q.edges(e.ID, graph.FactFilter{}))}
		if held, known := best[e.ID]; !known || closer(hit, held) < 0 {
			best[e.ID] = hit
		}
	}
	return slices.SortedFunc(maps.Values(best), func(a, b graph.EntityHit) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Edits, b.Edits), cmp.Compare(b.Entity.Documents, a.Entity.Documents),
			cmp.Compare(graph.Fold(a.Entity.Name), graph.Fold(b.Entity.Name)), cmp.Compare(a.Entity.ID, b.Entity.ID))
	})
}

// titleWords are some words of a title.
func (q *inquiry) titleWords() string {
	ids := q.documentIDs()
	words := strings.Fields(q.documents[ids[q.rng.IntN(len(ids))]].Title)
	if len(words) == 0 {
		return "title"
	}
	return strings.Join(words[q.rng.IntN(len(words)):], " ")
}

// titleHits are all documents whose titles have every word, the closest first, then the latest.
func (q *inquiry) titleHits(text string) (hits []graph.DocumentHit) {
	for _, d := range q.documents {
		class, edits, ok := graph.Match(graph.NameTerms(text), graph.NameTerms(d.Title))
		if d.Text = ""; ok && edits == 0 && !d.Withdrawn {
			hits = append(hits, graph.DocumentHit{Document: d, Class: class})
		}
	}
	slices.SortFunc(hits, func(a, b graph.DocumentHit) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(b.Document.Published, a.Document.Published), cmp.Compare(a.Document.ID, b.Document.ID))
	})
	return hits
}

// sentenceHits are all sentences that have every word's stem, the latest first.
func (q *inquiry) sentenceHits(text string) (hits []graph.SentenceMatch) {
	stems := graph.SentenceTerms(text)
	for _, c := range q.changes {
		for i, s := range c.Sentences {
			words := c.Document.Text[s.Start:s.End]
			have := graph.SentenceTerms(words)
			if len(stems) > 0 && !slices.ContainsFunc(stems, func(t string) bool { return !slices.Contains(have, t) }) {
				hit := graph.SentenceMatch{Sentence: graph.Sentence{Document: c.Document.ID, Ordinal: i, Span: s, Text: words}, Document: c.Document}
				hit.Document.Text = ""
				hits = append(hits, hit)
			}
		}
	}
	slices.SortFunc(hits, func(a, b graph.SentenceMatch) int {
		return cmp.Or(cmp.Compare(b.Document.Published, a.Document.Published), cmp.Compare(a.Document.ID, b.Document.ID), cmp.Compare(a.Sentence.Ordinal, b.Sentence.Ordinal))
	})
	return hits
}
