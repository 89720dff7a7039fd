package graph

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// DecisionKind is what a person can decide.
type DecisionKind string

// The decisions. Undoing one takes it out of the set, and the graph is what the
// remaining ones make of the documents.
const (
	// Same: two keys are one entity.
	Same DecisionKind = "SAME"
	// Distinct: two keys are not one entity, whatever SAME decisions would join.
	Distinct DecisionKind = "DISTINCT"
	// Reassign: the mentions of Key in these documents are Other: a split.
	Reassign DecisionKind = "REASSIGN"
	// Alias: the entity is also called Text.
	Alias DecisionKind = "ALIAS"
	// ReviewFact: the fact is confirmed or rejected.
	ReviewFact DecisionKind = "REVIEW"
)

// Decision is what one person said about the graph. It names keys, never
// records, so that it outlives them; the witness is the place in a text that
// made the person say it.
type Decision struct {
	ID        DecisionID   `json:"id"`
	Kind      DecisionKind `json:"decision"`
	Key       Key          `json:"key,omitzero"`
	Other     Key          `json:"other,omitzero"`      // SAME, DISTINCT, REASSIGN
	Documents []DocumentID `json:"documents,omitempty"` // REASSIGN
	Text      string       `json:"text,omitempty"`      // ALIAS
	Fact      FactKey      `json:"fact,omitzero"`       // REVIEW
	Review    Review       `json:"review,omitempty"`
	Witness   Witness      `json:"witness,omitzero"` // of Key, or of the fact
	Author    string       `json:"author"`
	At        time.Time    `json:"at"`
	Reason    string       `json:"reason,omitempty"`

	OtherWitness Witness `json:"otherWitness,omitzero"` // of Other: SAME, DISTINCT

	// What follows is derived: the store finds it out, whatever a caller says.

	Found  Found `json:"found,omitzero"`
	Asleep bool  `json:"-"` // it is about nothing at present; told by ListDecisions
}

// FactKey names a fact by what documents say, before any decision.
type FactKey struct {
	Predicate Predicate `json:"predicate"`
	Subject   Key       `json:"subject"`
	Object    Key       `json:"object"`
	Tell      string    `json:"tell,omitempty"`
}

// NewDecisionID is the id of a decision: what it says, on what ground, who said
// it and when. Every field is in it: of two that differ in one, none may be lost
// because the other came first.
func NewDecisionID(d Decision) DecisionID {
	docs := ""
	for _, id := range slices.Sorted(slices.Values(d.Documents)) {
		docs += string(id)
	}
	return DecisionID(hash("c", string(d.Kind), string(d.Key.ID()), string(d.Other.ID()), docs, d.Text,
		string(d.Fact.Predicate), string(d.Fact.Subject.ID()), string(d.Fact.Object.ID()), d.Fact.Tell, string(d.Review),
		d.Witness.said(), d.Author, d.At.UTC().Format(time.RFC3339Nano), d.Reason, d.OtherWitness.said()))
}

// written is the decision as a store keeps it. What [NewDecisionID] does not tell
// apart must not differ: else the dump would show which of two came first.
func (d Decision) written() Decision {
	d.Documents = slices.Sorted(slices.Values(d.Documents))
	d.At = d.At.UTC()
	d.ID = NewDecisionID(d)
	return d
}

func (w Witness) said() string {
	if w == (Witness{}) {
		return ""
	}
	return hash("w", string(w.Document), w.Hash, strconv.Itoa(w.Span.Start), strconv.Itoa(w.Span.End), w.Quote)
}

