package graphtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
)

// web is a graph of parallel ways:
//
//	ada –met twice– bruno –office– council –signed– memo –covers– drug trafficking
//	ada –office– union –signed– memo;  union –signed– pact –covers– drug trafficking;  zoe –met– carl
func web() graph.Change {
	return NewDraft("web", "2020-01-01").
		State(ada, graph.Met, bruno, graph.Qualifiers{graph.OnDate: "2019"}, 900).
		State(ada, graph.Met, bruno, graph.Qualifiers{graph.OnDate: "2020"}, 700).
		State(bruno, graph.HoldsOffice, council, graph.Qualifiers{graph.WithTitle: "Envoy"}, 900).
		State(ada, graph.HoldsOffice, union, graph.Qualifiers{graph.WithTitle: "Chair"}, 900).
		State(council, graph.Signed, memo, nil, 900).
		State(union, graph.Signed, memo, nil, 600).
		State(union, graph.Signed, agreement("pact"), nil, 900).
		State(memo, graph.Covers, traffic, nil, 900).
		State(agreement("pact"), graph.Covers, traffic, nil, 900).
		State(person("zoe"), graph.Met, person("carl"), nil, 900).Revision(1)
}

var pathCases = []testCase{
	{"shortest paths", "how two entities hang together: every way of the least length, parallel facts apart, in an order that is the same each time", func(h *harness) {
		h.apply(web())
		for _, c := range []struct {
			name     string
			from, to graph.Key
			where    graph.FactFilter
			length   int
			want     []string
		}{
			{"one hop, two facts", ada, bruno, graph.FactFilter{}, 6, []string{"bruno", "bruno"}},
			{"through two agreements", ada, traffic, graph.FactFilter{}, 3, []string{"upa memo traffic", "upa pact traffic"}},
			{"against the facts' direction", traffic, ada, graph.FactFilter{}, 3, []string{"memo upa ada", "pact upa ada"}},
			{"further where the near way is not sure enough", council, union, graph.FactFilter{MinConfidence: 800}, 6, []string{"bruno ada upa"}},
			{"not as far as that", council, union, graph.FactFilter{MinConfidence: 800}, 2, nil},
			{"nowhere", ada, person("zoe"), graph.FactFilter{}, 6, nil},
			{"by persons only", ada, council, graph.FactFilter{Kinds: []graph.Kind{graph.Person}}, 6, []string{"bruno rkc", "bruno rkc"}},
			{"by agreements only, the ends being free", council, union, graph.FactFilter{Kinds: []graph.Kind{graph.Agreement}}, 6, []string{"memo upa"}},
			{"nobody between", ada, bruno, graph.FactFilter{Kinds: []graph.Kind{}}, 6, []string{"bruno", "bruno"}},
		} {
			q := graph.PathQuery{From: c.from.ID(), To: c.to.ID(), Mode: graph.AllShortest, MaxLength: c.length, Limit: 10, Where: c.where}
			all := h.paths(q)
			got := make([]string, len(all.Paths))
			for i, p := range all.Paths {
				got[i] = route(p)
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) || all.Truncated || !all.Exhausted {
				h.Errorf("%s: %q, truncated %v, exhausted %v; want %q", c.name, got, all.Truncated, all.Exhausted, c.want)
			}
			if !slices.IsSortedFunc(all.Paths, func(a, b graph.Path) int { return slices.Compare(factIDs(a), factIDs(b)) }) {
				h.Errorf("%s: the paths are not in the order of their facts", c.name)
			}
			if q.Limit = len(c.want); q.Limit > 0 {
				if again := h.paths(q); len(again.Paths) != q.Limit || again.Truncated {
					h.Errorf("%s: %d of %d paths, truncated %v", c.name, len(again.Paths), q.Limit, again.Truncated)
				}
			}
			q.Mode = graph.Shortest
			if one := h.paths(q); len(one.Paths) != min(1, len(all.Paths)) || len(one.Paths) == 1 && !slices.Equal(factIDs(one.Paths[0]), factIDs(all.Paths[0])) {
				h.Errorf("%s: the shortest path is not the first of all", c.name)
			}
		}
	}},
	{"ends of paths", "an entity is joined to itself by nothing, also under the id that it bore before a merge; who is not there is not found", func(h *harness) {
		h.apply(web())
		h.decide(decide(graph.Decision{Kind: graph.Same, Key: bruno, Other: person("zoe")}))
		q := graph.PathQuery{From: person("zoe").ID(), To: bruno.ID(), MaxLength: 6}
		if r := h.paths(q); len(r.Paths) != 1 || len(r.Paths[0].Entities) != 1 || len(r.Paths[0].Facts) != 0 || !r.Exhausted {
			h.Errorf("from an entity to itself: %+v", r)
		}
		q.To = council.ID()
		if r := h.paths(q); len(r.Paths) != 1 || route(r.Paths[0]) != "rkc" {
			h.Errorf("from an id that was merged away: %+v", r)
		}
		q.To = "enobody"
		_, err := graph.Paths(h.ctx, h.store, q)
		h.wantKind("to nobody", err, graph.NotFound)
		for _, bad := range []graph.PathQuery{{MaxLength: 0}, {MaxLength: 7}, {MaxLength: 4, Mode: graph.AllShortest}, {MaxLength: 4, Mode: "LONGEST"},
			{MaxLength: 4, Mode: graph.AllShortest, Limit: graph.MaxPaths + 1}} {
			bad.From, bad.To = ada.ID(), bruno.ID()
			_, err := graph.Paths(h.ctx, h.store, bad)
			h.wantKind(fmt.Sprintf("%+v", bad), err, graph.Invalid)
		}
	}},
	{"paths through hubs", "however many ways there are, the answer has its limit and says that there are more; a hop that cannot be seen whole says so", func(h *harness) {
		d := NewDraft("hubs", "")
		for i := range 30 {
			body := org(fmt.Sprintf("body %d", i))
			d.State(ada, graph.HoldsOffice, body, nil, 900).State(body, graph.Signed, memo, nil, 900).State(memo, graph.Covers, traffic, nil, 900).
				State(agreement(fmt.Sprintf("treaty %d", i)), graph.Covers, traffic, nil, 900).State(bergonia, graph.PartyTo, agreement(fmt.Sprintf("treaty %d", i)), nil, 900)
		}
		h.apply(d.Revision(1))
		q := graph.PathQuery{From: ada.ID(), To: bergonia.ID(), Mode: graph.AllShortest, MaxLength: 6, Limit: 50}
		r := h.paths(q)
		if len(r.Paths) != 50 || !r.Truncated || !r.Exhausted || len(r.Paths[0].Facts) != 5 {
			h.Errorf("between hubs: %d paths, truncated %v, exhausted %v", len(r.Paths), r.Truncated, r.Exhausted)
		}
		seen := shortSighted{h.store, 29, new(int)}
		if r, err := graph.Paths(h.ctx, seen, q); err != nil || len(r.Paths) > 0 || r.Exhausted || *seen.hops != 1 {
			h.Errorf("with a hop that is not seen whole: %d paths, exhausted %v after %d hops, %v", len(r.Paths), r.Exhausted, *seen.hops, err)
		}
		seen = shortSighted{h.store, 30, new(int)}
		if r, err := graph.Paths(h.ctx, seen, q); err != nil || len(r.Paths) > 0 || r.Exhausted || *seen.hops != 3 {
			h.Errorf("with a third hop that is not seen whole: %d paths, exhausted %v after %d hops, %v", len(r.Paths), r.Exhausted, *seen.hops, err)
		}
		q.To = memo.ID()
		if r, err := graph.Paths(h.ctx, seen, q); err != nil || len(r.Paths) != 29 || r.Exhausted {
			h.Errorf("what is seen of a hop counts: %d paths, exhausted %v, %v", len(r.Paths), r.Exhausted, err)
		}
	}},
	{"paths in limited time", "a search that takes too long ends in its time, and says that it has not looked at all", func(h *harness) {
		h.apply(web())
		q := graph.PathQuery{From: ada.ID(), To: traffic.ID(), MaxLength: 6, Within: 20 * time.Millisecond}
		began := time.Now()
		r, err := graph.Paths(h.ctx, slowSighted{h.store}, q)
		if err != nil || len(r.Paths) > 0 || r.Exhausted || time.Since(began) > 5*time.Second {
			h.Errorf("in 20 ms of hops that take for ever: %+v after %v, %v", r, time.Since(began), err)
		}
		q.Within = time.Minute
		if r, err := graph.Paths(h.ctx, h.store, q); err != nil || len(r.Paths) != 1 || !r.Exhausted {
			h.Errorf("in a minute: %+v, %v", r, err)
		}
		ctx, cancel := context.WithTimeout(h.ctx, 20*time.Millisecond)
		defer cancel()
		if _, err := graph.Paths(ctx, slowSighted{h.store}, q); err == nil {
			h.Error("when the asker's own time is up there is no error")
		}
	}},
	{"paths take a statement a hop", "what a question costs is fixed by its shape", func(h *harness) {
		h.apply(web())
		ctx, statements := graph.WithStatementCount(h.ctx)
		_, err := graph.Paths(ctx, h.store, graph.PathQuery{From: ada.ID(), To: traffic.ID(), Mode: graph.AllShortest, MaxLength: 6, Limit: 10})
		if n := statements.Load(); err != nil || n != 5 && n != 2 {
			h.Errorf("three hops take %d statements, want 5, or 2 in memory: %v", n, err)
		}
		ctx, cancel := context.WithCancel(h.ctx)
		cancel()
		if _, err := graph.Paths(ctx, h.store, graph.PathQuery{From: ada.ID(), To: traffic.ID(), MaxLength: 6}); err == nil {
			h.Error("a search that is broken off ends without an error")
		}
	}},
}

