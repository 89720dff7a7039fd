package graph

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// Witness is the stretch of a text that a decision rests on. When what the
// decision names is gone, because its document says otherwise now or is read
// otherwise, the quote finds it again.
type Witness struct {
	Document DocumentID `json:"document"`
	Hash     string     `json:"hash"` // of the revision that was read
	Span     Span       `json:"span"`
	Quote    string     `json:"quote"`
}

// Found is what a decision stands for while what it names is in no document: that
// which its witnesses show. A part that is zero stands for itself.
type Found struct {
	Key   Key     `json:"key,omitzero"`
	Other Key     `json:"other,omitzero"`
	Fact  FactKey `json:"fact,omitzero"`
}

// MentionRef names a key as documents have it, before any decision; with a
// document, in that one alone.
type MentionRef struct {
	Key      EntityID
	Document DocumentID
}

// standing is the decision with what was found in the place of what is gone.
func (d Decision) standing() Decision {
	for _, part := range []struct{ named, found *Key }{{&d.Key, &d.Found.Key}, {&d.Other, &d.Found.Other}} {
		if *part.found != (Key{}) {
			*part.named = *part.found
		}
	}
	if d.Found.Fact != (FactKey{}) {
		d.Fact = d.Found.Fact
	}
	return d
}

// named are the mentions without which the decision is about nothing: all of
// each group are gone, or the group is there. A split names its mentions in its
// documents; what they become need be nowhere else.
func (d Decision) named() [][]MentionRef {
	anywhere := func(keys ...Key) (groups [][]MentionRef) {
		for _, k := range keys {
			groups = append(groups, []MentionRef{{Key: k.ID()}})
		}
		return groups
	}
	switch d.Kind {
	case Same, Distinct:
		return anywhere(d.Key, d.Other)
	case Reassign:
		refs := make([]MentionRef, len(d.Documents))
		for i, doc := range d.Documents {
			refs[i] = MentionRef{d.Key.ID(), doc}
		}
		return [][]MentionRef{refs}
	case ReviewFact:
		return anywhere(d.Fact.Subject, d.Fact.Object)
	}
	return anywhere(d.Key)
}

// witnesses are those of each group of what is named.
func (d Decision) witnesses() []Witness {
	if d.Kind == Same || d.Kind == Distinct {
		return []Witness{d.Witness, d.OtherWitness}
	}
	if d.Kind == ReviewFact {
		return []Witness{d.Witness, d.Witness}
	}
	return []Witness{d.Witness}
}

// bind looks for what each decision names, and through its witnesses for what is
// gone. It depends on the documents and the vocabulary alone.
func (b *Bookkeeper) bind(ctx context.Context, ledger Ledger, decisions []Decision) ([]Decision, error) {
	bound := slices.Clone(decisions)
	here, err := b.here(ctx, ledger.Mentioned, decisions)
	if err != nil {
		return nil, err
	}
	read := map[DocumentID]Rows{}
	for i, d := range decisions {
		bound[i].Found = Found{}
		for part, gone := range here.gone(d) {
			if w := d.witnesses()[part]; gone && w.Quote != "" {
				read[w.Document] = Rows{}
			}
		}
	}
	rows, err := ledger.Rows(ctx, slices.Sorted(maps.Keys(read)))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		read[r.Document.ID] = r
	}
	for i, d := range decisions {
		bound[i].Found = find(d, here.gone(d), read)
	}
	return bound, nil
}

// find asks the witnesses of a decision for the parts of it that are gone.
func find(d Decision, gone []bool, read map[DocumentID]Rows) (found Found) {
	if d.Kind == ReviewFact {
		if gone[0] || gone[1] {
			found.Fact = read[d.Witness.Document].statedAt(d.Witness, d.Fact.Predicate)
		}
		return found
	}
	if gone[0] {
		found.Key = read[d.Witness.Document].mentionedAt(d.Witness, d.Key.Kind)
	}
	if len(gone) > 1 && gone[1] {
		found.Other = read[d.OtherWitness.Document].mentionedAt(d.OtherWitness, d.Other.Kind)
	}
	return found
}

// presence tells which mentions there are.
type presence map[MentionRef]bool

// here asks which of the mentions that decisions name there are; the
// vocabulary's are always there, but in no document.
func (b *Bookkeeper) here(ctx context.Context, mentioned func(context.Context, []MentionRef) (map[MentionRef]bool, error), decisions []Decision) (presence, error) {
	ask := map[MentionRef]bool{}
	for _, d := range decisions {
		for _, group := range d.named() {
			for _, ref := range group {
				ask[ref] = true
			}
		}
	}
	refs := slices.SortedFunc(maps.Keys(ask), func(a, b MentionRef) int {
		return strings.Compare(string(a.Key)+string(a.Document), string(b.Key)+string(b.Document))
	})
	found, err := mentioned(ctx, refs)
	if err != nil {
		return nil, err
	}
	for _, ref := range refs {
		if _, known := b.vocabulary.byID[ref.Key]; known && ref.Document == "" {
			found[ref] = true
		}
	}
	return found, nil
}

