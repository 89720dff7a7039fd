package graph

import (
	"slices"
	"strings"
)

// Kind is what an entity is: its label in Neo4j and its type in GraphQL.
type Kind string

// The seven kinds.
const (
	Organisation Kind = "Organisation"
	Country      Kind = "Country"
	Person       Kind = "Person"
	Agreement    Kind = "Agreement"
	Topic        Kind = "Topic"
	Place        Kind = "Place"
	Event        Kind = "Event"
)

// Kinds lists the kinds in the order in which they are shown.
var Kinds = []Kind{Organisation, Country, Person, Agreement, Topic, Place, Event}

// Valid tells whether the kind is one of the seven.
func (k Kind) Valid() bool { return slices.Contains(Kinds, k) }

// AgreementKind is the sort of an agreement, as its own title says.
type AgreementKind string

// The kinds of agreements.
const (
	Treaty         AgreementKind = "treaty"
	Convention     AgreementKind = "convention"
	Protocol       AgreementKind = "protocol"
	Charter        AgreementKind = "charter"
	Memorandum     AgreementKind = "memorandum"
	Declaration    AgreementKind = "declaration"
	ActionPlan     AgreementKind = "action plan"
	ResolutionKind AgreementKind = "decision"
	OtherKind      AgreementKind = "other"
)

// AgreementKinds lists the kinds of agreements.
var AgreementKinds = []AgreementKind{Treaty, Convention, Protocol, Charter, Memorandum, Declaration, ActionPlan, ResolutionKind, OtherKind}

// Key identifies an entity: what a document and the gazetteer alone say it is.
// Equal keys are one entity across documents. See design notes in the package comment.
type Key struct {
	Kind Kind   `json:"kind"`
	Text string `json:"key"`
}

// ID is the id of the entity that bears this key.
func (k Key) ID() EntityID { return EntityID(hash("e", string(k.Kind), k.Text)) }

// FromGazetteer tells whether the key is a gazetteer's or thesaurus's id, which
// begin with their scheme: "gaz:sco", "iso:KEN", "topic:drug-trafficking".
func (k Key) FromGazetteer() bool {
	scheme, _, found := strings.Cut(k.Text, ":")
	return found && slices.Contains(vocabularySchemes, scheme)
}

var vocabularySchemes = []string{"gaz", "iso", "place", "topic"}

// Local tells whether the key is one document's alone, which never merges by itself.
func (k Key) Local() bool { return strings.HasPrefix(k.Text, "local:") }

// Generic tells whether the key was made without a proper name, so that names say
// little of who bears it: "the ministry" of one document, and an agreement known
// by its kind, parties and year.
func (k Key) Generic() bool {
	kind, _, composed := strings.Cut(k.Text, "/")
	return k.Local() && k.Kind != Person || k.Kind == Agreement && composed && slices.Contains(AgreementKinds, AgreementKind(kind))
}

// Identifier is an entity's id in a scheme that others use too.
type Identifier struct {
	Scheme string `json:"scheme"` // "ISO 3166-1 alpha-3", "Wikidata", "EuroVoc", "UNBIS"
	Value  string `json:"value"`
}

// NameClass orders the names of one entity: the least class gives the name that it shows.
type NameClass int

// The classes of names.
const (
	// GazetteerName is the name that gazetteer or thesaurus prefers.
	GazetteerName NameClass = iota
	// FullName is complete as the document gives it: "Vladimir Norov".
	FullName
	// AcronymName is an acronym: "SCO". [Contributed].Acronym makes one.
	AcronymName
	// ShortName is part of a complete name, or another name: "Norov".
	ShortName
	// Description does not name: "the ASEAN Secretary-General", "the memorandum".
	Description
)

// Name is one form that an entity is called by, once for every class and text.
// It stands as long as a document, the vocabulary or a decision gives it.
type Name struct {
	Entity     EntityID  `json:"entity"`
	Text       string    `json:"text"`
	Class      NameClass `json:"class"`
	Documents  int       `json:"documents,omitempty"`
	Vocabulary int       `json:"vocabulary,omitempty"`
	Decisions  int       `json:"decisions,omitempty"`
}

// ID is the name's id within a store.
func (n Name) ID() string { return hash("n", string(n.Entity), n.Rank()) }

// Rank orders the names of one entity: the least is the name that it shows.
func (n Name) Rank() string {
	return string(rune('0'+n.Class)) + Fold(n.Text) + "\x01" + n.Text
}

// Origin tells who gives the name: the vocabulary before a person before a text.
func (n Name) Origin() Origin {
	switch {
	case n.Vocabulary > 0:
		return Thesaurus
	case n.Decisions > 0:
		return Curated
	}
	return Extracted
}

// Entity is one record of the graph: a fold over what documents, vocabulary and
// decisions say. A list of entities shows those with Documents > 0 only; a
// reference resolves every one.
type Entity struct {
	ID          EntityID     `json:"id"`
	Key         Key          `json:"key"`
	Name        string       `json:"name"`
	Sort        string       `json:"-"` // Fold(Name), what lists by name are ordered by
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Acronym     string       `json:"acronym,omitempty"`
	Date        Date         `json:"date,omitempty"` // agreements and events: see Fact.Dates
	FirstSeen   Date         `json:"firstSeen,omitempty"`
	LastSeen    Date         `json:"lastSeen,omitempty"`
	Documents   int          `json:"documents,omitempty"`
	Vocabulary  int          `json:"vocabulary,omitempty"` // records of gazetteer and thesaurus that stand for it; it stays without documents
	Ranks       EntityRanks  `json:"-"`                    // writers and dumps have them
}

// Kind is the kind of the entity's key.
func (e Entity) Kind() Kind { return e.Key.Kind }

// AgreementKind is the sort of agreement that the entity's name says it is.
func (e Entity) AgreementKind() AgreementKind { return AgreementKindOf(e.Name) }

// AgreementKindOf finds the sort of an agreement in its title: the first of the
// words that name one ("Protocol amending the Convention …" is a protocol).
func AgreementKindOf(title string) AgreementKind {
	for word := range strings.FieldsSeq(Fold(title)) {
		if kind, named := agreementWords[word]; named {
			return kind
		}
	}
	return OtherKind
}

var agreementWords = map[string]AgreementKind{
	"treaty": Treaty, "pact": Treaty, "accord": Treaty, "accords": Treaty, "agreement": Treaty,
	"convention": Convention, "covenant": Convention,
	"protocol": Protocol,
	"charter":  Charter, "constitution": Charter, "statute": Charter,
	"memorandum": Memorandum, "memoranda": Memorandum, "mou": Memorandum,
	"declaration": Declaration, "communique": Declaration, "statement": Declaration,
	"plan": ActionPlan, "programme": ActionPlan, "program": ActionPlan, "roadmap": ActionPlan,
	"decision": ResolutionKind, "resolution": ResolutionKind,
}
