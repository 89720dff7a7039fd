package graph

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Curator takes decisions for one person, who points at entities and facts as
// they stand. It finds the keys that these stand for and the words that bear
// witness, and gives back the decisions that are new: none where the graph says
// so already.
type Curator struct {
	Store  Store
	Author string
	At     time.Time
	Reason string
}

// Merge makes the first of these entities one with each of the others.
func (c Curator) Merge(ctx context.Context, ids ...EntityID) ([]Decision, error) {
	b, err := c.book(ctx)
	if err != nil {
		return nil, err
	}
	ends, err := c.point(ctx, b, ids)
	if err != nil {
		return nil, err
	}
	var fresh []Decision
	for _, other := range ends[1:] {
		if other.entity.ID == ends[0].entity.ID {
			continue
		}
		d, err := c.pair(ctx, Same, ends[0], other)
		if err != nil {
			return nil, err
		}
		fresh = append(fresh, d)
	}
	after := Resolve(slices.Concat(b.decisions, fresh))
	for _, d := range fresh {
		if after.Key("", d.Key) != after.Key("", d.Other) {
			return nil, Errorf(Conflict, "a decision keeps %s and %s apart", clip(d.Key.Text), clip(d.Other.Text)).
				WithHint("undo it first: it is listed among the decisions as DISTINCT")
		}
	}
	return c.decide(ctx, fresh)
}

// Distinct keeps two entities apart, whatever merges would make them one: also
// merges of before, if the ids are those that the two had then.
func (c Curator) Distinct(ctx context.Context, id, other EntityID) ([]Decision, error) {
	b, err := c.book(ctx)
	if err != nil {
		return nil, err
	}
	ends, err := c.point(ctx, b, []EntityID{id, other})
	if err != nil {
		return nil, err
	}
	if ends[0].key == ends[1].key {
		return nil, Errorf(Invalid, "%s is one entity, which no merge made", clip(ends[0].entity.Name)).
			WithHint("split it: say which documents speak of another one")
	}
	d, err := c.pair(ctx, Distinct, ends[0], ends[1])
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(b.decisions, func(e Decision) bool {
		return e.Kind == Distinct && (e.Key == d.Key && e.Other == d.Other || e.Key == d.Other && e.Other == d.Key)
	}) {
		return nil, nil
	}
	return c.decide(ctx, []Decision{d})
}

// Split says that what these documents call by this entity's name is another
// one: that of the id, else one of its own.
func (c Curator) Split(ctx context.Context, id EntityID, documents []DocumentID, into EntityID) ([]Decision, error) {
	b, err := c.book(ctx)
	if err != nil {
		return nil, err
	}
	if len(documents) == 0 {
		return nil, Errorf(Invalid, "a split needs documents").WithHint("name those that speak of another one")
	}
	ids := []EntityID{id}
	if into != "" {
		ids = append(ids, into)
	}
	ends, err := c.point(ctx, b, ids)
	if err != nil {
		return nil, err
	}
	from, to := ends[0], Key{}
	if into == "" {
		to = splitKey(from.key, documents)
	} else if to = ends[1].key; ends[1].entity.ID == from.entity.ID {
		return nil, Errorf(Invalid, "%s cannot be split from itself", clip(from.entity.Name))
	} else if to.Kind != from.key.Kind {
		return nil, twoKinds(from, ends[1])
	}
	fresh, err := c.reassign(ctx, b, from, to, documents)
	if err != nil {
		return nil, err
	}
	return c.decide(ctx, fresh)
}

// reassign makes a decision for every key under which the documents mention the entity.
func (c Curator) reassign(ctx context.Context, b book, from end, to Key, documents []DocumentID) ([]Decision, error) {
	keys := b.resolution.keys(from.entity.ID)
	if keys == nil {
		keys = []Key{from.entity.Key}
	}
	var refs []MentionRef
	for _, doc := range documents {
		for _, k := range keys {
			refs = append(refs, MentionRef{k.ID(), doc})
		}
	}
	mentioned, err := c.Store.Mentioned(ctx, refs)
	if err != nil {
		return nil, err
	}
	var fresh []Decision
	found := map[DocumentID]bool{}
	for _, k := range keys {
		d := Decision{Kind: Reassign, Key: k, Other: to}
		for _, doc := range documents {
			if _, moved := b.resolution.moved[doc][k]; mentioned[MentionRef{k.ID(), doc}] && !moved {
				d.Documents, found[doc] = append(d.Documents, doc), true
			}
		}
		if len(d.Documents) > 0 {
			fresh = append(fresh, d)
		}
	}
	for _, doc := range documents {
		if !found[doc] {
			return nil, Errorf(Invalid, "document %s does not mention %s by a key of its own", clip(string(doc)), clip(from.entity.Name)).
				WithHint("if an earlier split moved the mention there, undo that one")
		}
	}
	return fresh, nil
}

