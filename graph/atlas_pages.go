package graph

import (
	"cmp"
	"slices"
	"strings"
	"unique"
)

// pages are the contents of an [Atlas]. Entities and facts have numbers. The facts
// that were there when it was bound are numbered by id, so that numbers in
// order are ids in order; those that came later are numbered as they came, until
// there are so many that it is bound anew.
type pages struct {
	entities []place
	kinds    []uint8 // of the entities, see kindNumbers; of one that is not there (any more) 0
	number   map[EntityID]uint32

	facts []line
	ids   string            // of the bound facts, one after the other
	later []FactID          // of the others
	found map[FactID]uint32 // those
	first []uint32          // where the bound facts of each entity begin in at; one more than there were entities
	at    []halfEdge        // the bound facts at each entity, by id
	more  map[uint32][]halfEdge

	names names
	rests rests
}

// place is an entity; dates are numbers.
type place struct {
	record                    *Entity
	id                        EntityID
	agreement                 AgreementKind
	sort                      string
	date, firstSeen, lastSeen uint32
	documents                 uint32
}

// line is a fact without its id.
type line struct {
	subject, object uint32
	sources         uint32
	date            uint32 // see number of a date
	rest            uint32 // its place in rests
	confidence      uint16
	predicate       uint8 // its place in Predicates
	is              uint8
}

// halfEdge is a fact as one of its ends sees it: what walks look at of a hub's lies side
// by side in memory, where its lines are far apart.
type halfEdge struct {
	fact, other uint32
	predicate   uint8
	out         bool // this end is the subject
	shown       bool
}

func (l *line) halves(fact uint32) (subject, object halfEdge) {
	shown := l.is&isShown != 0
	return halfEdge{fact, l.object, l.predicate, true, shown}, halfEdge{fact, l.subject, l.predicate, false, shown}
}

// stands tells whether the end is the one that a direction asks for; see [Direction].
func (h *halfEdge) stands(d Direction) bool {
	return d == Both || symmetricSet>>h.predicate&1 != 0 || h.out == (d == Out)
}

// What a line is.
const (
	isShown uint8 = 1 << iota
	isThesaurus
	isTold // its date tells it from others
)

// predicateNumbers are the places of the predicates in Predicates.
var predicateNumbers = func() map[Predicate]uint8 {
	numbers := map[Predicate]uint8{}
	for i, p := range Predicates {
		numbers[p] = uint8(i)
	}
	return numbers
}()

// kindNumbers are the places of the kinds in Kinds, from 1; what is gone has none.
var kindNumbers = func() map[Kind]uint8 {
	numbers := map[Kind]uint8{}
	for i, k := range Kinds {
		numbers[k] = uint8(i) + 1
	}
	return numbers
}()

// kindOf is the kind of a number.
func kindOf(n uint8) Kind {
	if n == 0 {
		return ""
	}
	return Kinds[n-1]
}

// dateNumber is a date as a number in the same order: eight digits, with zeros for
// what is not known; 0 is none.
func dateNumber(d Date) uint32 {
	n, digits := uint32(0), 0
	for _, c := range []byte(d) {
		if c >= '0' && c <= '9' && digits < 8 {
			n, digits = n*10+uint32(c-'0'), digits+1
		}
	}
	for ; digits > 0 && digits < 8; digits++ {
		n *= 10
	}
	return n
}

// dateOf is the date of a number.
func dateOf(n uint32) Date {
	if n == 0 {
		return ""
	}
	text := []byte("0000-00-00")
	for _, i := range []int{9, 8, 6, 5, 3, 2, 1, 0} {
		text[i], n = byte('0'+n%10), n/10
	}
	switch {
	case string(text[5:7]) == "00":
		return Date(text[:4])
	case string(text[8:]) == "00":
		return Date(text[:7])
	}
	return Date(text)
}

// binder takes what a survey hands over.
type binder struct {
	pages *pages
	loose []loose
	names []nameLine
}

type loose struct {
	id   FactID
	line line
}

func newBinder() *binder { return &binder{pages: &pages{number: map[EntityID]uint32{}}} }

// Entity implements [Surveyor].
func (b *binder) Entity(e Entity) { b.pages.putEntity(e) }

// Name implements [Surveyor].
func (b *binder) Name(n ChartedName) { b.names = append(b.names, b.pages.nameLine(n)) }

