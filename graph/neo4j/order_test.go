package neo4j_test

import (
	"slices"
	"testing"

	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
)

// Both stores order by the bytes of UTF-8. So does the server where it sorts what
// it has stored. A parameter it compares by UTF-16, where what lies outside the
// basic plane comes before U+E000: between these two ranges alone could a page
// begin at another place, and folded text has a dozen letters in the former.
func TestServerOrdersByBytes(t *testing.T) {
	url := neo4jtest.Start(t)
	neo4jtest.Wipe(t, url)
	t.Cleanup(func() { neo4jtest.Wipe(t, url) })
	words := []string{"", "0", "a", "a b", "a\x01b", "ab", "z", "~", "é", "中", "\ue000", "ﾡ", "\U00010330", "\U0001f1fa"}
	cypher(t, url, "CREATE INDEX w FOR (n:W) ON (n.w)", nil)
	cypher(t, url, "CALL db.awaitIndexes(60)", nil)
	cypher(t, url, "UNWIND $words AS w CREATE (:W {w: w})", map[string]any{"words": words})
	for _, text := range []string{
		"MATCH (n:W) RETURN n.w ORDER BY n.w",
		"MATCH (n:W) USING INDEX n:W(w) WHERE n.w >= '' RETURN n.w ORDER BY n.w",
		"MATCH (n:W) RETURN n.w ORDER BY coalesce(n.w, '~')",
		"MATCH (n:W) RETURN n.w ORDER BY substring(n.w, 0)",
	} {
		var got []string
		for _, r := range cypher(t, url, text, map[string]any{"words": words}) {
			got = append(got, r.Values[0].(string))
		}
		if !slices.IsSorted(got) || len(got) != len(words) {
			t.Errorf("%s: %q", text, got)
		}
	}
	for _, w := range words {
		if w >= "\ue000" {
			continue
		}
		r := cypher(t, url, "MATCH (n:W) RETURN n.w, n.w > $w, coalesce(n.w, '') > $w, n.w = $w", map[string]any{"w": w})
		for _, r := range r {
			if stored := r.Values[0].(string); r.Values[1] != (stored > w) || r.Values[2] != (stored > w) || r.Values[3] != (stored == w) {
				t.Errorf("%q > %q is %v, %v", stored, w, r.Values[1], r.Values[2])
			}
		}
	}
}
