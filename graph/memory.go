package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
)

// memory is a [Ledger] that keeps records and forgets rows: documents can be
// folded into it, and none can be taken out.
type memory struct {
	head      Statistics
	decisions []Decision
	entities  map[EntityID]Entity
	names     map[string]Name
	facts     map[FactID]Fact
	dated     map[EntityID]map[FactID]string // by agreement or event: the ranks of the facts that date it

	witnesses map[DocumentID]Rows // of an examination: the documents that decisions rest on
	mentioned map[MentionRef]bool // and which of what they name is there
}

var _ Ledger = (*memory)(nil)

func newMemory() *memory {
	return &memory{entities: map[EntityID]Entity{}, names: map[string]Name{}, facts: map[FactID]Fact{}, dated: map[EntityID]map[FactID]string{}}
}

// encoded is a value as it stands in a dump.
func encoded(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // plain structs of texts and numbers always encode
	}
	return string(bytes.TrimSpace(b.Bytes()))
}

func (m *memory) Head(context.Context) (Statistics, error) {
	head := m.head
	head.Entities, head.Facts = maps.Clone(head.Entities), maps.Clone(head.Facts)
	return head, nil
}

func (m *memory) PutHead(_ context.Context, head Statistics) error {
	m.head = head
	return nil
}

func (m *memory) Decisions(context.Context) ([]Decision, error) { return m.decisions, nil }

func (m *memory) Entities(_ context.Context, ids []EntityID) (map[EntityID]Entity, error) {
	return pick(m.entities, ids), nil
}

func (m *memory) Names(_ context.Context, ids []string) (map[string]Name, error) {
	return pick(m.names, ids), nil
}

func (m *memory) Facts(_ context.Context, refs []FactRef) (map[FactID]Fact, error) {
	found := map[FactID]Fact{}
	for _, ref := range refs {
		if f, here := m.facts[ref.ID]; here {
			found[ref.ID] = f
		}
	}
	return found, nil
}

func pick[ID comparable, T any](from map[ID]T, ids []ID) map[ID]T {
	found := map[ID]T{}
	for _, id := range ids {
		if v, here := from[id]; here {
			found[id] = v
		}
	}
	return found
}

func (m *memory) PutEntities(_ context.Context, entities []Entity) error {
	for _, e := range entities {
		m.entities[e.ID] = e
	}
	return nil
}

func (m *memory) PutNames(_ context.Context, names []Name) error {
	for _, n := range names {
		m.names[n.ID()] = n
	}
	return nil
}

func (m *memory) PutFacts(_ context.Context, facts []Fact) error {
	for _, f := range facts {
		if id, _, dated := m.facts[f.ID].Dates(); dated {
			delete(m.dated[id], f.ID)
		}
		if id, rank, dated := f.Dates(); dated {
			if m.dated[id] == nil {
				m.dated[id] = map[FactID]string{}
			}
			m.dated[id][f.ID] = rank
		}
		m.facts[f.ID] = f
	}
	return nil
}

// Winners is asked for dates only: a better date of a fact takes the place of its former one.
func (m *memory) Winners(_ context.Context, seats []Seat) (map[Seat]string, error) {
	won := map[Seat]string{}
	for _, s := range seats {
		for _, rank := range m.dated[EntityID(s.ID)] {
			won[s] = least(won[s], rank)
		}
	}
	return won, nil
}

func (m *memory) RemoveEntities(_ context.Context, ids []EntityID) error {
	for _, id := range ids {
		delete(m.entities, id)
	}
	return nil
}

func (m *memory) RemoveNames(_ context.Context, ids []string) error {
	for _, id := range ids {
		delete(m.names, id)
	}
	return nil
}

func (m *memory) RemoveFacts(_ context.Context, refs []FactRef) error {
	for _, ref := range refs {
		delete(m.facts, ref.ID)
	}
	return nil
}

// What follows is about rows, of which there are none but those that witnesses ask for.

func (m *memory) Documents(context.Context, []DocumentID) (map[DocumentID]Document, error) {
	return nil, nil
}
func (m *memory) Rows(_ context.Context, ids []DocumentID) ([]Rows, error) {
	return slices.Collect(maps.Values(pick(m.witnesses, ids))), nil
}
func (m *memory) Mentioning(context.Context, []EntityID, DocumentID, int) ([]DocumentID, error) {
	return nil, nil
}
func (m *memory) Mentioned(_ context.Context, refs []MentionRef) (map[MentionRef]bool, error) {
	return pick(m.mentioned, refs), nil
}
func (m *memory) RemoveRows(context.Context, []DocumentID) error { return nil }
func (m *memory) PutRows(context.Context, []Rows) error          { return nil }
func (m *memory) DocumentsAfter(context.Context, DocumentID, int) ([]Document, error) {
	return nil, nil
}
func (m *memory) Strip(context.Context, int) (bool, error)            { return false, nil }
func (m *memory) PutDecisions(context.Context, []Decision) error      { return nil }
func (m *memory) RemoveDecisions(context.Context, []DecisionID) error { return nil }
