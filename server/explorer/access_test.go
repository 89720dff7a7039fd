package explorer_test

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/entente-kg/entente/server"
)

// axe-core finds nothing serious in any state of the page, light and dark,
// large and small.
func TestAccessible(t *testing.T) {
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	b, s := visit(t, server.Options{})
	locked := serve(t, s.store, server.Options{Token: "a long secret"})
	check := func(state string) {
		t.Helper()
		value[bool](b, string(axe)+"; true")
		found := value[string](b, `axe.run({resultTypes: ["violations"]}).then(r => r.passes.length < 8 ? "axe has looked at nothing" : r.violations.filter(v => ["serious", "critical"].includes(v.impact))
			.map(v => v.id + ": " + v.help + "\n" + v.nodes.slice(0, 3).map(n => "  " + n.html.slice(0, 200) + " — " + n.failureSummary.replace(/\s+/g, " ").slice(0, 240)).join("\n")).join("\n"))`)
		if found != "" {
			t.Errorf("%s:\n%s", state, found)
		}
	}
	for _, screen := range screens {
		b.run(dark(screen.dark), b.screen(screen.width, screen.height))
		state := func(name string) { t.Helper(); check(name + " (" + screen.name + ")") }
		b.open(locked.url())
		b.says(".locked", "access token")
		state("token")
		b.open(s.url() + "?" + screen.name)
		b.says(".counts", "documents")
		state("start")
		b.typed("#search", "drug traf")
		b.says("#search-list", "drug trafficking")
		state("search")
		b.keys("\x1b", "\x1b")
		b.click(".example", "narcotics")
		b.says(".answer", "agreements")
		state("answer")
		b.click("blockquote .link", "Evidence")
		b.says(".evidence", "confidence")
		state("evidence")
		b.click(".evidence .link", "Open in document")
		b.says(".document", "sample/")
		state("document")
		b.click(".panel-head button", "Close")
		b.click("button", "Put on canvas")
		b.until("a network", `document.querySelector("canvas")`)
		state("network")
		b.click(".tabs button", "Table")
		b.says("table", "Kind")
		state("table")
		b.click("tbody button", "United States")
		b.says(".entity", "Relations")
		state("entity")
		b.picture("entity " + screen.name)
		b.click(".entity button", "Expand")
		b.says(".expander", "that most documents tie to it")
		state("expander")
		b.click(".expander .primary", "Add")
		b.says(".expander", "on the canvas")
		state("expanded")
		b.click(".panel-head button", "Close")
		b.click(".tabs button", "Table")
		for _, name := range []string{"United States", "Mexico"} {
			if !value[bool](b, `document.querySelector("tbody input[aria-label='Select `+name+`']").checked`) {
				b.click("tbody input", "Select "+name)
			}
		}
		state("table with a selection")
		b.click(".table button", "Paths between the two")
		b.says(".paths", "between")
		b.says(".paths h2", "step")
		state("paths")
		b.click(".tool-save summary", "")
		state("take away")
		b.keys("\x1b", "\x1b", "\x1b", "\x1b")
		if screen.width < 800 {
			b.click(".tool-more summary", "")
			state("more")
		}
		b.click("button", "Documents")
		b.run(chromedp.SetUploadFiles(chromedp.CSS(".right input[type=file]"), documents(t)))
		b.says(".job", "Read 3 of 3 documents")
		state("documents")
		b.keys("\x1b", "\x1b", "\x1b", "?")
		b.says("dialog", "Keys")
		state("keys")
		b.picture("keys " + screen.name)
	}
}

// A server with a token serves the page, which asks for it, and keeps it for the tab.
func TestToken(t *testing.T) {
	b, s := visit(t, server.Options{Token: "a long secret"})
	b.open(s.url())
	b.says(".locked", "access token")
	b.picture("locked")
	b.typed(".locked input", "another secret\r")
	b.says(".locked", "The server wants its access token")
	value[bool](b, `document.querySelector(".locked input").select(); true`)
	b.keys("a long secret", "\r")
	b.says(".counts", "45")
}
