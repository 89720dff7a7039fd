package graph

import (
	"maps"
	"strconv"
)

// rest is what the record of a fact has beside its line. Few differ: most facts have none
// but a date, and a title or a mode is shared by many.
type rest struct {
	tell       string     // "" where the date tells it from others
	qualifiers Qualifiers // without the date
	vocabulary int
	review     Review
}

// rests holds each rest once.
type rests struct {
	all     []rest
	numbers map[string]uint32 // by their text
}

// toldByDate tells whether what tells the fact from others is its date, as with most meetings.
func toldByDate(f Fact) bool { return f.Tell != "" && Date(f.Tell) == f.Date() }

func (r *rests) number(f Fact) uint32 {
	is := rest{tell: f.Tell, vocabulary: f.Vocabulary, review: f.Review}
	if toldByDate(f) {
		is.tell = ""
	}
	for q, value := range f.Qualifiers {
		if q == OnDate {
			continue
		}
		if is.qualifiers == nil {
			is.qualifiers = Qualifiers{}
		}
		is.qualifiers[q] = value
	}
	return r.add(is)
}

func (r *rests) add(is rest) uint32 {
	text := is.text()
	n, here := r.numbers[string(text)]
	if !here {
		if r.numbers == nil {
			r.numbers = map[string]uint32{}
		}
		n = uint32(len(r.all))
		r.all, r.numbers[string(text)] = append(r.all, is), n
	}
	return n
}

// text is another for each rest.
func (r rest) text() []byte {
	text := strconv.AppendQuote(nil, r.tell)
	text = strconv.AppendInt(text, int64(r.vocabulary), 10)
	text = strconv.AppendQuote(text, string(r.review))
	if len(r.qualifiers) > 0 {
		for _, q := range AllQualifiers {
			text = strconv.AppendQuote(text, r.qualifiers[q])
		}
	}
	return text
}

// record is a fact with both its ends.
func (p *pages) record(n uint32) Fact {
	l := &p.facts[n]
	r, subject, object := &p.rests.all[l.rest], p.entities[l.subject].record, p.entities[l.object].record
	f := Fact{ID: p.id(n), Predicate: Predicates[l.predicate], SubjectID: subject.ID, ObjectID: object.ID, Tell: r.tell, Qualifiers: r.qualifiers,
		Confidence: int(l.confidence), Sources: int(l.sources), Vocabulary: r.vocabulary, Review: r.review, Shown: l.is&isShown != 0, Subject: subject, Object: object}
	if l.date != 0 {
		date := string(dateOf(l.date))
		f.Qualifiers = make(Qualifiers, len(r.qualifiers)+1)
		maps.Copy(f.Qualifiers, r.qualifiers)
		f.Qualifiers[OnDate] = date
		if l.is&isTold != 0 {
			f.Tell = date
		}
	}
	return f
}

// entity is the record of an id.
func (p *pages) entity(id EntityID) (e Entity, here bool) {
	n, here := p.number[id]
	if !here || p.kinds[n] == 0 {
		return e, false
	}
	return *p.entities[n].record, true
}

// shownFact is the record of an id.
func (p *pages) shownFact(id FactID) (f Fact, here bool) {
	n, here := p.fact(id)
	if !here || p.facts[n].is&isShown == 0 {
		return f, false
	}
	return p.record(n), true
}

// recordsOf are the records of ids; all is false if one is not there.
func (p *pages) recordsOf(ids []EntityID) (found map[EntityID]Entity, all bool) {
	found = make(map[EntityID]Entity, len(ids))
	for _, id := range ids {
		if found[id], all = p.entity(id); !all {
			return nil, false
		}
	}
	return found, true
}

// factsOf are the records of ids, as recordsOf.
func (p *pages) factsOf(ids []FactID) (found map[FactID]Fact, all bool) {
	found = make(map[FactID]Fact, len(ids))
	for _, id := range ids {
		if found[id], all = p.shownFact(id); !all {
			return nil, false
		}
	}
	return found, true
}

// recordedPage is a page of records in place of numbers.
func recordedPage[T any](numbers Page[uint32], record func(n uint32) T) Page[T] {
	p := placedAs[T](numbers)
	for _, n := range numbers.Items {
		p.Items = append(p.Items, record(n))
	}
	return p
}
