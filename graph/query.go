package graph

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
)

// Ref is how a question names an entity: by exactly one of id, name (or alias)
// and identifier.
type Ref struct {
	ID         EntityID    `json:"id,omitempty"`
	Name       string      `json:"name,omitempty"`
	Kinds      []Kind      `json:"kinds,omitempty"` // a name is looked for among these; none is all
	Identifier *Identifier `json:"identifier,omitempty"`
}

// String names the reference in a message.
func (r Ref) String() string {
	switch {
	case r.ID != "":
		return "id " + clip(string(r.ID))
	case r.Identifier != nil:
		return clip(r.Identifier.Scheme) + " " + clip(r.Identifier.Value)
	}
	return `"` + clip(r.Name) + `"`
}

// StringFilter compares folded text (see [Fold]); nil or "" does not filter.
type StringFilter struct {
	Eq         string   `json:"eq,omitempty"`
	In         []string `json:"in,omitempty"`
	StartsWith string   `json:"startsWith,omitempty"`
	Contains   string   `json:"contains,omitempty"`
}

// Folded is the filter with every text folded.
func (f StringFilter) Folded() StringFilter {
	in := make([]string, len(f.In))
	for i, s := range f.In {
		in[i] = Fold(s)
	}
	return StringFilter{Eq: Fold(f.Eq), In: in, StartsWith: Fold(f.StartsWith), Contains: Fold(f.Contains)}
}

// Direction tells at which end of an edge an entity stands.
type Direction string

// The directions. Edges of symmetric predicates count in all three.
const (
	Both Direction = ""
	Out  Direction = "OUT" // the entity is the subject
	In   Direction = "IN"  // the entity is the object
)

// Related asks for an edge at the entity.
type Related struct {
	Predicates    []Predicate   `json:"predicates,omitempty"`
	Direction     Direction     `json:"direction,omitempty"`
	To            []EntityID    `json:"to,omitempty"` // any of these at the other end; nil is any entity, empty matches nothing
	ToKinds       []Kind        `json:"toKinds,omitempty"`
	Some          *EntityFilter `json:"some,omitempty"` // the other end matches this
	MinConfidence int           `json:"minConfidence,omitempty"`
	During        DateRange     `json:"during,omitzero"`
}

// EntityFilter selects entities; every part that is set must match. References
// were resolved before (see [Store.Resolve], [Store.Narrower]).
type EntityFilter struct {
	And            []EntityFilter  `json:"and,omitempty"`
	Or             []EntityFilter  `json:"or,omitempty"` // none set: does not filter
	Not            *EntityFilter   `json:"not,omitempty"`
	IDs            []EntityID      `json:"ids,omitempty"` // nil does not filter, empty matches nothing
	Kinds          []Kind          `json:"kinds,omitempty"`
	AgreementKinds []AgreementKind `json:"agreementKinds,omitempty"`
	Name           *StringFilter   `json:"name,omitempty"`
	Terms          Terms           `json:"terms,omitempty"` // one of its names has all these terms, the last one perhaps unfinished
	Seen           DateRange       `json:"seen,omitzero"`   // first to last seen overlaps
	Date           DateRange       `json:"date,omitzero"`   // of an agreement or event
	Related        []Related       `json:"related,omitempty"`
}

// FactFilter selects facts; every part that is set must match.
type FactFilter struct {
	And           []FactFilter  `json:"and,omitempty"`
	Or            []FactFilter  `json:"or,omitempty"`
	Not           *FactFilter   `json:"not,omitempty"`
	Predicates    []Predicate   `json:"predicates,omitempty"`
	Subjects      []EntityID    `json:"subjects,omitempty"` // nil does not filter, empty matches nothing
	Objects       []EntityID    `json:"objects,omitempty"`
	Either        []EntityID    `json:"either,omitempty"`
	Kinds         []Kind        `json:"kinds,omitempty"` // kinds of the other end; for Frontier and facts at an entity only, and not within And, Or and Not
	Other         *EntityFilter `json:"other,omitempty"` // the other end matches; as Kinds
	During        DateRange     `json:"during,omitzero"`
	Lasting       DateRange     `json:"lasting,omitzero"` // from date to until overlaps, an end that is not told being open; never if neither is
	MinConfidence int           `json:"minConfidence,omitempty"`
	MinSources    int           `json:"minSources,omitempty"`
	Documents     []DocumentID  `json:"documents,omitempty"` // any of these states it
	Origins       []Origin      `json:"origins,omitempty"`
}

// DocumentFilter selects documents; every part that is set must match.
type DocumentFilter struct {
	And       []DocumentFilter `json:"and,omitempty"`
	Or        []DocumentFilter `json:"or,omitempty"`
	Not       *DocumentFilter  `json:"not,omitempty"`
	Title     *StringFilter    `json:"title,omitempty"`
	Terms     Terms            `json:"terms,omitempty"` // one of its sentences has all these stems
	Languages []string         `json:"languages,omitempty"`
	Published DateRange        `json:"published,omitzero"`
	Mentions  []EntityID       `json:"mentions,omitempty"` // any of these; nil does not filter
	Sources   []string         `json:"sources,omitempty"`
}

