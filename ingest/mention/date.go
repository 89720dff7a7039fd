package mention

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/entente-kg/entente/ingest/text"
)

// calendar resolves dates. Its anchor is the day of publication, else the first
// full date of the text, which is its date line; a date without a year lies
// nearest to the anchor and not much after it.
type calendar struct{ anchor time.Time }

// anchorSentences is how many sentences of a text may hold its date line.
const anchorSentences = 12

// newCalendar finds the anchor.
func newCalendar(doc text.Document) calendar {
	if t, err := time.Parse(time.DateOnly, doc.Published); err == nil {
		return calendar{t}
	}
	n := 0
	for s := range text.Sentences(doc.Text) {
		if n++; n > anchorSentences {
			break
		}
		for i := range s.Tokens {
			if d, ok := (calendar{}).read(s.Tokens, i); ok && len(d.date) == len(time.DateOnly) {
				t, _ := time.Parse(time.DateOnly, d.date)
				return calendar{t}
			}
		}
	}
	for _, layout := range []string{"2006-01", "2006"} {
		if t, err := time.Parse(layout, doc.Published); err == nil {
			return calendar{t}
		}
	}
	return calendar{}
}

// reading is a date that was read: its tokens end before end.
type reading struct {
	date, until string
	end         int
}

// read reads a date at token i.
func (c calendar) read(tokens []text.Token, i int) (reading, bool) {
	for _, form := range []func([]text.Token, int) (reading, bool){c.dayFirst, c.monthFirst, c.numeric, c.relative, c.year} {
		if r, ok := form(tokens, i); ok {
			return r, true
		}
	}
	return reading{}, false
}

func at(tokens []text.Token, i int) string {
	if i < 0 || i >= len(tokens) {
		return ""
	}
	return tokens[i].Lower
}

// dayOf reads a day of the month: "7", "7th", "07".
func dayOf(w string) int {
	if len(w) > 2 {
		w = strings.TrimRight(w, "stndrh")
	}
	n, err := strconv.Atoi(w)
	if err != nil || n < 1 || n > 31 || len(w) > 2 {
		return 0
	}
	return n
}

func yearOf(w string) int {
	n, err := strconv.Atoi(w)
	if err != nil || len(w) != 4 || n < 1600 || n > 2199 {
		return 0
	}
	return n
}

// dayFirst reads "26 September 2019", "3 and 4 March", "6–10 November 2023",
// "28 February and 1 March 2023", "7th day of September 2018".
func (c calendar) dayFirst(tokens []text.Token, i int) (reading, bool) {
	first, last, j := days(tokens, i)
	if first == 0 {
		return reading{}, false
	}
	if at(tokens, j) == "day" {
		j++
	}
	if at(tokens, j) == "of" {
		j++
	}
	month := months[at(tokens, j)]
	if month == 0 {
		return reading{}, false
	}
	j++
	untilMonth := month
	if f, l, k := days(tokens, j+1); isRange(at(tokens, j)) && f > 0 && f == l && months[at(tokens, k)] != 0 {
		last, untilMonth, j = f, months[at(tokens, k)], k+1
	}
	return c.finish(tokens, j, month, first, untilMonth, last)
}

// monthFirst reads "September 26, 2019", "March 3-4", "September 2019", "in March".
func (c calendar) monthFirst(tokens []text.Token, i int) (reading, bool) {
	month := months[at(tokens, i)]
	if month == 0 || !tokens[i].Named() {
		return reading{}, false
	}
	if first, last, j := days(tokens, i+1); first > 0 {
		return c.finish(tokens, j, month, first, month, last)
	}
	j := i + 1
	if at(tokens, j) == "," || at(tokens, j) == "of" {
		j++
	}
	if y := yearOf(at(tokens, j)); y > 0 {
		return reading{date: fmt.Sprintf("%04d-%02d", y, month), end: j + 1}, true
	}
	if month == 5 && at(tokens, i-1) != "in" && at(tokens, i-1) != "since" && at(tokens, i-1) != "last" || c.anchor.IsZero() {
		return reading{}, false // "May" is a verb and a name too
	}
	return reading{date: c.nearest(month, 1, isToCome(tokens, i)).Format("2006-01"), end: i + 1}, true
}

// days reads one day or a range of days of one month.
func days(tokens []text.Token, i int) (first, last, end int) {
	w := at(tokens, i)
	if a, b, ok := strings.Cut(strings.ReplaceAll(w, "–", "-"), "-"); ok {
		if dayOf(a) > 0 && dayOf(b) > 0 {
			return dayOf(a), dayOf(b), i + 1
		}
	}
	first = dayOf(w)
	if first == 0 {
		return 0, 0, i
	}
	if next := dayOf(at(tokens, i+2)); isRange(at(tokens, i+1)) && next > first {
		return first, next, i + 3
	}
	return first, first, i + 1
}

func isRange(w string) bool {
	return w == "and" || w == "to" || w == "-" || w == "–" || w == "until" || w == "&"
}

