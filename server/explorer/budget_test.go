package explorer_test

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/server"
)

// What the page costs, printed. The bounds are far above what a quiet machine
// needs, because this one may be busy; the budgets stand beside the figures.
func TestBudgets(t *testing.T) {
	b, s := visit(t, server.Options{})
	b.open(s.url())
	b.open(s.url() + "?measured")
	b.says(".counts", "45")
	b.until("painted", `performance.getEntriesByName("first-contentful-paint").length`)
	paint := value[float64](b, `performance.getEntriesByName("first-contentful-paint")[0].startTime`)
	ready := value[float64](b, `performance.getEntriesByType("resource").filter(e => e.name.includes("graphql")).reduce((t, e) => Math.max(t, e.responseEnd), 0)`)
	report(t, "first paint", paint, 500, 3000)
	report(t, "ready, with the counts", ready, 1000, 5000)
}

// A large network: expanding, loading, moving.
func TestLargePictures(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	b := browse(t)
	store := largeStore(t)
	s := serve(t, store, server.Options{})

	b.open(s.url())
	b.typed("#search", "hubland")
	b.click("#search-list li", "Hubland")
	b.click(".entity button", "Add to canvas")
	b.says(".entity button", "Hide")
	took := value[float64](b, `new Promise(done => {
		const bar = [...document.querySelectorAll(".entity .bar")].find(e => e.innerText.includes("signed")), start = performance.now();
		const look = () => document.querySelector(".tabs .count")?.innerText === "301" ? requestAnimationFrame(() => done(performance.now() - start)) : requestAnimationFrame(look);
		bar.click(); look();
	})`)
	report(t, "an expansion of 300, from the click to the picture", took, 150, 2500)
	t.Logf("of which the server took %.0f ms", value[float64](b, `performance.getEntriesByType("resource").filter(e => e.name.includes("graphql")).reduce((t, e) => Math.max(t, e.duration), 0)`))

	for _, size := range []struct {
		entities     int
		budget, must float64
	}{{500, 60, 10}, {5000, 20, 3}} {
		b.run(dark(false))
		link := bigLink(t, store, size.entities)
		b.open(s.url() + fmt.Sprint("?", size.entities, "#", link))
		b.until("all of it", fmt.Sprintf(`document.querySelector(".tabs .count")?.innerText === "%d"`, size.entities))
		time.Sleep(time.Second)
		rate := value[float64](b, `new Promise(done => {
			const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect(), start = performance.now();
			let frames = 0;
			const turn = () => {
				const t = performance.now() - start;
				if (t > 2000) return done(frames / t * 1000);
				frames++;
				canvas.dispatchEvent(new WheelEvent("wheel", {deltaY: Math.sin(t / 200) * 20, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true, cancelable: true}));
				requestAnimationFrame(turn);
			};
			requestAnimationFrame(turn);
		})`)
		t.Logf("zooming over %d entities and %s with labels: %.0f frames a second (budget %.0f)", size.entities, value[string](b, `[...document.querySelectorAll(".filters fieldset:nth-of-type(2) .count")].map(e => e.innerText).join(" + ") + " facts"`), rate, size.budget)
		b.picture(fmt.Sprint(size.entities))
		if rate < size.must {
			t.Errorf("%.0f frames a second", rate)
		}
	}

	b.open(s.url() + "?tasks")
	value[bool](b, `window.longest = 0; new PerformanceObserver(l => l.getEntries().forEach(e => window.longest = Math.max(window.longest, e.duration))).observe({type: "longtask"}); true`)
	value[bool](b, fmt.Sprintf(`location.hash = %q; true`, bigLink(t, store, 2000)))
	b.until("all of it", `document.querySelector(".tabs .count")?.innerText === "2000"`)
	time.Sleep(time.Second)
	report(t, "the longest task while 2,000 entities load (0: none over 50)", value[float64](b, "window.longest"), 100, 1500)
}

// largeStore holds 5,000 treaties of 400 countries and 211 unions; one country
// has signed 300 of them.
func largeStore(t testing.TB) graph.Store {
	t.Helper()
	store := openSQLite(t)
	hub := graph.Key{Kind: graph.Country, Text: "Hubland"}
	for part := range 50 {
		d := graphtest.NewDraft(fmt.Sprintf("part-%02d", part), "2020")
		for i := range 100 {
			n := part*100 + i
			treaty := graph.Key{Kind: graph.Agreement, Text: fmt.Sprintf("Treaty %04d", n)}
			d.State(graph.Key{Kind: graph.Country, Text: fmt.Sprintf("Land %03d", n%400)}, graph.Signed, treaty, graph.Qualifiers{graph.OnDate: fmt.Sprint(1950 + n%70)}, 900)
			d.State(graph.Key{Kind: graph.Organisation, Text: fmt.Sprintf("Union %03d", n%211)}, graph.PartyTo, treaty, nil, 800)
			if n < 300 {
				d.State(hub, graph.Signed, treaty, nil, 900)
			}
		}
		if _, err := store.Apply(t.Context(), d.Revision(0)); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func report(t *testing.T, what string, ms, budget, bound float64) {
	t.Helper()
	t.Logf("%s: %.0f ms (budget %.0f ms)", what, ms, budget)
	if ms > bound {
		t.Errorf("%s took %.0f ms", what, ms)
	}
}

// bigLink is a link to a picture of so many entities with the facts between them.
func bigLink(t *testing.T, store graph.Store, entities int) string {
	t.Helper()
	dump := graphIDs(t, store, entities)
	kept := map[string]any{"e": dump.places, "f": dump.facts, "t": "graph", "c": []float64{0, 0, 0.5}}
	text, err := json.Marshal(kept)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(text); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(packed.Bytes())
}

type picture struct {
	places [][]any
	facts  []graph.FactID
}

// graphIDs takes facts in the order of their dates until so many entities stand at
// their ends, and sets these on a grid: long lines across each other, the worst case.
func graphIDs(t *testing.T, store graph.Store, entities int) (p picture) {
	t.Helper()
	in := map[graph.EntityID]bool{}
	bring := func(id graph.EntityID) bool {
		if n := len(in); !in[id] && n < entities {
			in[id] = true
			p.places = append(p.places, []any{id, (n%70 - 35) * 60, (n/70 - entities/140) * 60, 0})
		}
		return in[id]
	}
	var after graph.Position
	for {
		pages, err := store.ListFacts(t.Context(), graph.FactQuery{Window: graph.Window{Limit: 100, After: after}})
		if err != nil || len(pages[0].Items) == 0 {
			t.Fatalf("%d entities: %v", len(in), err)
		}
		for _, f := range pages[0].Items {
			if a, b := bring(f.Subject.ID), bring(f.Object.ID); a && b {
				p.facts = append(p.facts, f.ID)
			}
		}
		if len(in) == entities && len(p.facts) >= entities || !pages[0].HasNext {
			return p
		}
		after = pages[0].At[len(pages[0].At)-1]
	}
}
