package explorer_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/entente-kg/entente/server"
)

// module makes what a source exports known to the page as a global.
func (b *tab) module(source, global string) {
	b.Helper()
	built := api.Build(api.BuildOptions{EntryPoints: []string{"src/" + source}, Bundle: true, Format: api.FormatIIFE, GlobalName: global, Target: api.ES2022})
	if len(built.Errors) > 0 {
		b.Fatal(built.Errors)
	}
	value[bool](b, strings.Replace(string(built.OutputFiles[0].Contents), "var "+global+" =", "window."+global+" =", 1)+"; true")
}

// Labels stand beside their marks and never on each other, and newcomers never on whoever is there.
func TestNothingStandsOnAnother(t *testing.T) {
	b := browse(t)
	b.module("label.ts", "label")
	b.module("picture.ts", "picture")
	overlapping := value[int](b, `(() => {
		let seed = 7; const random = () => (seed = seed * 16807 % 2147483647) / 2147483647;
		const wanted = Array.from({length: 400}, (_, i) => ({text: "Entity " + "x".repeat(i % 20), x: random() * 1000, y: random() * 700, r: 4 + random() * 12}));
		const placed = label.place(wanted, new label.Grid(), t => t.length * 6.5, 90, [0, 0, 1000, 700]);
		let n = placed.length > 40 ? 0 : 1000;
		for (const a of placed) for (const c of placed) if (a !== c && a.x < c.x + c.width && c.x < a.x + a.width && Math.abs(a.y - c.y) < a.height) n++;
		return n;
	})()`)
	if overlapping != 0 {
		t.Errorf("%d labels overlap, or hardly any is placed", overlapping)
	}
	nearest := value[float64](b, `(() => {
		const taken = Array.from({length: 100}, (_, i) => ({x: (i % 10) * 50, y: Math.floor(i / 10) * 50}));
		const free = picture.freePlaces(taken), all = [...taken];
		for (let i = 0; i < 300; i++) all.push(free({x: 225, y: 225}));
		let nearest = Infinity;
		all.forEach((a, i) => all.forEach((c, j) => { if (i < j) nearest = Math.min(nearest, Math.hypot(a.x - c.x, a.y - c.y)); }));
		return nearest;
	})()`)
	if nearest < 42 {
		t.Errorf("two entities stand %.1f apart", nearest)
	}
}

// What is taken away holds what is seen, in forms that others read.
func TestTakeAway(t *testing.T) {
	b, s := visit(t, server.Options{})
	b.run(dark(false))
	b.open(s.url())
	b.click(".example", "narcotics")
	b.click("button", "Put on canvas")
	b.until("a network", `document.querySelector("canvas")`)
	take := func(name string) string {
		t.Helper()
		b.click(".tool-save summary", "")
		return b.saved(`[...document.querySelectorAll(".menu button")].find(e => e.innerText.startsWith("` + name + `"))`)
	}
	const agreement = "Bicentennial Framework for Security, Public Health, and Safe Communities"
	for _, name := range []string{"SVG", "GraphML"} {
		if document := take(name); wellFormed(document) != nil || !strings.Contains(document, agreement) {
			t.Errorf("%s (%v): %.300s", name, wellFormed(document), document)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(take("CSV"))).ReadAll()
	if err != nil || len(rows) < 20 || rows[0][0] != "subject" {
		t.Errorf("CSV: %v, %d rows", err, len(rows))
	}
	if document := take("JSON"); !strings.Contains(document, `"kind": "AGREEMENT"`) || !strings.Contains(document, agreement) {
		t.Errorf("JSON: %.300s", document)
	}
	if image := take("PNG"); len(image) < len("PNG 10000") {
		t.Errorf("the image is %s bytes", image)
	}
}
