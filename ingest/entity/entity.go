// Package entity groups the mentions of one document into entities and gives
// each entity its key.
//
// Names come first: what the gazetteer knows, full names, then short ones by the
// full names they belong to. With these at hand the text is read once more from
// the beginning for what only refers back: a bare title to its holder, "he" to
// the person spoken of, "the memorandum" to the agreement of that sort named
// last, "the sides" to the two who met. A reference that finds nothing stands for
// nothing; only "the Treaty" with a capital makes an entity, local to the document.
//
// Coreference works inside a document and nowhere else. Across documents two
// entities are one if their keys are equal, and the key comes from the document
// and the gazetteer alone: see [graph.Key].
package entity

import (
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// None is the index of no entity.
const None = -1

// Entity is one thing that a document speaks of.
type Entity struct {
	Kind     graph.Kind
	Key      graph.Key
	ID       string // the gazetteer's or thesaurus's key, if it has one
	Name     string // the best of its names
	Names    []graph.NameForm
	Acronym  string
	Spans    []graph.Span
	Head     string // its head noun: "memorandum", "summit"
	Of       int    // parent, body, host
	At       int    // an event's place
	Parties  []int  // an agreement's, as its name gives them
	Signers  []int  // an agreement's, as facts tell: bodies and countries
	Date     string // an agreement's or event's, once facts tell it
	Draft    bool
	Subject  mention.Mention // an agreement's title topic: its tokens
	Local    bool            // named in a way that names another one elsewhere
	New      bool            // introduced by "a": never what an earlier name meant
	sentence int             // where it was first mentioned
}

// Office is an office that the document says somebody holds or held.
type Office struct {
	Person  int
	Body    int // None if the text names none
	Title   string
	Head    string
	Mention int
}

// Set holds the entities of one document, and what each mention stands for.
type Set struct {
	Entities []Entity
	Offices  []Office
	Standing [][]int // by mention: the entities that it stands for; several for a group

	source    string
	thesaurus *mention.Thesaurus
	gazetteer *mention.Gazetteer
	sentences []text.Sentence
	mentions  []mention.Mention
	byName    map[string]int   // kind and key
	byLast    map[string][]int // persons by the folded last word of their name
}

// Resolver holds the resources of the stage.
type Resolver struct {
	Gazetteer *mention.Gazetteer
	Thesaurus *mention.Thesaurus
}

// Resolve groups the mentions of a document.
func (r Resolver) Resolve(doc text.Document, sentences []text.Sentence, mentions []mention.Mention) *Set {
	s := &Set{source: doc.Text, thesaurus: r.Thesaurus, gazetteer: r.Gazetteer, sentences: sentences, mentions: mentions, byName: map[string]int{}, byLast: map[string][]int{}, Standing: make([][]int, len(mentions))}
	for i := range mentions {
		s.name(i)
	}
	for i := range mentions {
		s.shortName(i)
	}
	s.tie()
	s.offices()
	s.refer()
	s.pronounOffices()
	return s
}

// One is the entity that a mention stands for, None for none or several.
func (s *Set) One(m int) int {
	if m == mention.None || len(s.Standing[m]) != 1 {
		return None
	}
	return s.Standing[m][0]
}

// Topic is the entity of a topic phrase.
func (s *Set) Topic(m mention.Mention) int {
	id, name := "", strings.ToLower(m.Name)
	if term, ok := s.thesaurus.Look(m.Name); ok {
		id, name = term.ID, term.Label
	}
	key := id
	if key == "" {
		key = mention.Fold(m.Name)
	}
	at := s.lookOrAdd(graph.Topic, key, func(e *Entity) { e.ID, e.Name = id, name })
	s.Entities[at].call(m.Name, graph.FullName)
	s.Entities[at].stand(m.Span)
	return at
}

// lookOrAdd finds the entity of that kind and name in this document, or adds it.
func (s *Set) lookOrAdd(kind graph.Kind, name string, fill func(*Entity)) int {
	k := string(kind) + "/" + name
	if at, ok := s.byName[k]; ok {
		return at
	}
	at := s.add(Entity{Kind: kind, Of: None, At: None})
	fill(&s.Entities[at])
	s.byName[k] = at
	return at
}

func (s *Set) add(e Entity) int {
	s.Entities = append(s.Entities, e)
	return len(s.Entities) - 1
}

// call adds a name.
func (e *Entity) call(name string, class graph.NameClass) {
	if name == "" || len(name) > 1000 {
		return
	}
	for _, n := range e.Names {
		if n.Text == name && n.Class <= class {
			return
		}
	}
	e.Names = append(e.Names, graph.NameForm{Text: name, Class: class})
	if e.Name == "" {
		e.Name = name
	}
}

// stand adds a place where the entity is mentioned. A place may be given twice; whoever reads
// the places in the end puts them in order and drops what is there again.
func (e *Entity) stand(p text.Span) { e.Spans = append(e.Spans, graph.Span(p)) }

// Listed is the gazetteer's record of an entity.
func (s *Set) Listed(at int) (mention.Entry, bool) { return s.gazetteer.Entry(s.Entities[at].ID) }

// Entry is the gazetteer's record of that key.
func (s *Set) Entry(id string) (mention.Entry, bool) { return s.gazetteer.Entry(id) }

// FromGazetteer is the entity of a gazetteer's record that the mention's name holds.
func (s *Set) FromGazetteer(id string, within mention.Mention) int {
	entry, _ := s.gazetteer.Entry(id)
	at := s.lookOrAdd(graph.Kind(entry.Kind), id, func(e *Entity) { e.ID, e.Name, e.Acronym = id, entry.Name, entry.Acronym })
	if len(s.Entities[at].Spans) == 0 {
		s.Entities[at].stand(s.part(entry, within.Span))
	}
	return at
}

// part is where a name of the entry stands within the span, else the whole span.
func (s *Set) part(entry mention.Entry, within text.Span) text.Span {
	whole := within.Of(s.source)
	for _, name := range append([]string{entry.Name, entry.Acronym}, entry.Names...) {
		if i := strings.Index(whole, name); name != "" && i >= 0 && len(name) > 1 {
			return text.Span{Start: within.Start + i, End: within.Start + i + len(name)}
		}
	}
	return within
}

// Thesaurus is the one that the set's topics come from.
func (s *Set) Thesaurus() *mention.Thesaurus { return s.thesaurus }

// Latest is the entity of that kind that was named last before mention i, which
// may be one past the last.
func (s *Set) Latest(kind graph.Kind, i int) int {
	for j := i - 1; j >= 0 && s.mentions[min(i, len(s.mentions)-1)].Sentence-s.mentions[j].Sentence <= 3; j-- {
		if at := s.One(j); at != None && s.Entities[at].Kind == kind && s.mentions[j].Form != mention.Adjective && s.mentions[j].Kind != mention.Pronoun {
			return at
		}
	}
	return None
}
