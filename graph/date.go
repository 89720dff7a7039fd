package graph

import (
	"cmp"
	"time"
)

// Date is a calendar date known to the year, the month or the day, written as
// EDTF level 0 (ISO 8601-2:2019): "2005", "2005-04", "2005-04-21". The zero value "" is
// no date. Dates compare as strings by start, then from coarse to precise.
//
// A partial date is the interval that it spans: see [DateRange].
type Date string

// ParseDate reads a date; "" is no date and no error.
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if len(s) == len(layout) {
			if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
				return Date(s), nil
			}
		}
	}
	if s == "" {
		return "", nil
	}
	return "", Errorf(Invalid, "%q is not a date", clip(s)).WithHint("write YYYY, YYYY-MM or YYYY-MM-DD")
}

// First is the first day that the date spans.
func (d Date) First() string {
	return string(d) + "0000-01-01"[min(len(d), 10):]
}

// Last is the last day that the date spans.
func (d Date) Last() string {
	switch len(d) {
	case 4:
		return string(d) + "-12-31"
	case 7:
		t, err := time.Parse("2006-01", string(d))
		if err != nil {
			return string(d) + "-31"
		}
		return t.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	return string(d)
}

// Year is the first four digits, or "".
func (d Date) Year() string { return string(d[:min(len(d), 4)]) }

// Compare orders by precision (the most precise first), then by date: the
// first of several dates is the one that an edge shows.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(len(e), len(d)), cmp.Compare(d, e))
}

// DateRange is what a filter asks for: every date whose interval overlaps it.
// Either end may be open (""), and a partial end spans its whole interval. No
// date at all never matches, unless the range is open on both sides.
type DateRange struct {
	From Date `json:"from,omitempty"`
	To   Date `json:"to,omitempty"`
}

// IsZero tells whether the range filters nothing.
func (r DateRange) IsZero() bool { return r == DateRange{} }

// Bounds are the two strings between which stored first and last days are
// compared: a date overlaps if its last day ≥ from and its first day ≤ to.
func (r DateRange) Bounds() (from, to string) {
	from, to = "0000", "9999-99"
	if r.From != "" {
		from = r.From.First()
	}
	if r.To != "" {
		to = r.To.Last()
	}
	return from, to
}

// Overlaps tells whether d matches the range.
func (r DateRange) Overlaps(d Date) bool {
	if r.IsZero() {
		return true
	}
	from, to := r.Bounds()
	return d != "" && d.Last() >= from && d.First() <= to
}

// clip shortens what an error message quotes.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return s[:most] + "…"
}
