package ingest

import (
	"strings"
	"time"

	"github.com/entente-kg/entente/graph"
)

// publishedLayouts are the ways in which pages and feeds write a day, none of
// which can be read in two ways: 03/04/2019 is a different day on either side of the ocean, and not among them.
var publishedLayouts = []struct{ layout, precision string }{
	{"2006/01/02", time.DateOnly},
	{"2006.01.02", time.DateOnly},
	{"20060102", time.DateOnly},
	{"2.1.2006", time.DateOnly},
	{"2 January 2006", time.DateOnly},
	{"2 Jan 2006", time.DateOnly},
	{"January 2, 2006", time.DateOnly},
	{"Jan 2, 2006", time.DateOnly},
	{"Monday, 2 January 2006", time.DateOnly},
	{"Monday, January 2, 2006", time.DateOnly},
	{"Mon, 2 Jan 2006 15:04:05 -0700", time.DateOnly},
	{"Mon, 2 Jan 2006 15:04:05 MST", time.DateOnly},
	{"January 2006", "2006-01"},
	{"Jan 2006", "2006-01"},
}

// ParsePublished reads a publication date as people and machines write it. A
// time of day is left off and a time zone not applied: the day is the publisher's.
func ParsePublished(s string) (graph.Date, error) {
	s = strings.TrimSpace(s)
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') {
		if d, err := graph.ParseDate(s[:10]); err == nil {
			return d, nil
		}
	}
	for _, l := range publishedLayouts {
		if t, err := time.Parse(l.layout, s); err == nil {
			return graph.ParseDate(t.Format(l.precision))
		}
	}
	return graph.ParseDate(s)
}
