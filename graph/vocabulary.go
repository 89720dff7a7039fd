package graph

import (
	"cmp"
	"maps"
	"slices"
)

// Vocabulary is what gazetteer and thesaurus say, as records of the graph. A
// store writes it when it is first opened and remembers the version; with
// another version it may only be read until the stored texts are read again.
//
// Its entities are found by every reference, and show in lists and counts only
// once a document mentions them; its facts, once both ends are mentioned.
type Vocabulary struct {
	// Version is that of extractor, gazetteer and thesaurus together.
	Version  string
	Entities []VocabularyEntity
	Facts    []VocabularyFact
}

// VocabularyEntity is one record of gazetteer or thesaurus.
type VocabularyEntity struct {
	Key         Key
	Name        string
	Names       []string // further names and synonyms, in no particular order
	Acronym     string
	Identifiers []Identifier
}

// VocabularyFact is an edge between two of the vocabulary's entities.
type VocabularyFact struct {
	Predicate Predicate
	Subject   Key
	Object    Key
}

// vocabularyIndex finds the vocabulary's records by key.
type vocabularyIndex struct {
	entities map[Key]VocabularyEntity
	facts    map[Key][]VocabularyFact // by both ends
	byID     map[EntityID]Key
}

func indexVocabulary(v Vocabulary) *vocabularyIndex {
	x := &vocabularyIndex{entities: make(map[Key]VocabularyEntity, len(v.Entities)), facts: map[Key][]VocabularyFact{}, byID: map[EntityID]Key{}}
	for _, e := range v.Entities {
		x.entities[e.Key] = e
		x.byID[e.Key.ID()] = e.Key
	}
	for _, f := range v.Facts {
		x.facts[f.Subject] = append(x.facts[f.Subject], f)
		x.facts[f.Object] = append(x.facts[f.Object], f)
	}
	return x
}

// contributions are what the records of these keys add to the graph, each once,
// with the facts at them; a nil index has none.
func (x *vocabularyIndex) contributions(r *Resolution, keys []Key) []contribution {
	if x == nil {
		return nil
	}
	var all []contribution
	stated, told := map[VocabularyFact]bool{}, map[Key]bool{}
	for _, k := range keys {
		if e, known := x.entities[k]; known && !told[k] {
			told[k] = true
			all = append(all, contributionOfRecord(e, r.Key("", k)))
		}
		for _, f := range x.facts[k] {
			if !stated[f] {
				stated[f] = true
				if fact := resolveVocabularyFact(r, f); fact.SubjectID != fact.ObjectID {
					all = append(all, contribution{facts: map[FactID]Fact{fact.ID: fact}})
				}
			}
		}
	}
	return all
}

func contributionOfRecord(e VocabularyEntity, key Key) contribution {
	id := key.ID()
	c := contribution{entities: map[EntityID]Key{id: key}, names: map[string]Name{}}
	c.name(Name{Entity: id, Text: e.Name, Class: GazetteerName})
	for _, n := range e.Names {
		c.name(Name{Entity: id, Text: n, Class: ShortName})
	}
	if e.Acronym != "" {
		c.name(Name{Entity: id, Text: e.Acronym, Class: AcronymName})
	}
	return c
}

func resolveVocabularyFact(r *Resolution, f VocabularyFact) Fact {
	s, o := r.Key("", f.Subject).ID(), r.Key("", f.Object).ID()
	return Fact{ID: NewFactID(f.Predicate, s, o, ""), Predicate: f.Predicate, SubjectID: s, ObjectID: o}
}

// factsAt are the vocabulary's facts at an entity.
func (x *vocabularyIndex) factsAt(r *Resolution, id EntityID) []Fact {
	var facts []Fact
	for _, k := range x.keysOf(r, id) {
		for _, f := range x.facts[k] {
			if fact := resolveVocabularyFact(r, f); fact.SubjectID != fact.ObjectID {
				facts = append(facts, fact)
			}
		}
	}
	return facts
}

// identifiers are those of all records that stand for an entity, sorted.
func (x *vocabularyIndex) identifiers(r *Resolution, id EntityID) []Identifier {
	var ids []Identifier
	for _, k := range x.keysOf(r, id) {
		ids = append(ids, x.entities[k].Identifiers...)
	}
	slices.SortFunc(ids, func(a, b Identifier) int {
		return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Value, b.Value))
	})
	return slices.Compact(ids)
}

// classes are the names that the vocabulary gives an entity, with their classes.
func (x *vocabularyIndex) classes(r *Resolution, id EntityID) map[string]NameClass {
	keys := x.keysOf(r, id)
	if len(keys) == 0 {
		return nil
	}
	known := map[string]NameClass{}
	for _, k := range keys {
		for _, n := range contributionOfRecord(x.entities[k], k).names {
			if class, again := known[n.Text]; !again || n.Class < class {
				known[n.Text] = n.Class
			}
		}
	}
	return known
}

// keysOf are the vocabulary's keys that stand for an entity.
func (x *vocabularyIndex) keysOf(r *Resolution, id EntityID) []Key {
	var keys []Key
	for _, k := range r.keys(id) {
		if _, known := x.entities[k]; known {
			keys = append(keys, k)
		}
	}
	if k, known := x.byID[id]; known && !slices.Contains(keys, k) && r.Key("", k).ID() == id {
		keys = append(keys, k)
	}
	return keys
}

// keys lists the vocabulary's keys.
func (x *vocabularyIndex) keys() []Key {
	return slices.SortedFunc(maps.Keys(x.entities), compareKeys)
}