// Validate tells what is missing from a decision.
func (d Decision) Validate() error {
	keyed := func(keys ...Key) bool {
		return !slices.ContainsFunc(keys, func(k Key) bool { return !k.Kind.Valid() || k.Text == "" })
	}
	if err := d.bounded(); err != nil {
		return err
	}
	ok := d.Author != "" && !d.At.IsZero() && 0 <= d.At.UTC().Year() && d.At.UTC().Year() <= 9999
	switch d.Kind {
	case Same, Distinct:
		ok = ok && keyed(d.Key, d.Other) && d.Key.Kind == d.Other.Kind && d.Key != d.Other
	case Reassign:
		ok = ok && keyed(d.Key, d.Other) && d.Key.Kind == d.Other.Kind && len(d.Documents) > 0
	case Alias:
		ok = ok && keyed(d.Key) && d.Text != ""
	case ReviewFact:
		ok = ok && keyed(d.Fact.Subject, d.Fact.Object) && d.Fact.Predicate.Valid() && (d.Review == Confirmed || d.Review == Rejected)
	default:
		ok = false
	}
	if !ok {
		return Errorf(Invalid, "decision %s is incomplete or contradicts itself", d.Kind).
			WithHint("it needs an author, a time, and keys of one kind (or a fact and a review)")
	}
	return nil
}

// What a decision may hold at most.
const (
	maxReason    = 16 << 10 // bytes of a reason or a quote
	maxReassigns = 10000    // documents of a REASSIGN
)

// bounded tells which of its texts is too long, or is no text.
func (d Decision) bounded() error {
	texts := []string{d.Text, string(d.Fact.Predicate), d.Fact.Tell, string(d.Review), d.Author}
	for _, k := range []Key{d.Key, d.Other, d.Fact.Subject, d.Fact.Object} {
		texts = append(texts, string(k.Kind), k.Text)
	}
	for _, w := range []Witness{d.Witness, d.OtherWitness} {
		texts = append(texts, string(w.Document), w.Hash)
	}
	for _, id := range d.Documents {
		texts = append(texts, string(id))
	}
	for _, text := range texts {
		if len(text) > MaxName || !clean(text) {
			return Errorf(Invalid, "decision %s: %q is longer than %d bytes or not clean UTF-8", d.Kind, clip(text), MaxName)
		}
	}
	for _, text := range []string{d.Reason, d.Witness.Quote, d.OtherWitness.Quote} {
		if len(text) > maxReason || !clean(text) {
			return Errorf(Invalid, "decision %s: its reason or quote is longer than %d bytes or not clean UTF-8", d.Kind, maxReason)
		}
	}
	if len(d.Documents) > maxReassigns {
		return Errorf(Invalid, "decision %s names %d documents, more than %d", d.Kind, len(d.Documents), maxReassigns)
	}
	return nil
}

// Resolution is the fold of all decisions: which entity a key stands for. It
// depends on the set of decisions and never on their order.
type Resolution struct {
	joined   map[Key]Key                 // every key that a SAME moved, to the least key of its group
	moved    map[DocumentID]map[Key]Key  // REASSIGN
	aliases  map[EntityID]map[string]int // of the resolved entity: how many decisions give each alias
	reviews  map[FactID]Review
	resolves map[EntityID]EntityID // old ids to what they became
	groups   map[EntityID][]Key    // of a joined entity: its keys
}

// Resolve folds decisions: REASSIGN first; SAMEs in order of their id, each
// skipped where it would join a DISTINCT pair; the joined entity bears the
// least key, the gazetteer's first; REVIEW last, the one with the greatest id.
func Resolve(decisions []Decision) *Resolution {
	sorted := slices.SortedFunc(slices.Values(decisions), func(a, b Decision) int { return cmp.Compare(a.ID, b.ID) })
	for i, d := range sorted {
		sorted[i] = d.standing()
	}
	r := &Resolution{joined: map[Key]Key{}, moved: map[DocumentID]map[Key]Key{}, aliases: map[EntityID]map[string]int{},
		reviews: map[FactID]Review{}, resolves: map[EntityID]EntityID{}, groups: map[EntityID][]Key{}}
	r.join(sorted)
	for _, d := range sorted {
		switch d.Kind {
		case Reassign:
			for _, doc := range d.Documents {
				if r.moved[doc] == nil {
					r.moved[doc] = map[Key]Key{}
				}
				r.moved[doc][d.Key] = d.Other
			}
		case Alias:
			id := r.Key("", d.Key).ID()
			if r.aliases[id] == nil {
				r.aliases[id] = map[string]int{}
			}
			r.aliases[id][d.Text]++
		case ReviewFact:
			r.reviews[r.fact(d.Fact)] = d.Review
		}
	}
	return r
}

