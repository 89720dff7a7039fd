package graph

import (
	"cmp"
	"context"
	"maps"
	"reflect"
	"slices"
)

// folding carries one write through a [Ledger]: it takes rows out and puts rows in,
// and changes the records that are folds over them. A record is only ever
// compared with what joins it and, where its winner left, with the next one by
// index: so the cost follows the documents and never how much hangs on a record.
type folding struct {
	ledger     Ledger
	vocabulary *vocabularyIndex
	vouched    *vocabularyIndex // what stands in the store; nil before the vocabulary is first written
	before     *Resolution      // what the removed rows were made with
	after      *Resolution

	entities map[EntityID]*record[Entity]
	names    map[string]*record[Name]
	facts    map[FactID]*record[Fact]
	seats    map[Seat]bool // whose winner left
	head     Statistics
}

// record is one record as it was and as it becomes.
type record[T any] struct {
	was, is T
	existed bool
}

func newFolding(ledger Ledger, v *vocabularyIndex, before, after *Resolution) *folding {
	return &folding{ledger: ledger, vocabulary: v, vouched: v, before: before, after: after, entities: map[EntityID]*record[Entity]{},
		names: map[string]*record[Name]{}, facts: map[FactID]*record[Fact]{}, seats: map[Seat]bool{}}
}

// contribution is what a document or a vocabulary record adds to each record it
// touches: once, however often it says so.
type contribution struct {
	entities map[EntityID]Key
	seen     map[EntityID]Date
	names    map[string]Name // without counts
	facts    map[FactID]Fact // without counts
	evidence []EvidenceRow
}

// contributionOf counts what rows contribute. A form that the vocabulary gives
// an entity has the vocabulary's class, whatever a document takes it for.
func contributionOf(rows Rows, v *vocabularyIndex, r *Resolution) contribution {
	c := contribution{entities: map[EntityID]Key{}, seen: map[EntityID]Date{}, names: map[string]Name{}, facts: map[FactID]Fact{}}
	for _, m := range rows.Mentions {
		c.entities[m.Entity], c.seen[m.Entity] = m.Key, m.Seen
		known := v.classes(r, m.Entity)
		for _, n := range m.Names {
			if class, given := known[n.Text]; given {
				n.Class = class
			}
			c.name(Name{Entity: m.Entity, Text: n.Text, Class: n.Class})
		}
		if m.Acronym != "" {
			c.name(Name{Entity: m.Entity, Text: m.Acronym, Class: AcronymName})
		}
	}
	for _, e := range rows.Evidence {
		if e.Fact == "" {
			continue
		}
		c.evidence = append(c.evidence, e)
		c.facts[e.Fact] = Fact{ID: e.Fact, Predicate: e.Predicate, SubjectID: e.SubjectID, ObjectID: e.ObjectID, Tell: e.Tell}
	}
	return c
}

func (c contribution) name(n Name) { c.names[n.ID()] = n }

// run takes removed out and puts added in; moved are the keys that decisions
// resolve differently before and after, reviewed the facts whose review may change.
func (f *folding) run(ctx context.Context, removed, added []Rows, moved []Key, reviewed []FactRef) error {
	out, in := make([]contribution, len(removed)), make([]contribution, len(added))
	for i, rows := range removed {
		out[i] = contributionOf(rows, f.vocabulary, f.before)
	}
	for i, rows := range added {
		in[i] = contributionOf(rows, f.vocabulary, f.after)
	}
	vocabularyOut, vocabularyIn := f.vouched.contributions(f.before, moved), f.vocabulary.contributions(f.after, moved)
	if err := f.load(ctx, slices.Concat(out, in, vocabularyOut, vocabularyIn), moved, reviewed); err != nil {
		return err
	}
	for _, c := range out {
		f.subtract(c)
	}
	for _, c := range vocabularyOut {
		f.vouch(c, -1)
	}
	if err := f.ledger.RemoveRows(ctx, documentIDs(removed)); err != nil {
		return err
	}
	if err := f.refill(ctx); err != nil {
		return err
	}
	for _, c := range in {
		f.add(c)
	}
	for _, c := range vocabularyIn {
		f.vouch(c, 1)
	}
	f.identify(moved)
	if err := f.settle(ctx); err != nil {
		return err
	}
	return f.write(ctx, removed, added)
}

