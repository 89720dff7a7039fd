package explorer_test

import (
	"testing"
	"time"

	"github.com/entente-kg/entente/server"
)

// The page in its states, on a large screen and on a small one, light and dark:
// pictures for whoever wants to look (ENTENTE_SHOTS names a folder).
func TestLook(t *testing.T) {
	b := browse(t)
	store := openSQLite(t)
	fill(t, store)
	s := serve(t, store, server.Options{})
	for _, screen := range []struct {
		name          string
		width, height int64
		dark          bool
	}{{"large", 1440, 900, false}, {"large-dark", 1440, 900, true}, {"small", 390, 844, false}, {"small-dark", 390, 844, true}} {
		b.run(dark(screen.dark), b.screen(screen.width, screen.height))
		shot := func(name string) {
			time.Sleep(500 * time.Millisecond)
			b.picture(screen.name + "-" + name)
		}
		b.open(s.url())
		b.says(".counts", "45")
		shot("1-start")
		b.typed("#search", "drug traf")
		b.says("#search-list", "drug trafficking")
		shot("2-search")
		b.keys("\x1b")
		b.open(s.url() + "?")
		b.click(".example", "narcotics")
		b.says(".answer", "agreements")
		shot("3-answer")
		b.click("button", "Put on canvas")
		b.until("a network", "document.querySelector('canvas')")
		shot("4-graph")
		b.click(".tabs button", "Ask")
		b.says(".answer", "agreements")
		b.click("blockquote .link", "Evidence")
		b.says(".evidence", "confidence")
		b.click(".tabs button", "Graph")
		shot("5-evidence")
		b.click(".evidence .link", "Open in document")
		b.says(".document", "sample/")
		shot("6-document")
		b.click(".panel-head button", "Close")
		b.click(".tabs button", "Table")
		b.says("table", "Kind")
		shot("7-table")
		b.click("tbody button", "United States")
		b.click(".entity button", "Expand")
		b.says(".expander", "Most documents")
		b.click(".tabs button", "Graph")
		shot("8-expander")
	}
}