// join makes the groups of the SAME decisions.
func (r *Resolution) join(sorted []Decision) {
	group := map[Key][]Key{} // by member: the whole group, least key first
	members := func(k Key) []Key {
		if g, grouped := group[k]; grouped {
			return g
		}
		return []Key{k}
	}
	distinct := map[[2]Key]bool{}
	for _, d := range sorted {
		if d.Kind == Distinct {
			distinct[[2]Key{d.Key, d.Other}], distinct[[2]Key{d.Other, d.Key}] = true, true
		}
	}
	for _, d := range sorted {
		a, b := members(d.Key), members(d.Other)
		if d.Kind != Same || slices.Contains(a, d.Other) || anyPair(a, b, distinct) {
			continue
		}
		whole := slices.SortedFunc(slices.Values(slices.Concat(a, b)), compareKeys)
		for _, k := range whole {
			group[k] = whole
		}
	}
	for k, g := range group {
		r.joined[k] = g[0]
		r.resolves[k.ID()] = g[0].ID()
		r.groups[g[0].ID()] = g
	}
}

func anyPair(a, b []Key, distinct map[[2]Key]bool) bool {
	for _, x := range a {
		for _, y := range b {
			if distinct[[2]Key{x, y}] {
				return true
			}
		}
	}
	return false
}

// compareKeys puts the gazetteer's keys first, then orders by text.
func compareKeys(a, b Key) int {
	return cmp.Or(compareBool(b.FromGazetteer(), a.FromGazetteer()), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text))
}

// Key is what a key stands for in a document.
func (r *Resolution) Key(doc DocumentID, k Key) Key {
	if other, moved := r.moved[doc][k]; moved {
		k = other
	}
	if least, joined := r.joined[k]; joined {
		return least
	}
	return k
}

// ID is what an entity's id resolves to: itself, unless it was joined to another.
func (r *Resolution) ID(id EntityID) EntityID {
	if to, joined := r.resolves[id]; joined {
		return to
	}
	return id
}

// keys are the keys that decisions joined into an entity.
func (r *Resolution) keys(id EntityID) []Key { return r.groups[id] }

// Review is what was last said of a fact.
func (r *Resolution) Review(id FactID) Review { return r.reviews[id] }

func (r *Resolution) fact(k FactKey) FactID {
	return NewFactID(k.Predicate, r.Key("", k.Subject).ID(), r.Key("", k.Object).ID(), k.Tell)
}

// About are the ids of what a decision is about, as documents show it now: the
// entity and the other one, or the fact.
func (r *Resolution) About(d Decision) (entity, other EntityID, fact FactID) {
	d = d.standing()
	switch d.Kind {
	case ReviewFact:
		return "", "", r.fact(d.Fact)
	case Alias:
		return r.Key("", d.Key).ID(), "", ""
	}
	return r.Key("", d.Key).ID(), r.Key("", d.Other).ID(), ""
}

// changedKeys lists the keys that two resolutions see differently wherever they
// stand, and the documents in which a key that either reassigns stands for another entity.
func changedKeys(a, b *Resolution) (keys []Key, documents []DocumentID) {
	for _, pair := range [][2]*Resolution{{a, b}, {b, a}} {
		for k := range pair[0].joined {
			if pair[0].Key("", k) != pair[1].Key("", k) {
				keys = append(keys, k)
			}
		}
		for doc, moves := range pair[0].moved {
			for k := range moves { // moved otherwise, or to a key that is joined otherwise
				if pair[0].Key(doc, k) != pair[1].Key(doc, k) {
					documents = append(documents, doc)
					break
				}
			}
		}
	}
	slices.Sort(documents)
	return keys, slices.Compact(documents)
}
