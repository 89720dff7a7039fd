package explorer_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/entente-kg/entente/server"
)

// Whatever is done to a picture is undone, and done again.
func TestEveryStepIsUndone(t *testing.T) {
	b, s := visit(t, server.Options{})
	b.run(dark(false))
	b.open(s.url())
	b.click(".example", "narcotics")
	b.click("button", "Put on canvas")
	b.keeps("the network", "k.e.length === 57 && k.c")
	id := b.id("United States")
	pinned, hidden := fmt.Sprintf("k.p?.includes(%q)", id), fmt.Sprintf("k.h?.includes(%q)", id)
	place := fmt.Sprintf("k.e.find(e => e[0] === %q)", id)
	stood := value[[]any](b, kept+".then(k => "+place+")")

	step := func(name string, deed func(), done, undone string) {
		t.Helper()
		deed()
		b.keeps(name, done)
		b.control("z")
		b.keeps(name+" undone", undone)
		b.control("y")
		b.keeps(name+" done again", done)
		b.control("z")
		b.keeps(name+" undone again", undone)
	}
	at := b.where("United States")
	step("drag", func() { b.drag(at[0], at[1], at[0]+80, at[1]-50) },
		fmt.Sprintf("%s && %s[1] > %v + 30 && %s[2] < %v - 20", pinned, place, stood[1], place, stood[2]),
		fmt.Sprintf("!k.p && %s[1] === %v && %s[2] === %v", place, stood[1], place, stood[2]))
	b.clickMark("United States", false)
	b.says(".entity h2", "United States")
	step("pin", func() { b.keys("t") }, pinned, "!k.p")
	step("hide", func() { b.keys("x") }, hidden, "!k.h")
	b.keys("\x1b")
	bundle := b.bundle("17 countries")
	step("unfold", func() { b.run(chromedp.MouseClickXY(bundle[0], bundle[1])) }, "k.u?.length === 1", "!k.u")
	b.control("y")
	step("fold", func() { b.click(".legend button", "Fold the countries") }, "!k.u", "k.u?.length === 1")
	b.control("z")
	step("kinds", func() { b.click(".side label", "topics") }, `k.v?.kinds.includes("TOPIC")`, "!k.v || k.v.kinds.length === 0")
	step("relations", func() { b.click(".side label", "covers") }, `k.v?.predicates.includes("COVERS")`, "!k.v || k.v.predicates.length === 0")
	step("confidence", func() {
		value[bool](b, `document.querySelector(".filters input[type=range]").focus(); true`)
		b.keys(kb.ArrowRight)
		value[bool](b, `document.activeElement.blur(); true`)
	}, "k.v?.confidence === 0.05", "!k.v || k.v.confidence === 0")
	step("years", func() { b.brush(0.5, 0.97) }, `k.v?.from && k.v.to`, "!k.v || !k.v.from && !k.v.to")
	b.control("z") // the picture itself
	b.until("an empty picture", `!document.querySelector(".tabs .count")`)
	if !value[bool](b, `document.querySelector(".tool-undo").disabled`) {
		t.Error("something is left to undo")
	}
}

// The table sorts, selects and gives away what it shows.
func TestTable(t *testing.T) {
	b, s := visit(t, server.Options{})
	b.open(s.url())
	b.click(".example", "narcotics")
	b.click("button", "Put on canvas")
	b.says(".tabs .count", "57")
	b.click(".tabs button", "Table")
	column := func(i int) []string {
		return value[[]string](b, fmt.Sprintf(`[...document.querySelectorAll("tbody tr")].map(r => r.cells[%d].innerText.trim())`, i))
	}
	number := func(a, c string) int {
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(c)
		return x - y
	}
	b.click("th button", "Facts in all")
	b.says("th", "Facts in all ↓")
	facts := column(4)
	slices.Reverse(facts)
	if len(facts) != 57 || !slices.IsSortedFunc(facts, number) || number(facts[56], facts[0]) < 5 {
		t.Errorf("sorted by facts, the most first: %v", column(4))
	}
	b.click("th button", "Facts in all")
	b.says("th", "Facts in all ↑")
	if facts := column(4); !slices.IsSortedFunc(facts, number) {
		t.Errorf("sorted by facts: %v", facts)
	}
	b.click("th button", "Name")
	b.click("tbody input", "Select Mexico")
	b.click("tbody input", "Select United States")
	b.says(".table button", "CSV of 2 rows")
	rows, err := csv.NewReader(strings.NewReader(b.saved(`[...document.querySelectorAll(".table button")].find(e => e.innerText.startsWith("CSV"))`))).ReadAll()
	if err != nil || len(rows) != 3 || !slices.Equal(rows[0], []string{"Name", "Kind", "Date", "Facts in all"}) ||
		rows[1][0] != "Mexico" || rows[2][0] != "United States" || rows[2][1] != "country" || number(rows[2][3], "0") < 20 {
		t.Errorf("the CSV of two rows is %v, %v", rows, err)
	}
	b.click(".table button", "Paths between the two")
	b.says(".paths", "between Mexico and United States")
	b.click(".panel-head button", "Close")
	b.click(".table button", "Hide 2 selected")
	b.says(".tabs .count", "55 of 57")
	if slices.Contains(column(1), "Mexico") {
		t.Error("what is hidden stands in the table")
	}
}

