package quality

import (
	"fmt"
	"slices"
	"strings"
)

// Table is the scores as lines of text: entities by kind, facts by predicate, the
// most frequent first, and totals.
func (s *Scores) Table() string {
	var b strings.Builder
	row := func(name string, c Count) {
		fmt.Fprintf(&b, "%-32s P %.3f  R %.3f  F1 %.3f  (of %d)\n", name, c.Precision(), c.Recall(), c.F1(), c.Right+c.Missed)
	}
	fmt.Fprintf(&b, "documents %d, extracted %d\n", s.Documents, s.Extracted)
	for _, k := range kinds {
		row(k, *s.Entities[k])
	}
	row("surface forms", s.Forms)
	for _, p := range slices.SortedStableFunc(slices.Values(predicates), func(p, q string) int { return s.annotated(q) - s.annotated(p) }) {
		row(p, *s.Facts[p])
	}
	row("facts", s.Total(false))
	row("facts, strict", s.Total(true))
	row("facts without DISCUSSED", s.Total(false, "DISCUSSED"))
	row("facts without DISCUSSED, strict", s.Total(true, "DISCUSSED"))
	fmt.Fprint(&b, "qualifiers right:")
	for _, q := range qualifiers {
		fmt.Fprintf(&b, "  %s %.3f", q, s.Qualifiers[q].Value())
	}
	fmt.Fprintf(&b, "\nevidence exact %.3f, to the point %.3f\nforbidden triples produced: %d of %d\n",
		s.Exact.Value(), s.Pointed.Value(), s.Forbidden.Of, s.Forbidden.All)
	return b.String()
}

func (s *Scores) annotated(predicate string) int {
	return s.Facts[predicate].Right + s.Facts[predicate].Missed
}

// Mistakes are the first n facts that were missed, and the first n that are wrong,
// a line each. Of a blind folder there are none.
func (s *Scores) Mistakes(n int) string {
	var b strings.Builder
	for _, list := range []struct {
		name string
		of   []Mistake
	}{{"missed", s.Missed}, {"wrong", s.Wrong}} {
		for _, m := range list.of[:min(n, len(list.of))] {
			fmt.Fprintln(&b, strings.Join([]string{list.name, m.Document, m.Subject, m.Predicate, m.Object, m.Detail}, " | "))
		}
	}
	return b.String()
}