func documentIDs(rows []Rows) []DocumentID {
	ids := make([]DocumentID, len(rows))
	for i, r := range rows {
		ids[i] = r.Document.ID
	}
	return ids
}

// load reads every record that the contributions touch.
func (f *folding) load(ctx context.Context, all []contribution, moved []Key, reviewed []FactRef) error {
	entities, names, facts := map[EntityID]bool{}, map[string]bool{}, map[FactID]Predicate{}
	for _, c := range all {
		for id := range c.entities {
			entities[id] = true
		}
		for id := range c.names {
			names[id] = true
		}
		for id, fact := range c.facts {
			facts[id] = fact.Predicate
			entities[fact.SubjectID], entities[fact.ObjectID] = true, true
		}
	}
	for _, k := range moved {
		entities[f.before.Key("", k).ID()], entities[f.after.Key("", k).ID()] = true, true
	}
	for _, ref := range reviewed {
		facts[ref.ID] = ref.Predicate
	}
	for id := range entities {
		for _, r := range []*Resolution{f.before, f.after} {
			for text := range r.aliases[id] {
				names[Name{Entity: id, Text: text, Class: ShortName}.ID()] = true
			}
		}
	}
	var err error
	if f.head, err = f.ledger.Head(ctx); err != nil {
		return err
	}
	f.head.Facts, f.head.Entities = countersOf(f.head.Facts), countersOf(f.head.Entities)
	if err := f.loadFacts(ctx, facts); err != nil {
		return err
	}
	for _, r := range f.facts { // a reviewed fact may date an agreement that nothing else touches
		if r.existed {
			entities[r.was.SubjectID], entities[r.was.ObjectID] = true, true
		}
	}
	if err := f.loadEntities(ctx, entities); err != nil {
		return err
	}
	ids := slices.Sorted(maps.Keys(names))
	stored, err := f.ledger.Names(ctx, ids)
	if err != nil {
		return err
	}
	loadRecords(f.names, ids, stored)
	return nil
}

// countersOf is a map that can be counted in, without what had come to nothing.
func countersOf[K comparable](m map[K]int) map[K]int {
	if m == nil {
		return map[K]int{}
	}
	maps.DeleteFunc(m, func(_ K, n int) bool { return n == 0 })
	return m
}

func (f *folding) loadEntities(ctx context.Context, want map[EntityID]bool) error {
	maps.DeleteFunc(want, func(id EntityID, _ bool) bool { return f.entities[id] != nil })
	ids := slices.Sorted(maps.Keys(want))
	stored, err := f.ledger.Entities(ctx, ids)
	if err != nil {
		return err
	}
	loadRecords(f.entities, ids, stored)
	return nil
}

func (f *folding) loadFacts(ctx context.Context, want map[FactID]Predicate) error {
	var refs []FactRef
	var ids []FactID
	for _, id := range slices.Sorted(maps.Keys(want)) {
		if f.facts[id] == nil {
			refs, ids = append(refs, FactRef{id, want[id]}), append(ids, id)
		}
	}
	stored, err := f.ledger.Facts(ctx, refs)
	if err != nil {
		return err
	}
	loadRecords(f.facts, ids, stored)
	for _, id := range ids { // was and is must not share the map
		r := f.facts[id]
		r.is.Ranks.Of = maps.Clone(r.was.Ranks.Of)
	}
	return nil
}

func loadRecords[ID comparable, T any](into map[ID]*record[T], ids []ID, stored map[ID]T) {
	for _, id := range ids {
		was, existed := stored[id]
		into[id] = &record[T]{was: was, is: was, existed: existed}
	}
}

