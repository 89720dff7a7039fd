package graph

import (
	"context"
	"maps"
	"slices"
)

// settle decides what the records show, once all contributions are counted.
func (f *folding) settle(ctx context.Context) error {
	f.alias()
	if err := f.settleNames(ctx); err != nil {
		return err
	}
	if err := f.reveal(ctx); err != nil {
		return err
	}
	for _, r := range f.facts {
		f.settleFact(&r.is)
	}
	return nil
}

// stands tells whether anything supports the entity.
func (e Entity) stands() bool { return e.Documents > 0 || e.Vocabulary > 0 }

// stands tells whether anything supports the fact.
func (f Fact) stands() bool { return f.Sources > 0 || f.Vocabulary > 0 }

// stands tells whether anything gives the name.
func (n Name) stands() bool { return n.Documents > 0 || n.Vocabulary > 0 || n.Decisions > 0 }

// alias counts the ALIAS decisions of every entity that is there; those of one
// that is not sleep.
func (f *folding) alias() {
	for id, r := range f.entities {
		for text := range f.before.aliases[id] {
			f.nameRecord(Name{Entity: id, Text: text, Class: ShortName}.ID(), Name{Entity: id, Text: text, Class: ShortName}).Decisions = 0
		}
		for text, n := range f.after.aliases[id] {
			name := f.nameRecord(Name{Entity: id, Text: text, Class: ShortName}.ID(), Name{Entity: id, Text: text, Class: ShortName})
			name.Decisions = 0
			if r.is.stands() {
				name.Decisions = n
			}
		}
	}
}

// settleNames writes the names, so that the next best can be looked up, and
// lets them compete for what their entities are called.
func (f *folding) settleNames(ctx context.Context) error {
	var put []Name
	var gone []string
	for _, id := range slices.Sorted(maps.Keys(f.names)) {
		n := f.names[id]
		switch {
		case n.is.stands() && n.is != n.was:
			put = append(put, n.is)
		case !n.is.stands() && n.existed:
			gone = append(gone, id)
		}
		f.competeName(n)
	}
	if err := f.ledger.RemoveNames(ctx, gone); err != nil {
		return err
	}
	if err := f.ledger.PutNames(ctx, put); err != nil {
		return err
	}
	winners, err := f.winners(ctx)
	if err != nil {
		return err
	}
	for seat := range f.seats {
		e := &f.entities[EntityID(seat.ID)].is
		if seat.Of == NameSeat {
			e.Ranks.Name = winners[seat]
		} else {
			e.Ranks.Acronym = winners[seat]
		}
	}
	clear(f.seats)
	for _, r := range f.entities {
		r.is.Name, r.is.Acronym = nameOf(r.is.Ranks.Name), nameOf(r.is.Ranks.Acronym)
		r.is.Sort = Fold(r.is.Name)
	}
	return nil
}

// competeName lets one name compete, or vacates the seats that it held.
func (f *folding) competeName(n *record[Name]) {
	if n.is.Entity == "" {
		return
	}
	e, rank := f.entities[n.is.Entity], n.is.Rank()
	if e == nil {
		return
	}
	if !n.is.stands() {
		f.vacate(NameSeat, string(n.is.Entity), rank == e.is.Ranks.Name)
		f.vacate(AcronymSeat, string(n.is.Entity), rank == e.is.Ranks.Acronym)
		return
	}
	e.is.Ranks.Name = least(e.is.Ranks.Name, rank)
	if n.is.Class == AcronymName {
		e.is.Ranks.Acronym = least(e.is.Ranks.Acronym, rank)
	}
}

// reveal loads the vocabulary's facts at entities that come into sight or leave
// it, with their other ends: they are shown when both ends are mentioned.
func (f *folding) reveal(ctx context.Context) error {
	facts, ends := map[FactID]Predicate{}, map[EntityID]bool{}
	for id, r := range f.entities {
		if (r.was.Documents > 0) == (r.is.Documents > 0) {
			continue
		}
		for _, fact := range f.vocabulary.factsAt(f.after, id) {
			facts[fact.ID] = fact.Predicate
			ends[fact.SubjectID], ends[fact.ObjectID] = true, true
		}
	}
	if len(facts) == 0 {
		return nil
	}
	if err := f.loadFacts(ctx, facts); err != nil {
		return err
	}
	return f.loadEntities(ctx, ends)
}

// settleFact decides what one fact shows.
func (f *folding) settleFact(fact *Fact) {
	fact.Qualifiers = fact.Ranks.Qualifiers()
	fact.Confidence = fact.Ranks.confidence()
	if fact.Sources == 0 && fact.Vocabulary > 0 {
		fact.Confidence = 1000
	}
	fact.Review = f.after.Review(fact.ID)
	fact.Shown = fact.Review != Rejected && (fact.Sources > 0 ||
		fact.Vocabulary > 0 && f.mentioned(fact.SubjectID) && f.mentioned(fact.ObjectID))
}