// Fact implements [Surveyor].
func (b *binder) Fact(f Fact) {
	if f.Shown && len(f.ID) == idLength && len(b.loose) <= MaxAtlas {
		b.loose = append(b.loose, loose{f.ID, b.pages.line(f)})
	}
}

// bind puts facts and names in order.
func (b *binder) bind() *pages {
	b.pages.names = bindNames(b.names, b.pages.entities)
	return b.bindFacts()
}

// bindFacts puts the facts in the order of their ids, and lists them at their ends.
func (b *binder) bindFacts() *pages {
	slices.SortFunc(b.loose, func(x, y loose) int { return cmp.Compare(x.id, y.id) })
	p := b.pages
	p.facts, p.later, p.found, p.more = make([]line, len(b.loose)), nil, map[FactID]uint32{}, map[uint32][]halfEdge{}
	p.first, p.at = make([]uint32, len(p.entities)+1), make([]halfEdge, 2*len(b.loose))
	var ids strings.Builder
	ids.Grow(idLength * len(b.loose))
	for i, l := range b.loose {
		ids.WriteString(string(l.id))
		p.facts[i] = l.line
		p.first[l.line.subject]++
		p.first[l.line.object]++
	}
	p.ids, b.loose = ids.String(), nil
	total := uint32(0)
	for i, n := range p.first {
		p.first[i], total = total, total+n
	}
	next := slices.Clone(p.first)
	put := func(end uint32, h halfEdge) {
		p.at[next[end]] = h
		next[end]++
	}
	for i, l := range p.facts {
		subject, object := l.halves(uint32(i))
		put(l.subject, subject)
		put(l.object, object)
	}
	return p
}

// bound is how many facts are numbered by id.
func (p *pages) bound() int { return len(p.ids) / idLength }

func (p *pages) id(fact uint32) FactID {
	if int(fact) < p.bound() {
		return FactID(p.ids[int(fact)*idLength : (int(fact)+1)*idLength])
	}
	return p.later[int(fact)-p.bound()]
}

