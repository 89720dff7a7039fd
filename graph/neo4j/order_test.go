package neo4j_test

import (
	"slices"
	"testing"

	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
)

// Both stores order by the bytes of UTF-8; Java would order by UTF-16, where
// what lies outside the basic plane comes before U+E000.
func TestServerOrdersByBytes(t *testing.T) {
	url := neo4jtest.Start(t)
	neo4jtest.Wipe(t, url)
	words := []string{"", "0", "a", "a b", "a\x01b", "ab", "z", "~", "é", "中", "\ue000", "ﾡ", "\U00010330", "\U0001f1fa"}
	cypher(t, url, "CREATE INDEX w FOR (n:W) ON (n.w)", nil)
	cypher(t, url, "CALL db.awaitIndexes(60)", nil)
	cypher(t, url, "UNWIND $words AS w CREATE (:W {w: w})", map[string]any{"words": words})
	for _, text := range []string{
		"MATCH (n:W) RETURN n.w ORDER BY n.w",
		"MATCH (n:W) USING INDEX n:W(w) WHERE n.w >= '' RETURN n.w ORDER BY n.w",
		"UNWIND $words AS w RETURN w ORDER BY w",
	} {
		var got []string
		for _, r := range cypher(t, url, text, map[string]any{"words": words}) {
			got = append(got, r.Values[0].(string))
		}
		if !slices.IsSorted(got) || len(got) != len(words) {
			t.Errorf("%s: %q", text, got)
		}
	}
	for i := range words {
		for j := range words {
			r := cypher(t, url, "RETURN $a < $b AS less", map[string]any{"a": words[i], "b": words[j]})
			if r[0].Values[0] != (words[i] < words[j]) {
				t.Errorf("%q < %q is %v", words[i], words[j], r[0].Values[0])
			}
		}
	}
}