// subtract takes one document's contribution off the records.
func (f *folding) subtract(c contribution) {
	for id := range c.entities {
		e := &f.entities[id].is
		e.Documents--
		if seen := c.seen[id]; seen != "" {
			f.vacate(FirstSeat, string(id), seen == e.FirstSeen)
			f.vacate(LastSeat, string(id), seen == e.LastSeen)
		}
	}
	for id := range c.names {
		f.names[id].is.Documents--
	}
	for id := range c.facts {
		f.facts[id].is.Sources--
	}
	for _, row := range c.evidence {
		held := f.facts[row.Fact].is.Ranks
		ranks := RanksOf(row.Evidence)
		f.vacate(ConfidenceSeat, string(row.Fact), ranks.Confidence == held.Confidence)
		for q, rank := range ranks.Of {
			f.vacate(SeatKind(q), string(row.Fact), rank == held.Of[q])
		}
	}
}

func (f *folding) vacate(of SeatKind, id string, won bool) {
	if won {
		f.seats[Seat{of, id}] = true
	}
}

// refill asks who wins the seats whose winners left, now that their rows are gone.
func (f *folding) refill(ctx context.Context) error {
	winners, err := f.winners(ctx)
	if err != nil {
		return err
	}
	for seat := range f.seats {
		rank := winners[seat]
		switch seat.Of {
		case FirstSeat:
			f.entities[EntityID(seat.ID)].is.FirstSeen = Date(rank)
		case LastSeat:
			f.entities[EntityID(seat.ID)].is.LastSeen = Date(rank)
		case ConfidenceSeat:
			f.facts[FactID(seat.ID)].is.Ranks.Confidence = rank
		default:
			setRank(f.facts[FactID(seat.ID)].is.Ranks.Of, Qualifier(seat.Of), rank)
		}
	}
	clear(f.seats)
	return nil
}

func (f *folding) winners(ctx context.Context) (map[Seat]string, error) {
	if len(f.seats) == 0 {
		return nil, nil
	}
	seats := slices.SortedFunc(maps.Keys(f.seats), func(a, b Seat) int { return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(a.ID, b.ID)) })
	return f.ledger.Winners(ctx, seats)
}

func setRank(of map[Qualifier]string, q Qualifier, rank string) {
	if rank == "" {
		delete(of, q)
		return
	}
	of[q] = rank
}

// add lets one document's contribution count and compete.
func (f *folding) add(c contribution) {
	for id, key := range c.entities {
		e := &f.entities[id].is
		e.ID, e.Key = id, key
		e.Documents++
		if seen := c.seen[id]; seen != "" {
			e.FirstSeen = Date(least(string(e.FirstSeen), string(seen)))
			e.LastSeen = max(e.LastSeen, seen)
		}
	}
	for id, n := range c.names {
		f.nameRecord(id, n).Documents++
	}
	for id, fact := range c.facts {
		f.factRecord(id, fact).Sources++
	}
	for _, row := range c.evidence {
		f.facts[row.Fact].is.Ranks.add(row.Evidence)
	}
}

// vouch lets the vocabulary's contribution count, or no longer count.
func (f *folding) vouch(c contribution, by int) {
	for id, key := range c.entities {
		e := &f.entities[id].is
		e.ID, e.Key = id, key
		e.Vocabulary += by
	}
	for id, n := range c.names {
		f.nameRecord(id, n).Vocabulary += by
	}
	for id, fact := range c.facts {
		f.factRecord(id, fact).Vocabulary += by
	}
}

func (f *folding) nameRecord(id string, n Name) *Name {
	is := &f.names[id].is
	is.Entity, is.Text, is.Class = n.Entity, n.Text, n.Class
	return is
}

func (f *folding) factRecord(id FactID, fact Fact) *Fact {
	is := &f.facts[id].is
	is.ID, is.Predicate, is.SubjectID, is.ObjectID, is.Tell = id, fact.Predicate, fact.SubjectID, fact.ObjectID, fact.Tell
	return is
}

// identify gives the entities of moved vocabulary keys the identifiers of all
// records that stand for them.
func (f *folding) identify(moved []Key) {
	for _, k := range moved {
		for _, r := range []*Resolution{f.before, f.after} {
			if e := f.entities[r.Key("", k).ID()]; e != nil {
				e.is.Identifiers = f.vocabulary.identifiers(f.after, e.is.ID)
			}
		}
	}
}

func (f *folding) changedEntity(r *record[Entity]) bool {
	return !r.existed || !reflect.DeepEqual(r.was, r.is)
}