// gone tells of each group that a decision names whether it is gone.
func (p presence) gone(d Decision) []bool {
	groups := d.named()
	gone := make([]bool, len(groups))
	for i, group := range groups {
		gone[i] = !slices.ContainsFunc(group, func(ref MentionRef) bool { return p[ref] })
	}
	return gone
}

// quoted is where the quote stands, if it stands exactly once.
func (r Rows) quoted(w Witness) (Span, bool) {
	if w.Quote == "" {
		return Span{}, false
	}
	at := strings.Index(r.Document.Text, w.Quote)
	if at < 0 || strings.Contains(r.Document.Text[at+1:], w.Quote) {
		return Span{}, false
	}
	return Span{Start: at, End: at + len(w.Quote)}, true
}

func (s Span) overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// mentionedAt is the only key of a kind that is mentioned where the quote stands.
func (r Rows) mentionedAt(w Witness, kind Kind) (only Key) {
	quote, once := r.quoted(w)
	if !once {
		return Key{}
	}
	for _, m := range r.Mentions {
		if m.Raw.Kind != kind || !slices.ContainsFunc(m.Spans, quote.overlaps) {
			continue
		}
		if only != (Key{}) {
			return Key{}
		}
		only = m.Raw
	}
	return only
}

// statedAt is the only fact of a predicate that is stated where the quote stands.
func (r Rows) statedAt(w Witness, p Predicate) (only FactKey) {
	quote, once := r.quoted(w)
	if !once {
		return FactKey{}
	}
	keys := map[EntityID]Key{}
	for _, m := range r.Mentions {
		keys[m.Raw.ID()] = m.Raw
	}
	for _, e := range r.Evidence {
		if e.Predicate != p || !e.Spans[0].overlaps(quote) {
			continue
		}
		fact := FactKey{Predicate: p, Subject: keys[e.RawSubject], Object: keys[e.RawObject], Tell: e.Tell}
		if only != (FactKey{}) && only != fact {
			return FactKey{}
		}
		only = fact
	}
	return only
}

// rebind looks again for what decisions with witnesses name, once documents have
// changed: of those that name a key of these rows, or rest on one of their
// documents. It gives all decisions as they stand now, and those that changed.
func (b *Bookkeeper) rebind(ctx context.Context, ledger Ledger, decisions []Decision, changed []Rows) (all, rebound []Decision, err error) {
	keys, documents := map[EntityID]bool{}, map[DocumentID]bool{}
	for _, r := range changed {
		documents[r.Document.ID] = true
		for _, m := range r.Mentions {
			keys[m.Raw.ID()] = true
		}
	}
	var touched []Decision
	for _, d := range decisions {
		if d.touchedBy(keys, documents) {
			touched = append(touched, d)
		}
	}
	if len(touched) == 0 {
		return decisions, nil, nil
	}
	bound, err := b.bind(ctx, ledger, touched)
	if err != nil {
		return nil, nil, err
	}
	now := map[DecisionID]Decision{}
	for i, d := range bound {
		if d.Found != touched[i].Found {
			now[d.ID], rebound = d, append(rebound, d)
		}
	}
	all = slices.Clone(decisions)
	for i, d := range all {
		if is, again := now[d.ID]; again {
			all[i] = is
		}
	}
	return all, rebound, nil
}

// touchedBy tells whether what a decision stands for may change with documents.
func (d Decision) touchedBy(keys map[EntityID]bool, documents map[DocumentID]bool) bool {
	witnessed := false
	for _, w := range d.witnesses() {
		witnessed = witnessed || w.Quote != ""
		if w.Quote != "" && documents[w.Document] {
			return true
		}
	}
	return witnessed && slices.ContainsFunc(d.named(), func(group []MentionRef) bool {
		return slices.ContainsFunc(group, func(ref MentionRef) bool { return keys[ref.Key] })
	})
}

// Sleepers marks the decisions that are about nothing: what they name is in no
// document and their witnesses do not show it, or the fact that they review is
// stated nowhere. They wake when it comes.
func (b *Bookkeeper) Sleepers(ctx context.Context, store interface {
	Mentioned(ctx context.Context, refs []MentionRef) (map[MentionRef]bool, error)
	Facts(ctx context.Context, ids []FactID) (map[FactID]Fact, error)
}, decisions []Decision) error {
	standing := make([]Decision, len(decisions))
	var reviewed []FactID
	resolution := Resolve(decisions)
	for i, d := range decisions {
		standing[i] = d.standing()
		if d.Kind == ReviewFact {
			reviewed = append(reviewed, resolution.fact(standing[i].Fact))
		}
	}
	here, err := b.here(ctx, store.Mentioned, standing)
	if err != nil {
		return err
	}
	facts, err := store.Facts(ctx, reviewed)
	if err != nil {
		return err
	}
	for i, d := range standing {
		decisions[i].Asleep = slices.Contains(here.gone(d), true)
		if d.Kind == ReviewFact {
			_, stated := facts[resolution.fact(d.Fact)]
			decisions[i].Asleep = !stated
		}
	}
	return nil
}
