package schema

import (
	"github.com/entente-kg/entente/graph"
)

// Node is anything with a global id.
type Node interface {
	isNode()
}

// Entity is a [Record] as one of the seven kinds.
type Entity interface {
	Node
	SearchNode
	// Of is the record, whatever its kind.
	Of() *Record
}

// Record is an entity of the graph among those that were loaded with it.
type Record struct {
	*graph.Entity
	Batch *Batch[*Record]
}

// The seven kinds differ in their edges only, which resolvers follow.
type (
	// Organisation is a record of that kind.
	Organisation struct{ *Record }
	// Country is a record of that kind.
	Country struct{ *Record }
	// Person is a record of that kind.
	Person struct{ *Record }
	// Agreement is a record of that kind.
	Agreement struct{ *Record }
	// Topic is a record of that kind.
	Topic struct{ *Record }
	// Place is a record of that kind.
	Place struct{ *Record }
	// Event is a record of that kind.
	Event struct{ *Record }
)

func (r *Record) isNode()       {}
func (r *Record) isSearchNode() {}

// Of is the record itself.
func (r *Record) Of() *Record { return r }

// As is the record as the type of its kind.
func (r *Record) As() Entity {
	switch r.Kind() {
	case graph.Organisation:
		return &Organisation{r}
	case graph.Country:
		return &Country{r}
	case graph.Person:
		return &Person{r}
	case graph.Agreement:
		return &Agreement{r}
	case graph.Topic:
		return &Topic{r}
	case graph.Place:
		return &Place{r}
	default:
		return &Event{r}
	}
}

// NewRecords makes one batch of entities.
func NewRecords(entities []graph.Entity) []*Record {
	return newRecords(len(entities), func(i int) *graph.Entity { return &entities[i] })
}

// RecordsOf makes one batch of entities, which others may have as well.
func RecordsOf(entities []*graph.Entity) []*Record {
	return newRecords(len(entities), func(i int) *graph.Entity { return entities[i] })
}

func newRecords(n int, entity func(i int) *graph.Entity) []*Record {
	batch, records := &Batch[*Record]{members: make([]*Record, n)}, make([]Record, n)
	for i := range records {
		records[i] = Record{Entity: entity(i), Batch: batch}
		batch.members[i] = &records[i]
	}
	return batch.members
}

// Acronym is what the organisation is called for short, if anything.
func (o *Organisation) Acronym() *string { return optional(o.Record.Acronym) }

// IsoCode is the code of three letters, if the gazetteer has one.
func (c *Country) IsoCode() *string {
	for _, id := range c.Identifiers {
		if id.Scheme == "ISO 3166-1 alpha-3" {
			return &id.Value
		}
	}
	return nil
}

// optional is null for the empty text.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Alias is a name among those that were loaded with it.
type Alias struct {
	graph.Name
	Batch *Batch[*Alias]
}

// NewAliases makes one batch of names.
func NewAliases(names []graph.Name) []*Alias {
	batch := &Batch[*Alias]{members: make([]*Alias, len(names))}
	for i, n := range names {
		batch.members[i] = &Alias{Name: n, Batch: batch}
	}
	return batch.members
}
