package explorer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/neo4j"
	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
	"github.com/entente-kg/entente/server"
)

// journeys are what an analyst does, with real clicks and keys, from the
// question to the picture that is sent on.
var journeys = []struct {
	name string
	walk func(*tab, *site)
}{
	{"from the question to the sentence", askForAgreements},
	{"search, expand, collapse, undo", searchAndExpand},
	{"paths", findPaths},
	{"the link shows the same picture", shareALink},
	{"confirm, wrong, undo", reviewAFact},
	{"by keyboard alone", onlyKeys},
	{"documents, one of them broken", dropDocuments},
	{"the server dies and comes back", surviveTheServer},
}

func TestJourneys(t *testing.T) {
	b := browse(t)
	b.run(dark(false))
	for _, journey := range journeys {
		t.Run(journey.name, func(t *testing.T) {
			store := openSQLite(t)
			fill(t, store)
			journey.walk(&tab{TB: t, Context: b.Context}, serve(t, store, server.Options{}))
		})
	}
}

// The journeys hold on Neo4j as well: there one after the other on one graph,
// which each leaves as the next expects it.
func TestJourneysOverNeo4j(t *testing.T) {
	url := neo4jtest.Start(t)
	b := browse(t)
	b.run(dark(false))
	neo4jtest.Wipe(t, url)
	store, err := neo4j.Open(t.Context(), url, neo4j.Options{Vocabulary: extractor(t).Vocabulary()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	fill(t, store)
	s := serve(t, graph.Store(store), server.Options{Timeout: patience}) // a server that has just started plans every query for the first time
	for _, journey := range journeys {
		t.Run(journey.name, func(t *testing.T) { journey.walk(&tab{TB: t, Context: b.Context}, s) })
	}
}

func askForAgreements(b *tab, s *site) {
	b.open(s.url())
	b.typed("#topic", "narco")
	b.says("#topic-list", "narcotics")
	b.keys("tics")
	b.typed("#one", "SCO")
	b.says("#one-list", "Shanghai Cooperation Organisation")
	b.click("#one-list li", "Shanghai Cooperation Organisation")
	b.typed(".year", "2000")
	b.click("button.primary", "Ask")
	b.says(".answer h2", "1 agreement")
	b.says(".card", "memorandum of understanding")
	b.says(".card .chip", "Association of Southeast Asian Nations")
	b.says(".card blockquote", "The memorandum covers terrorism, drug trafficking")
	if href := value[string](b, `document.querySelector(".answer a").href`); !strings.Contains(href, "/graphiql#query=") || !strings.Contains(href, "includeNarrower") {
		b.Errorf("Show GraphQL leads to %s", href)
	}
	b.click("blockquote .link", "Evidence")
	b.says(".evidence .beside", "the SCO and ASEAN") // the sentence before
	b.says(".evidence mark", "drug trafficking")
	b.click(".evidence .link", "Open in document")
	b.says(".document #place", "The memorandum covers terrorism, drug trafficking")
	b.says(".document .mention", "Vladimir Norov")
	b.click("button", "Put on canvas")
	b.until("a network", `document.querySelector("canvas")`)
	b.click(".tabs button", "Table")
	b.says("table", "Association of Southeast Asian Nations")
	b.says("table", "tourism")
}

func searchAndExpand(b *tab, s *site) {
	b.open(s.url() + "?b")
	b.typed("#search", "norv") // with a typing error, and unfinished
	b.says("#search-list", "Vladimir Norov")
	b.click("#search-list li", "Vladimir Norov")
	b.says(".entity", "Vladimir Norov")
	b.click(".entity button", "Add to canvas")
	b.says(".tabs .count", "1")
	b.click(".entity button", "Expand")
	b.click(".expander .toggles button", "met")
	b.says(".expander .primary", "Add 1 entity")
	b.click(".expander .primary", "Add 1 entity")
	b.says(".tabs .count", "2")
	b.click(".expander .toggles button", "met")
	b.says(".expander .primary", "Add 2 entities")
	b.click(".expander .primary", "Add")
	b.says(".tabs .count", "3")
	b.click(".panel-head button", "Back")
	b.click(".entity button", "Collapse")
	b.says(".tabs .count", "1")
	b.control("z")
	b.says(".tabs .count", "3")
	b.control("z")
	b.says(".tabs .count", "2")
	b.control("y")
	b.says(".tabs .count", "3")
	b.click("button", "Redo")
	b.says(".tabs .count", "1")
}

// add searches for an entity and puts it onto the canvas.
func (b *tab) add(name string) {
	b.Helper()
	b.typed("#search", name)
	b.says("#search-list", name)
	b.click("#search-list li", name)
	b.click(".entity button", "Add to canvas")
	b.says(".entity button", "Hide")
}

func findPaths(b *tab, s *site) {
	b.open(s.url() + "?c")
	for _, name := range []string{"Vladimir Norov", "tourism"} {
		b.add(name)
	}
	b.says(".tabs .count", "2")
	b.clickMark("Vladimir Norov", false)
	b.says(".entity", "Vladimir Norov")
	b.clickMark("tourism", true)
	b.says(".paths h2", "1 path of 3 steps")
	b.keys("\x1b", "\x1b") // nothing selected, no panel
	b.clickMark("tourism", false, 2)
	b.says(".expander h2", "Expand tourism")
	b.keys("\x1b")
	b.clickMark("Vladimir Norov", false)
	b.clickMark("tourism", true)
	b.says(".paths h2", "1 path of 3 steps")
	b.says(".paths .hop", "In 2005, the SCO and ASEAN")
	b.says(".paths .hop", "covers")
	b.click(".paths button", "Put on canvas")
	b.says(".tabs .count", "4")
	b.picture("paths")
}

func shareALink(b *tab, s *site) {
	b.open(s.url() + "?d")
	b.click(".example", "narcotics")
	b.click("button", "Put on canvas")
	b.until("a network", `document.querySelector(".side")`)
	b.click(".side label", "organisations")
	b.says(".tabs .count", " of ")
	b.brush(0.5, 0.97)
	b.says(".timeline", "All years")
	look := func() (string, string) {
		time.Sleep(600 * time.Millisecond) // the address follows
		picture := value[string](b, `document.querySelector("canvas").toDataURL()`)
		b.click(".tabs button", "Table")
		b.says(".table", "Name")
		table := value[string](b, `document.querySelector("table").innerText`)
		b.click(".tabs button", "Graph")
		return picture, table
	}
	look()
	picture, table := look()
	time.Sleep(600 * time.Millisecond)
	link := value[string](b, "location.href")
	if strings.Contains(table, "organisation") || len(table) < 40 {
		b.Errorf("the filtered table is\n%s", table)
	}
	b.open(link)
	b.until("a network", `document.querySelector(".side") && document.querySelector("canvas")`)
	time.Sleep(500 * time.Millisecond)
	again, tableAgain := look()
	if tableAgain != table {
		b.Errorf("the link shows\n%s\nexpected\n%s", tableAgain, table)
	}
	if again != picture {
		b.picture("another")
		b.Error("the link shows another picture")
	}
	b.until("the same address", fmt.Sprintf("location.href === %q", link)) // it follows what is done, here back to the network
}

func reviewAFact(b *tab, s *site) {
	b.open(s.url() + "?e")
	b.typed("#search", "Norov")
	b.click("#search-list li", "Vladimir Norov")
	b.click(".entity .bar", "met")
	b.says(".tabs .count", "2")
	b.click(".tabs button", "Table")
	b.click(".table button", "1 fact")
	b.click("tbody button", "")
	b.says(".fact", "met")
	b.run(chromedp.SendKeys(chromedp.CSS(".signed input"), "Zoë Analyst\r"))
	b.click(".fact button", "Confirm")
	b.says(".fact", "confirmed by Zoë Analyst")
	b.picture("confirmed")
	b.click(".fact button", "Wrong")
	b.says(".evidence", "A person marked this fact as wrong")
	b.says(".table", "0 facts")
	b.click(".top button", "Undo")
	b.says(".table", "1 fact")
	b.says(".fact", "confirmed by Zoë Analyst")
	b.click(".top button", "Undo")
	b.until("nobody's word", `!document.querySelector(".fact").innerText.includes("Analyst")`)
}

// documents are three files that can be dropped, of which one is broken.
func documents(t testing.TB) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for name, text := range map[string]string{
		"first.txt":  "On 3 May 2021, Foreign Minister Ada Brunel of France met with Foreign Minister Otto Lindqvist of Sweden in Paris.",
		"second.txt": "In 2011, Norway and Iceland signed the Treaty of Bodø. The treaty covers fisheries and climate change.",
		"broken.txt": "\x00\x01\x02\xff\xfe\x00binary\x00",
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	return files
}

func dropDocuments(b *tab, s *site) {
	b.open(s.url() + "?f")
	b.says(".counts", "45")
	b.run(chromedp.SetUploadFiles(chromedp.CSS(".drop input"), documents(b.TB)))
	b.says(".job", "Read 3 of 3 documents")
	b.says(".job", "1 failed")
	b.says(".job .failed", "broken.txt")
	b.says(".job", "added")
	b.says(".counts", "47")
	b.picture("documents")
	b.click(".job .link", "second.txt")
	b.says(".document", "Treaty of Bodø")
}

func onlyKeys(b *tab, s *site) {
	b.open(s.url() + "?g")
	focused := func() string {
		return value[string](b, `(e => e === document.body ? "" : e.id || e.innerText || e.tagName)(document.activeElement)`)
	}
	tabTo := func(what string) {
		for range 80 {
			if strings.Contains(focused(), what) {
				return
			}
			b.keys("\t")
		}
		b.picture("keys")
		b.Fatalf("Tab never comes to %s", what)
	}
	tabTo("topic")
	b.keys("narcotics", "\t", "\t", "SCO")
	b.says("#one-list", "Shanghai")
	b.keys(kb.ArrowDown)
	b.keys("\r", "\r")
	b.says(".answer h2", "1 agreement")
	tabTo("Evidence")
	b.keys("\r")
	b.says(".evidence mark", "drug trafficking")
	tabTo("Open in document")
	b.keys("\r")
	b.says(".document #place", "The memorandum covers")
	b.keys("\x1b", "\x1b", "\x1b")
	b.keys("/")
	if focused() != "search" {
		b.Fatalf("/ leads to %s", focused())
	}
	b.keys("norv")
	b.says("#search-list", "Vladimir Norov")
	b.run(chromedp.KeyEvent("\r", chromedp.KeyModifiers(chromedp.ModifierShift)))
	b.says(".tabs .count", "1")
	b.keys("\x1b", "\x1b", kb.ArrowRight) // out of the field; nothing selected: to whoever has most facts
	b.says(".entity", "Vladimir Norov")
	b.keys("e")
	tabTo("met")
	b.keys("\r")
	b.says(".expander .primary", "Add 1 entity")
	tabTo("Add 1")
	b.keys("\r")
	b.says(".tabs .count", "2")
	b.keys("c")
	b.says(".tabs .count", "1")
	b.control("z")
	b.says(".tabs .count", "2")
	b.control("y")
	b.says(".tabs .count", "1")
	b.keys("\x1b", "\x1b", "1")
	tabTo("Put on canvas")
	b.keys("\r")
	b.says(".brief", "Add memorandum of understanding")
	b.until("the agreement with its topics", `Number(document.querySelector(".tabs .count").innerText) > 5`)
}

func surviveTheServer(b *tab, s *site) {
	b.open(s.url() + "?h")
	b.typed("#search", "Norov")
	b.click("#search-list li", "Vladimir Norov")
	b.click(".entity button", "Add to canvas")
	b.says(".tabs .count", "1")
	s.stop()
	b.click(".entity .bar", "met")
	b.says(".notice", "the server cannot be reached")
	b.says(".notice", "Try again")
	b.says(".tabs .count", "1")
	s.start()
	b.click(".notice button", "Try again")
	b.says(".tabs .count", "2")
	b.until("no notice", `!document.querySelector(".notice")`)
}

// brush drags over the timeline, from one part of its width to another.
func (b *tab) brush(from, to float64) {
	b.Helper()
	box := value[[]float64](b, `{const r = document.querySelector(".timeline svg").getBoundingClientRect(); [r.x, r.y, r.width, r.height]}`)
	b.drag(box[0]+box[2]*from, box[1]+box[3]/2, box[0]+box[2]*to, box[1]+box[3]/2)
}

// drag presses the mouse at one place and lets go at another.
func (b *tab) drag(x0, y0, x1, y1 float64) {
	b.Helper()
	b.run(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, x0, y0, chromedp.ButtonLeft),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, (x0+x1)/2, (y0+y1)/2, chromedp.ButtonLeft),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x1, y1, chromedp.ButtonLeft),
		chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, x1, y1, chromedp.ButtonLeft))
}

// clickMark clicks on an entity of the network.
func (b *tab) clickMark(name string, shift bool, times ...int) {
	b.Helper()
	at := b.where(name)
	options := []chromedp.MouseOption{}
	if shift {
		options = append(options, chromedp.ButtonModifiers(chromedp.ModifierShift))
	}
	b.run(chromedp.MouseClickXY(at[0], at[1], options...))
	for _, n := range times { // the clicks of a double click come one after the other, each counted
		b.run(chromedp.MouseClickXY(at[0], at[1], append(options, chromedp.ClickCount(n))...))
	}
}