// splitKey is the key of an entity that a split makes: the same for the same split.
func splitKey(from Key, documents []DocumentID) Key {
	parts := []string{string(from.Kind), from.Text}
	for _, id := range slices.Sorted(slices.Values(documents)) {
		parts = append(parts, string(id))
	}
	return Key{from.Kind, "local:split:" + hash("s", parts...)}
}

// Alias gives an entity a further name.
func (c Curator) Alias(ctx context.Context, id EntityID, text string) ([]Decision, error) {
	b, err := c.book(ctx)
	if err != nil {
		return nil, err
	}
	if text = strings.Join(strings.Fields(text), " "); Fold(text) == "" {
		return nil, Errorf(Invalid, "%q is not a name", clip(text)).WithHint("a name has letters or digits")
	}
	ends, err := c.point(ctx, b, []EntityID{id})
	if err != nil || b.resolution.aliases[ends[0].entity.ID][text] > 0 {
		return nil, err
	}
	d := Decision{Kind: Alias, Key: ends[0].key, Text: text}
	if d.Witness, err = c.witness(ctx, ends[0]); err != nil {
		return nil, err
	}
	return c.decide(ctx, []Decision{d})
}

// Review confirms or rejects a fact. It takes the place of what was said of the
// fact before.
func (c Curator) Review(ctx context.Context, id FactID, review Review) ([]Decision, error) {
	b, err := c.book(ctx)
	if err != nil {
		return nil, err
	}
	found, err := c.Store.Facts(ctx, []FactID{id})
	if err != nil {
		return nil, err
	}
	f, exists := found[id]
	if !exists {
		return nil, Errorf(NotFound, "there is no fact %s", clip(string(id))).WithHint("take it from the field id of a fact; a merge gives facts other ids")
	}
	d := Decision{Kind: ReviewFact, Review: review, Fact: FactKey{f.Predicate, f.Subject.Key, f.Object.Key, f.Tell}}
	cited, err := c.Store.ListEvidence(ctx, EvidenceQuery{Facts: []FactID{id}, Window: Window{Limit: 1}})
	if err != nil {
		return nil, err
	}
	for _, e := range cited[0].Items {
		if len(e.Spans[0].Text) > maxReason {
			continue
		}
		d.Witness = Witness{e.Document, e.Cites.Revision.Hash, e.Spans[0].Span, e.Spans[0].Text}
	}
	var before []DecisionID
	said := false
	for _, e := range b.decisions {
		if e.Kind == ReviewFact && b.resolution.fact(e.standing().Fact) == id {
			before, said = append(before, e.ID), e.Review == review
		}
	}
	if said && len(before) == 1 {
		return nil, nil
	}
	fresh, err := c.decide(ctx, []Decision{d})
	if err == nil && len(before) > 0 {
		err = c.Store.Undo(ctx, before...)
	}
	return fresh, err
}

// book is what has been decided so far.
type book struct {
	decisions  []Decision
	resolution *Resolution
}

func (c Curator) book(ctx context.Context) (book, error) {
	all, err := c.Store.ListDecisions(ctx)
	return book{all, Resolve(all)}, err
}

// end is an entity that was pointed at, and the key under which it was: that of
// the id, where merges made the entity of several.
type end struct {
	entity Entity
	key    Key
}

func (c Curator) point(ctx context.Context, b book, ids []EntityID) ([]end, error) {
	found, err := c.Store.Entities(ctx, ids)
	if err != nil {
		return nil, err
	}
	ends := make([]end, len(ids))
	for i, id := range ids {
		e, exists := found[id]
		if !exists {
			return nil, Errorf(NotFound, "there is no entity %s", clip(string(id))).WithHint("take it from the field id of an entity")
		}
		ends[i] = end{e, e.Key}
		for _, k := range b.resolution.keys(e.ID) {
			if k.ID() == id {
				ends[i].key = k
			}
		}
	}
	return ends, nil
}

// pair is a decision about two entities.
func (c Curator) pair(ctx context.Context, kind DecisionKind, a, b end) (d Decision, err error) {
	if a.key.Kind != b.key.Kind {
		return d, twoKinds(a, b)
	}
	d = Decision{Kind: kind, Key: a.key, Other: b.key}
	if d.Witness, err = c.witness(ctx, a); err == nil {
		d.OtherWitness, err = c.witness(ctx, b)
	}
	return d, err
}

func twoKinds(a, b end) error {
	return Errorf(Invalid, "%s is of kind %s, and %s of kind %s", clip(a.entity.Name), a.key.Kind, clip(b.entity.Name), b.key.Kind).
		WithHint("only entities of one kind can be one")
}

// decide signs decisions and has them carried out.
func (c Curator) decide(ctx context.Context, fresh []Decision) ([]Decision, error) {
	for i := range fresh {
		d := &fresh[i]
		d.Author, d.At, d.Reason = c.Author, c.At.UTC(), c.Reason
		d.ID = NewDecisionID(*d)
	}
	if len(fresh) == 0 {
		return nil, nil
	}
	return fresh, c.Store.Decide(ctx, fresh...)
}
