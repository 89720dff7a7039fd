package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// act is what is done to an agreement: that it is signed, or adopted.
type act struct {
	predicate graph.Predicate
	paper     int
}

// occasion is when and where an act was done.
type occasion struct {
	date  string
	place int
	spans []graph.EvidenceSpan
}

// notes remembers when and where the clause of the verb at v says that the papers
// were signed or adopted, whether it says by whom or not.
func (c *clause) notes(p graph.Predicate, papers []arg, v int) {
	at := occasion{place: c.place(v), spans: c.evidence(v)}
	if d := c.date(v, p); d != mention.None {
		at.date = c.mentions[d].Date
	}
	if at.date == "" && at.place == entity.None {
		return
	}
	for _, a := range papers {
		key := act{p, a.entity}
		if old, known := c.occasions[key]; !known || old.date == "" && at.date != "" {
			c.occasions[key] = at
		}
	}
}

// occasionOf gives a fact of signing or adoption the date and the place that
// another sentence tells of the same act.
func (r *reader) occasionOf(f *Fact) {
	r.atEvent(f)
	r.afterTalks(f)
	at, ok := r.occasions[act{f.Predicate, f.Object}]
	if date := f.Qualifiers[graph.OnDate]; !ok || date != "" && date != at.date {
		return
	}
	if f.Qualifiers[graph.OnDate] == "" && at.date != "" {
		r.date(f, when{at.date, at.spans})
	}
	if f.Place == entity.None {
		f.Place = at.place
	}
}

// atEvent gives what an event adopted the event's date and place.
func (r *reader) atEvent(f *Fact) {
	if f.Predicate != graph.Adopted || r.set.Entities[f.Subject].Kind != graph.Event {
		return
	}
	if at, ok := r.dateOfEvent(f.Subject); ok && f.Qualifiers[graph.OnDate] == "" {
		r.date(f, at)
	}
	if f.Place == entity.None {
		f.Place = r.placeOfEvent(f.Subject)
	}
}

// afterTalks gives what was signed "following the talks" or "on the same occasion"
// the date and the place of the meeting or event that was told of before.
func (r *reader) afterTalks(f *Fact) {
	if f.Predicate != graph.Signed || f.Qualifiers[graph.OnDate] != "" || !r.goesOn(f.sentence) {
		return
	}
	best := -1
	for i, m := range r.facts {
		if story[m.Predicate] && m.Predicate != graph.Signed && m.sentence <= f.sentence && f.sentence-m.sentence <= storySentences && (best < 0 || m.sentence >= r.facts[best].sentence) {
			best = i
		}
	}
	if best < 0 {
		return
	}
	m := r.facts[best]
	if d := m.Qualifiers[graph.OnDate]; d != "" {
		r.date(f, when{d, m.Spans[:1]})
	}
	if f.Place != entity.None {
		return
	}
	switch m.Predicate {
	case graph.Met:
		f.Place = m.Place
	case graph.HeldIn:
		f.Place = r.placeOfEvent(m.Subject)
	default:
		f.Place = r.placeOfEvent(m.Object)
	}
}

// goesOn tells whether the sentence says that what it tells belongs to the meeting
// or event before it.
func (r *reader) goesOn(sentence int) bool {
	tokens := r.sentences[sentence].Tokens
	for i := 0; i < min(14, len(tokens)); i++ {
		switch w := tokens[i].Lower; {
		case w == "following" || w == "after" || w == "during" || w == "end" || w == "conclusion" || w == "margins" || w == "sidelines":
			for j := i + 1; j < min(i+6, len(tokens)); j++ {
				if meetings[tokens[j].Lower] || assembled[tokens[j].Lower] || tokens[j].Lower == "visit" {
					return true
				}
			}
		case w == "same" && i+1 < len(tokens) && (tokens[i+1].Lower == "occasion" || tokens[i+1].Lower == "day"):
			return true
		}
	}
	return false
}

// placeOfEvent is the place where a fact says that the event was held.
func (r *reader) placeOfEvent(event int) int {
	for _, f := range r.facts {
		if f.Predicate == graph.HeldIn && f.Subject == event && r.set.Entities[f.Object].Kind == graph.Place {
			return f.Object
		}
	}
	return entity.None
}

// sameDay is the date of the story where a sentence says that it goes on that day:
// "in the evening", "earlier in the day".
func (r *reader) sameDay(f Fact) (when, bool) {
	tokens := r.sentences[f.sentence].Tokens
	for i := 0; i+2 < len(tokens); i++ {
		if (tokens[i].Lower == "in" || tokens[i].Lower == "on" || tokens[i].Lower == "that") && daytimes[tokens[i+1].Lower+" "+tokens[i+2].Lower] {
			return r.dateOfStory(f)
		}
	}
	if len(tokens) > 2 && (daytimes[tokens[0].Lower+" "+tokens[1].Lower] || daytimes[tokens[1].Lower+" "+tokens[2].Lower]) {
		return r.dateOfStory(f)
	}
	return when{}, false
}

var daytimes = words("the_day the_evening the_morning the_afternoon the_same same_day same_morning same_afternoon same_evening that_day that_evening that_morning that_afternoon")
