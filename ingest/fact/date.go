package fact

import (
	"cmp"
	"slices"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// longestDateline is the most tokens that a dateline has, its dash included.
const longestDateline = 16

// dateline is the token after the dateline that the sentence begins with, 0 if
// it has none: a place in capitals or of the gazetteer, dates, an agency in
// brackets, and a dash between spaces. Its date is the document's lead.
func (c *clause) dateline() int {
	if c.n < headLines && c.placeAndDate() {
		return 0
	}
	placed, bracket, date, place := len(c.tokens) > 0 && c.tokens[0].Shape == text.Upper, false, mention.None, mention.None
	for j := 0; j < min(len(c.tokens), longestDateline); j++ {
		t := c.tokens[j]
		if m := c.top[j]; m != mention.None {
			placed = placed || c.mentions[m].Is(mention.Place, mention.Country)
			if c.mentions[m].Kind == mention.Place && place == mention.None {
				place = m
			}
			if c.mentions[m].Kind == mention.Date {
				date = m
			}
		}
		switch {
		case bracket && t.Text != ")":
		case t.Text == "(" || t.Text == ")":
			bracket = t.Text == "("
		case j > 0 && (dashes[t.Text] && t.Start > c.tokens[j-1].End || t.Text == ":" && date != mention.None) && (j+1 == len(c.tokens) || c.tokens[j+1].Start > t.End):
			if !placed {
				return 0
			}
			c.leads(date, place)
			return (j + 1) % len(c.tokens) // it may be a sentence of its own
		case c.top[j] != mention.None && !c.mentions[c.top[j]].Is(mention.Place, mention.Country, mention.Date):
			return 0
		case c.top[j] == mention.None && t.Shape != text.Upper && t.Text != ",":
			return 0
		}
	}
	return 0
}

// headLines are the sentences among which a date line may stand by itself.
const headLines = 8

// placeAndDate tells whether the sentence is a date line by itself, a place and a
// date and nothing else: "Astana, 3 October 2023". Its date is the document's lead.
func (c *clause) placeAndDate() bool {
	place, date := mention.None, mention.None
	for j, t := range c.tokens {
		switch m := c.top[j]; {
		case m == mention.None && (t.Text == "," || t.Text == "." || t.Text == "(" || t.Text == ")" || t.Text == "/"):
		case m != mention.None && date == mention.None && c.mentions[m].Is(mention.Place, mention.Country):
			if place == mention.None {
				place = m
			}
		case m != mention.None && place != mention.None && c.mentions[m].Kind == mention.Date && len(c.mentions[m].Date) == len(time.DateOnly):
			date = m
		default:
			return false
		}
	}
	if date == mention.None {
		return false
	}
	c.leads(date, place)
	return true
}

var dashes = words("- – — -- ―")

// leads takes the date and the place as the document's, if they are the first.
func (c *clause) leads(date, place int) {
	if c.written == mention.None {
		c.written = place
	}
	if c.dayline == mention.None {
		c.dayline = date
	}
}

// here is the place of the dateline if the tokens say that something was done here.
func (c *clause) here(from, to int) int {
	for j := from; j < to; j++ {
		if c.lower(j) == "here" && c.top[j] == mention.None {
			return c.set.One(c.written)
		}
	}
	return entity.None
}

// undated gives the facts that their own sentence does not date the date of what
// they belong to: of the event that they are about, of the meeting at which
// something was discussed, else that of the dateline.
func (r *reader) undated() {
	r.told = r.tell()
	for i := range r.facts {
		f := &r.facts[i]
		r.occasionOf(f)
		if f.Qualifiers[graph.OnDate] != "" {
			continue
		}
		if at, ok := r.happened(*f); ok {
			r.date(f, at)
		}
	}
}

// when is a date with the spans that tell it.
type when struct {
	date  string
	spans []graph.EvidenceSpan
}

func (r *reader) date(f *Fact, at when) {
	q := graph.Qualifiers{graph.OnDate: at.date}
	for k, v := range f.Qualifiers {
		if v != "" {
			q[k] = v
		}
	}
	f.Qualifiers = q
	for _, s := range at.spans {
		if s.Span != f.Spans[0].Span {
			f.Spans = append(f.Spans, graph.EvidenceSpan{Span: s.Span, Role: graph.TellsDate})
		}
	}
}

// happened is when what the fact tells happened, as other sentences have it.
func (r *reader) happened(f Fact) (when, bool) {
	switch f.Predicate {
	case graph.ParticipatedIn, graph.Hosted:
		if at, ok := r.dateOfEvent(f.Object); ok {
			return at, true
		}
		if at, ok := r.sameDay(f); ok {
			return at, true
		}
	case graph.HeldIn:
		if at, ok := r.dateOfEvent(f.Subject); ok {
			return at, true
		}
		return r.sameDay(f)
	case graph.Discussed:
		if at, ok := r.dateOfMeeting(f); ok {
			return at, true
		}
		if at, ok := r.dateOfStory(f); ok {
			return at, true
		}
	case graph.Met, graph.Signed, graph.Adopted:
		at, ok := r.dateOfStory(f)
		if ok && f.Predicate != graph.Met && r.follows(f.sentence) {
			return at, true
		}
		if ok && f.Predicate == graph.Met {
			days, shifted := r.shift(f.sentence)
			if shifted {
				return at.plus(days), true
			}
			if !r.earlier(f) {
				return at, true
			}
		}
	default:
		return when{}, false
	}
	if r.dayline == mention.None || f.sentence > r.mentions[r.dayline].Sentence+leadSentences+r.afterDayline() {
		return when{}, false
	}
	m := r.mentions[r.dayline]
	return when{m.Date, []graph.EvidenceSpan{{Span: graph.Span(r.sentences[m.Sentence].Span)}}}, true
}

// afterDayline is how many more sentences a date line that stands by itself dates:
// the headline may come between.
func (r *reader) afterDayline() int {
	m := r.mentions[r.dayline]
	return b2i(m.Last >= len(r.sentences[m.Sentence].Tokens)-1)
}

// follows tells whether a sentence begins by saying that it tells of the same
// occasion: "Following the meeting", "At the end of the session".
func (r *reader) follows(sentence int) bool {
	tokens := r.sentences[sentence].Tokens
	if len(tokens) == 0 || !following[tokens[0].Lower] {
		return false
	}
	for j := 1; j < min(6, len(tokens)); j++ {
		if w := tokens[j].Lower; meetings[w] || w == "session" {
			return true
		} else if w == "," {
			return false
		}
	}
	return false
}

var following = words("following after during at in upon")

// leadSentences is how many sentences after it a dateline still dates.
const leadSentences = 2

// storySentences is how far a story carries its date.
const storySentences = 5

// shift is by how many days a sentence says that what it tells is later than the
// story so far: "the day before", "the following day".
func (r *reader) shift(sentence int) (days int, told bool) {
	tokens := r.sentences[sentence].Tokens
	for i := 0; i+1 < len(tokens); i++ {
		switch tokens[i].Lower + " " + tokens[i+1].Lower {
		case "day before", "previous day", "day earlier":
			return -1, true
		case "following day", "next day", "second day", "day after", "day later":
			return 1, true
		case "same day":
			return 0, true
		}
	}
	return 0, false
}

// plus is the date so many days later.
func (w when) plus(days int) when {
	if day, err := time.Parse(time.DateOnly, w.date); err == nil {
		w.date = day.AddDate(0, 0, days).Format(time.DateOnly)
	}
	return w
}

// dateOfStory is the date of what the sentences before told of last: a meeting, a
// signing or an event. What "had" happened before is no part of the story.
func (r *reader) dateOfStory(f Fact) (when, bool) {
	at, ok := r.lastDated(r.told.story, f, f.sentence-storySentences, len(time.DateOnly))
	if !ok || r.earlier(f) && f.Predicate != graph.Met {
		return when{}, false
	}
	return at, true
}

var story = map[graph.Predicate]bool{graph.Met: true, graph.Signed: true, graph.Adopted: true, graph.ParticipatedIn: true, graph.Hosted: true, graph.HeldIn: true}

// told are the facts that may date others, in the order of their sentences.
type told struct {
	story []int
	met   map[int][]int // by who met
	event map[int][]int // by event, in the order in which they were read
}

func (r *reader) tell() told {
	t := told{met: map[int][]int{}, event: map[int][]int{}}
	for i, f := range r.facts {
		if story[f.Predicate] {
			t.story = append(t.story, i)
		}
		switch f.Predicate {
		case graph.Met:
			t.met[f.Subject] = append(t.met[f.Subject], i)
			t.met[f.Object] = append(t.met[f.Object], i)
		case graph.ParticipatedIn, graph.Hosted:
			t.event[f.Object] = append(t.event[f.Object], i)
		case graph.HeldIn:
			t.event[f.Subject] = append(t.event[f.Subject], i)
		}
	}
	inOrder := func(a, b int) int { return cmp.Compare(r.facts[a].sentence, r.facts[b].sentence) }
	slices.SortStableFunc(t.story, inOrder)
	for _, facts := range t.met {
		slices.SortStableFunc(facts, inOrder)
	}
	return t
}

// lastDated is the date of the last of the facts, told between the sentence since and that of f,
// that has one of so many characters.
func (r *reader) lastDated(facts []int, f Fact, since, length int) (when, bool) {
	end, _ := slices.BinarySearchFunc(facts, f.sentence+1, func(i, n int) int { return cmp.Compare(r.facts[i].sentence, n) })
	for _, i := range slices.Backward(facts[:end]) {
		m := r.facts[i]
		if m.sentence < since {
			break
		}
		if d := m.Qualifiers[graph.OnDate]; len(d) >= length {
			return when{d, m.Spans[:1]}, true
		}
	}
	return when{}, false
}

// earlier tells whether the fact's verb stands in the pluperfect.
func (r *reader) earlier(f Fact) bool {
	tokens := r.sentences[f.sentence].Tokens
	for j := max(0, f.trigger-3); j < min(f.trigger, len(tokens)); j++ {
		if tokens[j].Lower == "had" {
			return true
		}
	}
	return false
}

// dateOfEvent is the date that another fact about the event tells.
func (r *reader) dateOfEvent(event int) (when, bool) {
	for _, i := range r.told.event[event] {
		if d := r.facts[i].Qualifiers[graph.OnDate]; d != "" {
			return when{d, r.facts[i].Spans[:1]}, true
		}
	}
	return when{}, false
}

// lasting stand before dates that tell from when or until when something lasts.
var lasting = words("since until till")

// dateOfMeeting is the date of the meeting that the subject had last before it
// discussed something.
func (r *reader) dateOfMeeting(f Fact) (when, bool) {
	return r.lastDated(r.told.met[f.Subject], f, 0, 1)
}
