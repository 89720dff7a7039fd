package explorer_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/server"
)

// What texts and names hold is shown as it is and never becomes markup, whatever it looks like.
func TestHostileDocuments(t *testing.T) {
	const evil = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>`
	const spoof = "\u202egnihtemos\u202c javascript:window.pwned=1 {{constructor.constructor('window.pwned=1')()}} ${window.pwned=1}"
	b := browse(t)
	store := openSQLite(t)
	d := graphtest.NewDraft(evil+" source", "2020")
	d.State(graph.Key{Kind: graph.Country, Text: "Land " + evil}, graph.Signed, graph.Key{Kind: graph.Agreement, Text: "Treaty " + evil + spoof}, graph.Qualifiers{graph.OnDate: "2001"}, 900)
	d.State(graph.Key{Kind: graph.Agreement, Text: "Treaty " + evil + spoof}, graph.Covers, graph.Key{Kind: graph.Topic, Text: "narcotics " + evil}, nil, 900)
	if _, err := store.Apply(t.Context(), d.Revision(0)); err != nil {
		t.Fatal(err)
	}
	s := serve(t, store, server.Options{})
	b.open(s.url())
	b.typed("#search", "treaty")
	b.says("#search-list", "<img src=x")
	b.click("#search-list li", "Treaty")
	b.says(".entity h2", "<script>")
	b.click(".entity .bar", "covers")
	b.says(".tabs .count", "2")
	b.click(".tabs button", "Table")
	b.says("table", "narcotics <img src=x")
	b.click(".table button", "1 fact")
	b.click("tbody button", "Treaty")
	b.says(".evidence", "<img src=x")
	b.click(".evidence .link", "Open in document")
	b.says(".document h2", "<script>")
	b.click(".tabs button", "Graph")
	svg := value[string](b, `(async () => {
		let made; const create = URL.createObjectURL; URL.createObjectURL = blob => { made = blob; return create(blob); };
		document.querySelector(".menu").open = true;
		for (const button of document.querySelectorAll(".menu button")) if (button.innerText === "SVG") button.click();
		const doc = await made.text(); URL.createObjectURL = create; return doc;
	})()`)
	if wellFormed(svg) != nil || !strings.Contains(svg, "&#60;img src=x") {
		t.Errorf("the SVG is broken (%v): %.600s", wellFormed(svg), svg)
	}
	if value[bool](b, `window.pwned === 1 || document.querySelectorAll("#app img, #app script, #app iframe").length > 0`) {
		t.Error("a text has become markup")
	}
}

// Nothing but this server is ever asked.
func TestNoOtherOrigin(t *testing.T) {
	b, s := visit(t, server.Options{})
	b.open(s.url())
	b.click(".example", "narcotics")
	b.says(".answer", "agreements")
	for _, name := range value[[]string](b, `performance.getEntriesByType("resource").map(e => e.name)`) {
		if len(name) < len(s.url()) || name[:len(s.url())] != s.url() {
			if name[:5] != "data:" {
				t.Errorf("the page asked %s", name)
			}
		}
	}
}

// wellFormed reads XML to its end.
func wellFormed(document string) error {
	for d := xml.NewDecoder(strings.NewReader(document)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