// fact finds a fact's number.
func (p *pages) fact(id FactID) (uint32, bool) {
	if n, here := p.found[id]; here {
		return n, true
	}
	low, high := 0, p.bound()
	for low < high {
		middle := (low + high) / 2
		if p.id(uint32(middle)) < id {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return uint32(low), low < p.bound() && p.id(uint32(low)) == id
}

// compare orders facts by id.
func (p *pages) compare(x, y uint32) int {
	if int(x) < p.bound() && int(y) < p.bound() {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(p.id(x), p.id(y))
}

// each gives the shown facts at an entity to yield, until it says no: the bound ones
// by id, then the others.
func (p *pages) each(entity uint32, yield func(h *halfEdge) bool) {
	for _, list := range p.lists(entity) {
		for i := range list {
			if h := &list[i]; h.shown && !yield(h) {
				return
			}
		}
	}
}

// lists are the facts at an entity, the bound ones and the others, in the order of
// their numbers.
func (p *pages) lists(entity uint32) [2][]halfEdge {
	lists := [2][]halfEdge{1: p.more[entity]}
	if int(entity)+1 < len(p.first) {
		lists[0] = p.at[p.first[entity]:p.first[entity+1]]
	}
	return lists
}

// show says at both ends of a fact whether it is shown.
func (p *pages) show(fact uint32, shown bool) {
	for _, end := range [2]uint32{p.facts[fact].subject, p.facts[fact].object} {
		for _, list := range p.lists(end) {
			if i, here := slices.BinarySearchFunc(list, fact, func(h halfEdge, n uint32) int { return cmp.Compare(h.fact, n) }); here {
				list[i].shown = shown
			}
		}
	}
}

func (p *pages) line(f Fact) line {
	l := line{subject: p.numberOf(f.SubjectID), object: p.numberOf(f.ObjectID), sources: uint32(f.Sources), date: dateNumber(f.Date()),
		confidence: uint16(f.Confidence), predicate: predicateNumbers[f.Predicate], rest: p.rests.number(f)}
	if f.Shown {
		l.is |= isShown
	}
	if f.Origin() == Thesaurus {
		l.is |= isThesaurus
	}
	if toldByDate(f) {
		l.is |= isTold
	}
	return l
}

// numberOf numbers an entity, which may not have been seen yet.
func (p *pages) numberOf(id EntityID) uint32 {
	n, here := p.number[id]
	if !here {
		n = uint32(len(p.entities))
		id = EntityID(strings.Clone(string(id)))
		p.entities, p.kinds, p.number[id] = append(p.entities, place{record: &Entity{ID: id}, id: id}), append(p.kinds, 0), n
	}
	return n
}

func (p *pages) putEntity(e Entity) {
	n := p.numberOf(e.ID)
	e.ID, e.Key.Kind = p.entities[n].id, unique.Make(e.Key.Kind).Value() // what is the same is in memory once
	for _, d := range []*Date{&e.Date, &e.FirstSeen, &e.LastSeen} {
		*d = unique.Make(*d).Value()
	}
	here := place{record: &e, id: e.ID, sort: e.Sort, date: dateNumber(e.Date), firstSeen: dateNumber(e.FirstSeen), lastSeen: dateNumber(e.LastSeen), documents: uint32(e.Documents)}
	if e.Key.Kind == Agreement {
		here.agreement = e.AgreementKind()
	}
	p.entities[n], p.kinds[n] = here, kindNumbers[e.Key.Kind]
}

// most is how many facts may have come since the pages were bound.
func (p *pages) most() int { return max(2000, p.bound()/8) }

// changes implements [Surveyor].
type changes struct {
	entities []Entity
	names    map[EntityID][]ChartedName
	facts    []Fact
}

func (c *changes) Entity(e Entity) { c.entities = append(c.entities, e) }

func (c *changes) Name(n ChartedName) {
	if c.names == nil {
		c.names = map[EntityID][]ChartedName{}
	}
	c.names[n.Entity] = append(c.names[n.Entity], n)
}

func (c *changes) Fact(f Fact) { c.facts = append(c.facts, f) }

func (p *pages) nameLine(n ChartedName) nameLine {
	line := nameLine{entity: p.numberOf(n.Entity), class: uint8(n.Class), text: n.Text, sort: n.Sort}
	if e := p.entities[line.entity].record; e.Name == n.Text { // what is the same is in memory once
		line.text, line.sort = e.Name, e.Sort
	}
	return line
}

// change takes in what has changed. An entity that is gone has no kind, documents
// and names, a fact that is gone is not shown.
func (p *pages) change(news changes) {
	for _, e := range news.entities {
		p.putEntity(e)
		var these []nameLine
		for _, n := range news.names[e.ID] {
			these = append(these, p.nameLine(n))
		}
		p.names.replace(p.number[e.ID], these)
	}
	if later := len(p.names.all) - p.names.bound; later > max(2000, p.names.bound/8) {
		p.names = bindNames(p.names.all, p.entities)
	}
	for _, f := range news.facts {
		n, here := p.fact(f.ID)
		switch {
		case !f.Shown && here:
			p.facts[n].is = 0
			p.show(n, false)
		case !f.Shown:
		case here:
			p.facts[n] = p.line(f)
			p.show(n, true)
		default:
			l, n := p.line(f), uint32(len(p.facts))
			p.facts, p.later, p.found[f.ID] = append(p.facts, l), append(p.later, f.ID), n
			subject, object := l.halves(n)
			p.more[l.subject], p.more[l.object] = append(p.more[l.subject], subject), append(p.more[l.object], object)
		}
	}
	if len(p.later) > p.most() {
		p.rebind()
	}
}

// rebind binds the pages anew, without the facts that are gone.
func (p *pages) rebind() {
	b, held := &binder{pages: p}, p.rests
	p.rests = rests{}
	for i, l := range p.facts {
		if l.is&isShown != 0 {
			l.rest = p.rests.add(held.all[l.rest])
			b.loose = append(b.loose, loose{p.id(uint32(i)), l})
		}
	}
	b.bindFacts()
}

// numbers are the entities of these ids that there are, each once, in order.
func (p *pages) numbers(ids []EntityID) []uint32 {
	numbers := make([]uint32, 0, len(ids))
	for _, id := range ids {
		if n, here := p.number[id]; here {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

func (p *pages) edge(n uint32) Edge {
	l := &p.facts[n]
	return Edge{ID: p.id(n), Predicate: Predicates[l.predicate], SubjectID: p.entities[l.subject].id, ObjectID: p.entities[l.object].id, Sources: int(l.sources)}
}
