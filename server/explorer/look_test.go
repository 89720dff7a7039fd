package explorer_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/entente-kg/entente/server"
)

// The page in its states, on a large screen and on a small one, light and dark:
// pictures for whoever wants to look (ENTENTE_SHOTS names a folder).
func TestLook(t *testing.T) {
	if shots == "" {
		t.Skip("nobody looks: ENTENTE_SHOTS names no folder")
	}
	b, s := visit(t, server.Options{})
	locked := serve(t, s.store, server.Options{Token: "a long secret"})
	for _, screen := range screens {
		b.run(dark(screen.dark), b.screen(screen.width, screen.height))
		shot := func(name string) {
			time.Sleep(500 * time.Millisecond)
			b.picture(screen.name + "-" + name)
		}
		b.open(s.url())
		b.says(".counts", "documents")
		shot("01-start")
		b.typed("#search", "drug traf")
		b.says("#search-list", "drug trafficking")
		shot("02-search")
		b.keys("\x1b")
		b.open(s.url() + "?completion")
		b.typed("#one", "shang")
		b.says("#one-list", "Shanghai")
		shot("03-completion")
		b.open(s.url() + "?answer")
		b.click(".example", "narcotics")
		b.says(".answer", "agreements")
		shot("04-answer")
		b.click("button", "Put on canvas")
		b.until("a network", "document.querySelector('canvas')")
		shot("05-network")
		b.click(".tabs button", "Ask")
		b.says(".answer", "agreements")
		b.click("blockquote .link", "Evidence")
		b.says(".evidence", "confidence")
		b.click(".tabs button", "Graph")
		b.until("what was done has been said", `!document.querySelector(".brief")`)
		shot("06-evidence")
		b.click(".evidence .link", "Open in document")
		b.says(".document", "sample/")
		shot("07-document")
		b.click(".panel-head button", "Close")
		b.click(".tabs button", "Table")
		b.says("table", "Kind")
		shot("08-table")
		b.click("tbody button", "United States")
		b.says(".entity", "Relations")
		shot("09-entity")
		b.click(".entity button", "Expand")
		b.says(".expander", "that most documents tie to it")
		b.click(".tabs button", "Graph")
		shot("10-expander")
		b.click(".expander .primary", "Add")
		b.until("a large network", `Number(document.querySelector(".tabs .count").innerText) > 80`)
		shot("11-expanded")
		b.click(".panel-head button", "Close")
		b.keys("f")
		shot("12-large-network")
		if screen.width < 800 {
			b.click(".tabs button", "Timeline")
		}
		b.brush(0.5, 0.9)
		shot("13-timeline")
		if screen.width < 800 {
			b.click(".tabs button", "Filters")
		}
		b.click(".side label", "countries")
		shot("14-filters")
		b.keys("\x1b")
		b.control("z")
		shot("15-undo")
		b.open(s.url() + "?paths")
		for _, name := range []string{"Vladimir Norov", "tourism"} {
			b.add(name)
			b.click(".panel-head button", "Close")
		}
		b.clickMark("Vladimir Norov", false)
		b.says(".entity", "Vladimir Norov")
		b.keys("m", "\x1b")
		b.clickMark("tourism", false)
		b.keys("p")
		b.says(".paths h2", "1 path of 3 steps")
		shot("16-paths")
		b.click(".paths button", "Put on canvas")
		b.says(".tabs .count", "4")
		shot("17-paths-on-canvas")
		b.click(".paths .hop .link", "")
		b.says(".evidence", "confidence")
		shot("18-evidence-of-a-hop")
		b.click(".tool-save summary", "")
		shot("19-take-away")
		b.open(s.url() + "?documents")
		b.says(".counts", "4")
		b.run(chromedp.SetUploadFiles(chromedp.CSS(".drop input"), documents(t)))
		b.says(".job", "Read 3 of 3 documents")
		shot("20-documents")
		b.keys("\x1b", "?")
		b.says("dialog", "Keys")
		shot("21-keys")
		b.open(s.url() + "?none")
		b.typed("#topic", "beekeeping\r")
		b.says(".answer", "Nothing is called")
		shot("22-no-answer")
		s.stop()
		b.click("button.primary", "Ask")
		b.says(".notice", "cannot be reached")
		shot("23-server-dead")
		s.start()
		b.open(locked.url())
		b.says(".locked", "access token")
		shot("24-token")
		b.open(s.url() + "?graphiql")
		b.click(".example", "narcotics")
		b.says(".answer", "agreements")
		b.run(chromedp.Navigate(value[string](b, `document.querySelector(".answer a").href`)))
		b.until("an editor", `document.body.innerText.includes("agreements(")`)
		shot("25-graphiql")
	}
}
