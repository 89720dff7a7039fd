package mention

import (
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/text"
)

// FuzzDates holds for any string: what is read as a date is a day, month or year that the calendar has, a span
// does not end before it begins, and reading goes on.
func FuzzDates(f *testing.F) {
	f.Add("on 26 September 2019, in May, yesterday")
	c := calendar{time.Date(2020, 2, 29, 0, 0, 0, 0, time.UTC)}
	f.Fuzz(func(t *testing.T, s string) {
		for sentence := range text.Sentences(s) {
			for i := range sentence.Tokens {
				r, ok := c.read(sentence.Tokens, i)
				if !ok {
					continue
				}
				if _, err := graph.ParseDate(r.date); err != nil || r.end <= i || r.end > len(sentence.Tokens) || r.until != "" && r.until < r.date {
					t.Fatalf("%q at token %d of %q: %+v %v", sentence.Tokens[i].Text, i, s, r, err)
				}
			}
		}
	})
}