// finish adds the year and checks the day.
func (c calendar) finish(tokens []text.Token, j, month, first, untilMonth, last int) (reading, bool) {
	if at(tokens, j) == "," && yearOf(at(tokens, j+1)) > 0 { // "7th March, 2025"
		j++
	}
	year := yearOf(at(tokens, j))
	if year > 0 {
		j++
	} else if c.anchor.IsZero() {
		return reading{}, false
	} else {
		year = c.nearest(month, first, isToCome(tokens, j)).Year()
	}
	r := reading{end: j}
	t := time.Date(year, time.Month(month), first, 0, 0, 0, 0, time.UTC)
	if int(t.Month()) != month {
		return reading{}, false
	}
	r.date = t.Format(time.DateOnly)
	if untilMonth != month || last != first {
		r.until = time.Date(year, time.Month(untilMonth), last, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		if r.until < r.date { // "2–1 Nov" is no span
			r.until = ""
		}
	}
	return r, true
}

// isToCome tells whether the words before token i speak of what had still to
// come: "the next summit in July", "will meet on 3 May".
func isToCome(tokens []text.Token, i int) bool {
	for j := i - 1; j >= max(0, i-toComeWords); j-- {
		if w := tokens[j].Lower; toCome[w] {
			return true
		} else if w == ";" {
			return false
		}
	}
	return false
}

// toComeWords is how far before a date stands what tells that it lies ahead.
const toComeWords = 14

var toCome = words("will shall would next upcoming forthcoming forward scheduled planned invitation invited")

// nearest is the day of that name that lies closest to the anchor, at most a
// month after it unless it is to come.
func (c calendar) nearest(month, day int, ahead bool) time.Time {
	t := time.Date(c.anchor.Year(), time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if ahead {
		if t.AddDate(0, 1, 0).Before(c.anchor) {
			return t.AddDate(1, 0, 0)
		}
		return t
	}
	if t.After(c.anchor.AddDate(0, 1, 0)) {
		return t.AddDate(-1, 0, 0)
	}
	if t.Before(c.anchor.AddDate(0, -11, 0)) {
		return t.AddDate(1, 0, 0)
	}
	return t
}

// numeric reads "15.10.2021", "2023-03-01", "(21/8)".
func (c calendar) numeric(tokens []text.Token, i int) (reading, bool) {
	w := tokens[i].Text
	if tokens[i].Shape != text.Number {
		return reading{}, false
	}
	for _, layout := range []string{time.DateOnly, "2.1.2006", "02.01.2006", "2/1/2006", "02/01/2006"} {
		if t, err := time.Parse(layout, w); err == nil && t.Year() > 1600 {
			return reading{date: t.Format(time.DateOnly), end: i + 1}, true
		}
	}
	if d, m, ok := strings.Cut(w, "/"); ok && at(tokens, i-1) == "(" && at(tokens, i+1) == ")" && !c.anchor.IsZero() {
		month, err := strconv.Atoi(m)
		if err == nil && month >= 1 && month <= 12 && dayOf(d) > 0 {
			return c.finish(tokens, i+1, month, dayOf(d), month, dayOf(d))
		}
	}
	return reading{}, false
}

// year reads a bare year where the words around it show that it is one.
func (c calendar) year(tokens []text.Token, i int) (reading, bool) {
	y := yearOf(at(tokens, i))
	if y == 0 {
		return reading{}, false
	}
	switch at(tokens, i-1) {
	case "in", "since", "of", "from", "until", "till", "early", "late", "mid", "year", "by", "the", "a", "during", "after", "before", "(", "and":
		return reading{date: strconv.Itoa(y), end: i + 1}, true
	}
	return reading{}, false
}

// relative reads "yesterday", "on Thursday", "last week", "this year".
func (c calendar) relative(tokens []text.Token, i int) (reading, bool) {
	if c.anchor.IsZero() {
		return reading{}, false
	}
	day := func(t time.Time, end int) (reading, bool) {
		return reading{date: t.Format(time.DateOnly), end: end}, true
	}
	w, next := at(tokens, i), at(tokens, i+1)
	if wd, ok := weekdays[w]; ok {
		return c.weekday(tokens, i, wd)
	}
	switch {
	case w == "today" || w == "tonight" || w == "this" && (next == "morning" || next == "afternoon" || next == "evening"):
		return day(c.anchor, i+1)
	case w == "yesterday":
		return day(c.anchor.AddDate(0, 0, -1), i+1)
	case (w == "last" || w == "this") && (next == "month" || next == "year" || next == "week"):
		return c.period(w, next, i+2)
	}
	return reading{}, false
}

// weekday resolves a day's name to the last such day up to the anchor, unless the
// date is told beside it: "Tuesday, 5 March 2024", "Tuesday (5 March)".
func (c calendar) weekday(tokens []text.Token, i, wd int) (reading, bool) {
	j, bracket := i+1, at(tokens, i+1) == "("
	if bracket || at(tokens, j) == "," {
		j++
	}
	for _, form := range []func([]text.Token, int) (reading, bool){c.dayFirst, c.monthFirst} {
		if j >= len(tokens) {
			break
		}
		if r, ok := form(tokens, j); ok && len(r.date) == len(time.DateOnly) && (!bracket || at(tokens, r.end) == ")") {
			if bracket {
				r.end++
			}
			return r, true
		}
	}
	back := (int(c.anchor.Weekday()) - wd + 7) % 7
	if at(tokens, i-1) == "next" || at(tokens, i-1) == "coming" {
		return reading{date: c.anchor.AddDate(0, 0, 7-back).Format(time.DateOnly), end: i + 1}, true
	}
	return reading{date: c.anchor.AddDate(0, 0, -back).Format(time.DateOnly), end: i + 1}, true
}

// period resolves "last month" and its like to a partial date.
func (c calendar) period(which, unit string, end int) (reading, bool) {
	back := 0
	if which == "last" {
		back = 1
	}
	switch unit {
	case "year":
		return reading{date: strconv.Itoa(c.anchor.Year() - back), end: end}, true
	case "month":
		first := time.Date(c.anchor.Year(), c.anchor.Month()-time.Month(back), 1, 0, 0, 0, 0, time.UTC)
		return reading{date: first.Format("2006-01"), end: end}, true
	}
	return reading{date: c.anchor.AddDate(0, 0, -7*back).Format("2006-01"), end: end}, true
}