// A sentence is taken away with its source, and the question as GraphQL.
func TestCitationAndQuery(t *testing.T) {
	b, s := visit(t, server.Options{})
	b.open(s.url())
	b.click(".example", "narcotics")
	b.says(".answer h2", "6 agreements")
	b.click("blockquote .link", "Evidence")
	b.says(".evidence", "confidence")
	value[bool](b, `{const write = navigator.clipboard.writeText.bind(navigator.clipboard); navigator.clipboard.writeText = text => { window.copied = text; return write(text); }; true}`)
	b.click(".evidence .link", "Copy citation")
	b.says(".brief", "Citation copied")
	const citation = "“The statement covers drug trafficking, synthetic opioids such as fentanyl, precursor chemicals, illicit finance and public health.” " +
		"G7 leaders against trade in synthetic drugs, 2024-04-29. sample/2024-04-29-g7-synthetic-drugs"
	if copied := value[string](b, "window.copied"); copied != citation {
		t.Errorf("copied is %s", copied)
	}
	b.run(chromedp.Navigate(value[string](b, `document.querySelector(".answer a").href`)))
	b.says("body", "query Agreements")
	b.says("body", `"narcotics"`)
	b.click(".graphiql-execute-button", "")
	b.says(".result-window", `"totalCount": 6`)
}

// Files are dropped anywhere on the page.
func TestDropFiles(t *testing.T) {
	b, s := visit(t, server.Options{})
	b.open(s.url())
	b.says(".counts", "45")
	data := &input.DragData{Items: []*input.DragDataItem{}, Files: documents(t), DragOperationsMask: 1}
	for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		b.run(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, input.DispatchDragEvent, input.DispatchDragEventParams{Type: kind, X: 700, Y: 500, Data: data})
			return err
		}))
	}
	b.says(".job", "Read 3 of 3 documents")
	b.says(".job .failed", "broken.txt")
	b.says(".counts", "47")
}

// kept is what the address holds of the picture, in JavaScript.
const kept = `(async () => {
	if (!location.hash) return {e: []};
	const bytes = Uint8Array.from(atob(location.hash.slice(1).replaceAll("-", "+").replaceAll("_", "/")), c => c.charCodeAt(0));
	return {e: [], ...JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text())};
})()`

// keeps waits until the address holds what a condition on k says.
func (b *tab) keeps(what, condition string) {
	b.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(40 * time.Millisecond) {
		if value[bool](b, kept+".then(k => !!("+condition+"))") {
			return
		}
	}
	b.picture("failed")
	b.Fatalf("waited in vain: %s\n%s\n%s", what, condition, value[string](b, kept+".then(k => JSON.stringify({...k, e: k.e.length, f: 0, q: 0}))"))
}

// id is the id of the entity that is called so.
func (b *tab) id(name string) string {
	b.Helper()
	return value[string](b, fmt.Sprintf(`fetch("graphql", {method: "POST", headers: {"Content-Type": "application/json"},
		body: JSON.stringify({query: "query($t: String!) { search(text: $t, first: 1) { nodes { ... on Entity { id } } } }", variables: {t: %q}})}).then(r => r.json()).then(a => a.data.search.nodes[0].id)`, name))
}

// where is where an entity is drawn on the screen: the address holds the places
// and the camera, and follows what is done.
func (b *tab) where(name string) []float64 {
	b.Helper()
	time.Sleep(700 * time.Millisecond)
	return value[[]float64](b, fmt.Sprintf(kept+`.then(k => {
		const [, x, y] = k.e.find(e => e[0] === %q), [cx, cy, scale] = k.c, box = document.querySelector("canvas").getBoundingClientRect();
		return [(x - cx) * scale + box.width / 2 + box.x, (y - cy) * scale + box.height / 2 + box.y];
	})`, b.id(name)))
}

// bundle is where a bundle is drawn, which is no place of its own in the address:
// the drawing that is taken away shows how far from the United States it stands.
func (b *tab) bundle(label string) []float64 {
	b.Helper()
	from := b.where("United States")
	drawing := b.saved(`(document.querySelector(".tool-save").open = true, [...document.querySelectorAll(".menu button")].find(e => e.textContent === "SVG"))`)
	at := func(title string) (x, y float64) {
		before, _, found := strings.Cut(drawing, "<title>"+title+"</title>")
		if _, err := fmt.Sscanf(before[max(0, strings.LastIndex(before, "translate(")):], "translate(%f %f)", &x, &y); !found || err != nil {
			b.Fatalf("%s is not in the drawing: %v", title, err)
		}
		return x, y
	}
	x, y := at(label)
	x0, y0 := at("United States")
	scale := value[float64](b, kept+".then(k => k.c[2])")
	return []float64{from[0] + (x-x0)*scale, from[1] + (y-y0)*scale}
}

// saved is the text of the file that a button, given in JavaScript, saves.
func (b *tab) saved(button string) string {
	b.Helper()
	return value[string](b, `(async () => {
		const create = URL.createObjectURL;
		const made = new Promise(done => { URL.createObjectURL = blob => { done(blob); return create(blob); }; });
		`+button+`.click();
		const blob = await made; URL.createObjectURL = create;
		return blob.type === "image/png" ? "PNG " + blob.size : await blob.text();
	})()`)
}