func (f *folding) mentioned(id EntityID) bool {
	r := f.entities[id]
	return r != nil && r.is.Documents > 0
}

// write puts the records into the store: entities before the facts that join
// them, dates once the facts stand, and what nothing supports goes last.
func (f *folding) write(ctx context.Context, removed, added []Rows) error {
	f.competeDates()
	if err := f.ledger.PutEntities(ctx, f.standingEntities()); err != nil {
		return err
	}
	if err := f.ledger.PutRows(ctx, added); err != nil {
		return err
	}
	if err := f.writeFacts(ctx); err != nil {
		return err
	}
	if err := f.redate(ctx); err != nil {
		return err
	}
	var gone []EntityID
	for _, id := range slices.Sorted(maps.Keys(f.entities)) {
		if r := f.entities[id]; r.existed && !r.is.stands() {
			gone = append(gone, id)
		}
	}
	if err := f.ledger.RemoveEntities(ctx, gone); err != nil {
		return err
	}
	f.count(removed, -1)
	f.count(added, 1)
	f.head.Facts, f.head.Entities = countersOf(f.head.Facts), countersOf(f.head.Entities)
	return f.ledger.PutHead(ctx, f.head)
}

func (f *folding) standingEntities() []Entity {
	var put []Entity
	for _, id := range slices.Sorted(maps.Keys(f.entities)) {
		if r := f.entities[id]; r.is.stands() && f.changedEntity(r) {
			put = append(put, r.is)
		}
	}
	return put
}

// competeDates lets every changed fact compete for the date of its agreement or
// event, or vacates the seat that it held.
func (f *folding) competeDates() {
	for _, r := range f.facts {
		if id, rank, dated := r.was.Dates(); dated {
			isID, isRank, still := r.is.Dates()
			still = still && r.is.stands() && isID == id && isRank == rank
			if e := f.entities[id]; e != nil {
				f.vacate(DatedSeat, string(id), !still && rank == e.was.Ranks.Dated)
			}
		}
	}
	for _, r := range f.facts {
		if id, rank, dated := r.is.Dates(); dated && r.is.stands() {
			if e := f.entities[id]; e != nil {
				e.is.Ranks.Dated = least(e.is.Ranks.Dated, rank)
			}
		}
	}
	for _, r := range f.entities {
		r.is.Date = datedOf(r.is.Ranks.Dated)
	}
}

func (f *folding) writeFacts(ctx context.Context) error {
	var put []Fact
	var gone []FactRef
	for _, id := range slices.Sorted(maps.Keys(f.facts)) {
		r := f.facts[id]
		switch {
		case r.is.stands() && !sameFact(r.was, r.is):
			put = append(put, r.is)
		case !r.is.stands() && r.existed:
			gone = append(gone, FactRef{id, r.is.Predicate})
		}
		if r.existed && r.was.Shown {
			f.head.Facts[r.was.Predicate]--
		}
		if r.is.stands() && r.is.Shown {
			f.head.Facts[r.is.Predicate]++
		}
	}
	if err := f.ledger.RemoveFacts(ctx, gone); err != nil {
		return err
	}
	return f.ledger.PutFacts(ctx, put)
}

func sameFact(a, b Fact) bool {
	return a.ID == b.ID && a.Sources == b.Sources && a.Vocabulary == b.Vocabulary && a.Review == b.Review && a.Shown == b.Shown &&
		a.Ranks.Confidence == b.Ranks.Confidence && a.Confidence == b.Confidence && maps.Equal(a.Ranks.Of, b.Ranks.Of)
}

// redate looks up the dates of agreements and events whose winner left.
func (f *folding) redate(ctx context.Context) error {
	winners, err := f.winners(ctx)
	if err != nil {
		return err
	}
	var put []Entity
	for _, id := range slices.Sorted(maps.Keys(f.entities)) {
		r := f.entities[id]
		if rank := winners[Seat{DatedSeat, string(id)}]; f.seats[Seat{DatedSeat, string(id)}] && r.is.stands() && rank != r.is.Ranks.Dated {
			r.is.Ranks.Dated, r.is.Date = rank, datedOf(rank)
			put = append(put, r.is)
		}
	}
	clear(f.seats)
	return f.ledger.PutEntities(ctx, put)
}

// count keeps the counters that Statistics shows.
func (f *folding) count(rows []Rows, by int) {
	for _, r := range rows {
		f.head.Sentences += by * len(r.Sentences)
		f.head.Evidence += by * len(r.Evidence)
		if !r.Document.Withdrawn {
			f.head.Documents += by
		}
	}
	if by < 0 {
		return
	}
	for _, r := range f.entities {
		if r.existed && r.was.Documents > 0 {
			f.head.Entities[r.was.Key.Kind]--
		}
		if r.is.Documents > 0 {
			f.head.Entities[r.is.Key.Kind]++
		}
	}
}