// shortSighted sees no more than so many facts a hop, as a store does beyond [graph.MaxFrontier].
type shortSighted struct {
	graph.Store
	most int
	hops *int
}

func (s shortSighted) Frontier(ctx context.Context, at []graph.EntityID, where graph.FactFilter) ([]graph.Edge, bool, error) {
	*s.hops++
	edges, complete, err := s.Store.Frontier(ctx, at, where)
	if len(edges) > s.most {
		return edges[:s.most], false, err
	}
	return edges, complete, err
}

// Atlas is empty, so that walks ask for frontiers.
func (s shortSighted) Atlas() *graph.Atlas { return graph.NewAtlas(nil) }

// slowSighted takes as long for a hop as it is allowed.
type slowSighted struct{ graph.Store }

func (s slowSighted) Frontier(ctx context.Context, _ []graph.EntityID, _ graph.FactFilter) ([]graph.Edge, bool, error) {
	<-ctx.Done()
	return nil, false, ctx.Err()
}

// Atlas is empty, so that walks ask for frontiers.
func (s slowSighted) Atlas() *graph.Atlas { return graph.NewAtlas(nil) }

func (h *harness) paths(q graph.PathQuery) graph.PathResult {
	h.Helper()
	r, err := graph.Paths(h.ctx, h.store, q)
	if err != nil {
		h.Fatalf("Paths: %v", err)
	}
	return r
}

// route is whom a path leads to, by the first or only word of each key.
func route(p graph.Path) string {
	words := make([]string, 0, len(p.Facts))
	for i, f := range p.Facts {
		here, there := p.Entities[i].ID, p.Entities[i+1].ID
		if (f.SubjectID != here || f.ObjectID != there) && (f.SubjectID != there || f.ObjectID != here) {
			return "torn"
		}
		text := p.Entities[i+1].Key.Text
		if _, id, found := strings.Cut(text, ":"); found {
			text = id
		}
		words = append(words, map[string]string{"drug-trafficking": "traffic", "memorandum;": "memo"}[strings.Fields(text)[0]])
		if words[i] == "" {
			words[i] = strings.Fields(text)[0]
		}
	}
	return strings.Join(words, " ")
}

func factIDs(p graph.Path) []graph.FactID {
	ids := make([]graph.FactID, len(p.Facts))
	for i, f := range p.Facts {
		ids[i] = f.ID
	}
	return ids
}