// Order is what a list is ordered by; the id breaks ties, in the same
// direction. What has no value comes last either way.
type Order struct {
	By   OrderBy `json:"by,omitempty"`
	Desc bool    `json:"desc,omitempty"`
}

// OrderBy names a sort key.
type OrderBy string

// The sort keys. Entities: name (default), date, last seen, sources. Facts: date
// (default), confidence, sources. Documents: published (default), title.
const (
	ByDefault    OrderBy = ""
	ByName       OrderBy = "NAME"
	ByDate       OrderBy = "DATE"
	ByLastSeen   OrderBy = "LAST_SEEN"
	BySources    OrderBy = "SOURCES"
	ByConfidence OrderBy = "CONFIDENCE"
	ByPublished  OrderBy = "PUBLISHED"
	ByTitle      OrderBy = "TITLE"
)

// Position is a place in an ordered list: the sort key and the id of the item
// that stands there. The zero value is no bound.
type Position struct {
	Sort string `json:"s"`
	ID   string `json:"i"`
}

// IsZero tells whether the position bounds nothing.
func (p Position) IsZero() bool { return p == Position{} }

// Window is the part of a list that is asked for: the first Limit items after
// After and before Before, or with Backward the last ones. Total asks for the
// number of items in the whole list, which costs a statement.
type Window struct {
	Limit    int
	Backward bool
	After    Position
	Before   Position
	Total    bool
}

// Page is what came of a [Window], in the order of the list whatever its direction.
type Page[T any] struct {
	Items       []T
	At          []Position // of each item
	HasNext     bool
	HasPrevious bool
	Total       int // if asked for
}

// EntityQuery asks for entities: one page, or with Documents one for each of
// these, of the entities that it mentions.
type EntityQuery struct {
	Documents []DocumentID
	Where     EntityFilter
	Order     Order
	Window    Window
}

// FactQuery asks for facts: one page, or one for each of At (facts at this
// entity, at the end that Direction says) or of Documents (facts that it states).
type FactQuery struct {
	At        []EntityID
	Direction Direction
	Documents []DocumentID
	Where     FactFilter
	Order     Order
	Window    Window
}

// DocumentQuery asks for documents, without their texts.
type DocumentQuery struct {
	Where  DocumentFilter
	Order  Order
	Window Window
}

// EvidenceQuery asks for the evidence of facts, one page a fact, the most
// confident first.
type EvidenceQuery struct {
	Facts  []FactID
	Window Window
}

// Cited is an evidence with the words around it.
type Cited struct {
	Evidence
	Sentence string
	Before   string // the sentence before, or ""
	After    string
	Cites    Document // without its text
}

// MentionQuery asks for mentions, one page for each of Entities or of Documents.
type MentionQuery struct {
	Entities  []EntityID
	Documents []DocumentID
	Window    Window
}

// NameQuery asks for the names of entities, one page an entity, in the order of [Name.Rank].
type NameQuery struct {
	Entities []EntityID
	Window   Window
}

// EncodeCursor makes the opaque cursor of a position in a list. list tells lists
// apart: a cursor of another list, filter or order is refused by [DecodeCursor].
func EncodeCursor(list string, p Position) string {
	data, err := json.Marshal([]string{fingerprint(list), p.Sort, p.ID})
	if err != nil {
		panic(err) // three strings always encode
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// DecodeCursor is the position that a cursor of this list stands for.
func DecodeCursor(list, cursor string) (Position, error) {
	var parts []string
	data, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(cursor) > 4*MaxName || json.Unmarshal(data, &parts) != nil || len(parts) != 3 {
		return Position{}, Errorf(Invalid, "%q is not a cursor", clip(cursor)).WithHint("take it from an edge or from pageInfo")
	}
	if parts[0] != fingerprint(list) {
		return Position{}, Errorf(Invalid, "the cursor belongs to another list or order").WithHint("start again without a cursor when filter or order change")
	}
	return Position{Sort: parts[1], ID: parts[2]}, nil
}

func fingerprint(list string) string {
	sum := sha256.Sum256([]byte(list))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// DateSort is the sort key of a date: what has none comes last.
func DateSort(d Date, desc bool) string {
	if d == "" && !desc {
		return "~"
	}
	return string(d)
}

// LikePattern escapes a text for a SQL LIKE with '\' as escape.
func LikePattern(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s) + "%"
}

// FollowMerged completes what a store found for references by id: an id that was
// merged away stands for what it became. Only where an id was not found does it
// ask the store again. Both stores end Resolve with it.
func FollowMerged(ctx context.Context, store Reader, refs []Ref, found [][]Entity) error {
	var missing []EntityID
	for i, ref := range refs {
		if ref.ID != "" && len(found[i]) == 0 {
			missing = append(missing, ref.ID)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	became, err := store.Entities(ctx, missing)
	for i, ref := range refs {
		if e, here := became[ref.ID]; here && len(found[i]) == 0 && (ref.Kinds == nil || slices.Contains(ref.Kinds, e.Key.Kind)) {
			found[i] = []Entity{e}
		}
	}
	return err
}
