package graph

import "slices"

// Predicate is what an edge says: its type in Neo4j.
type Predicate string

// The seventeen predicates. LOCATED_IN and BROADER come from gazetteer and
// thesaurus, the others from text.
const (
	Met            Predicate = "MET"
	HoldsOffice    Predicate = "HOLDS_OFFICE"
	MemberOf       Predicate = "MEMBER_OF"
	PartOf         Predicate = "PART_OF"
	Signed         Predicate = "SIGNED"
	Adopted        Predicate = "ADOPTED"
	PartyTo        Predicate = "PARTY_TO"
	WithdrewFrom   Predicate = "WITHDREW_FROM"
	Covers         Predicate = "COVERS"
	Discussed      Predicate = "DISCUSSED"
	CooperatesWith Predicate = "COOPERATES_WITH"
	ParticipatedIn Predicate = "PARTICIPATED_IN"
	Hosted         Predicate = "HOSTED"
	HeldIn         Predicate = "HELD_IN"
	LocatedIn      Predicate = "LOCATED_IN"
	Succeeded      Predicate = "SUCCEEDED"
	Broader        Predicate = "BROADER"
)

// Predicates lists the predicates in the order of the ontology.
var Predicates = []Predicate{Met, HoldsOffice, MemberOf, PartOf, Signed, Adopted, PartyTo, WithdrewFrom, Covers, Discussed,
	CooperatesWith, ParticipatedIn, Hosted, HeldIn, LocatedIn, Succeeded, Broader}

// Rule is what the ontology says of one predicate.
type Rule struct {
	From, To   []Kind
	Qualifiers []Qualifier
	Symmetric  bool // stored once, the smaller id first
	SameKind   bool // both ends are of one kind
}

var (
	actors = []Kind{Person, Organisation, Country}
	bodies = []Kind{Organisation, Country}
)

// Ontology holds the rule of every predicate.
var Ontology = map[Predicate]Rule{
	Met:            {From: actors, To: actors, Qualifiers: []Qualifier{OnDate, AtPlace, InMode}, Symmetric: true},
	HoldsOffice:    {From: []Kind{Person}, To: bodies, Qualifiers: []Qualifier{WithTitle, OnDate, UntilDate}},
	MemberOf:       {From: bodies, To: []Kind{Organisation}, Qualifiers: []Qualifier{OnDate, UntilDate}},
	PartOf:         {From: []Kind{Organisation}, To: []Kind{Organisation}},
	Signed:         {From: actors, To: []Kind{Agreement}, Qualifiers: []Qualifier{OnDate, AtPlace}},
	Adopted:        {From: []Kind{Organisation, Country, Event}, To: []Kind{Agreement}, Qualifiers: []Qualifier{OnDate, AtPlace}},
	PartyTo:        {From: bodies, To: []Kind{Agreement}, Qualifiers: []Qualifier{WithStatus, OnDate}},
	WithdrewFrom:   {From: bodies, To: []Kind{Agreement, Organisation}, Qualifiers: []Qualifier{OnDate}},
	Covers:         {From: []Kind{Agreement}, To: []Kind{Topic}},
	Discussed:      {From: []Kind{Person, Organisation, Country, Event}, To: []Kind{Topic}, Qualifiers: []Qualifier{OnDate, UntilDate}},
	CooperatesWith: {From: bodies, To: bodies, Qualifiers: []Qualifier{OnDate}, Symmetric: true},
	ParticipatedIn: {From: actors, To: []Kind{Event}, Qualifiers: []Qualifier{OnDate, InRole}},
	Hosted:         {From: bodies, To: []Kind{Event}, Qualifiers: []Qualifier{OnDate}},
	HeldIn:         {From: []Kind{Event}, To: []Kind{Place, Country}, Qualifiers: []Qualifier{OnDate}},
	LocatedIn:      {From: []Kind{Place, Organisation}, To: []Kind{Place, Country}},
	Succeeded:      {From: []Kind{Person, Agreement, Organisation}, To: []Kind{Person, Agreement, Organisation}, Qualifiers: []Qualifier{OnDate}, SameKind: true},
	Broader:        {From: []Kind{Topic}, To: []Kind{Topic}},
}

// Valid tells whether the predicate is one of the seventeen.
func (p Predicate) Valid() bool { _, known := Ontology[p]; return known }

// Joins tells whether the ontology allows the predicate between these kinds.
func (p Predicate) Joins(from, to Kind) bool {
	r, known := Ontology[p]
	return known && slices.Contains(r.From, from) && slices.Contains(r.To, to) && (!r.SameKind || from == to)
}

// Symmetric tells whether the predicate reads the same both ways.
func (p Predicate) Symmetric() bool { return Ontology[p].Symmetric }

// Qualifier names one property of an edge that its evidence gives.
type Qualifier string

// The qualifiers.
const (
	OnDate     Qualifier = "date"
	UntilDate  Qualifier = "until"
	AtPlace    Qualifier = "place"
	WithTitle  Qualifier = "title"
	InMode     Qualifier = "mode"
	WithStatus Qualifier = "status"
	InRole     Qualifier = "role"
)

// AllQualifiers lists the qualifiers; a fold keeps one winner for each.
var AllQualifiers = []Qualifier{OnDate, UntilDate, AtPlace, WithTitle, InMode, WithStatus, InRole}

// Qualifiers are the values that one document gives, or that an edge shows.
// Dates are [Date] texts, a place is an [EntityID]; absent is not in the map.
type Qualifiers map[Qualifier]string

// The modes of MET and the statuses of PARTY_TO.
const (
	InPerson = "in_person"
	ByCall   = "call"
	ByVideo  = "video"

	Ratified = "ratified"
	Acceded  = "acceded"
	Party    = "party"
)

// Origin says who gives a fact or a name.
type Origin string

// The origins.
const (
	Extracted Origin = "extracted" // a sentence, read by the extractor
	Thesaurus Origin = "thesaurus" // gazetteer or thesaurus
	Curated   Origin = "curated"   // a person's decision
)

// Review is what a person said of a fact.
type Review string

// The reviews; a rejected fact stays in dump and log and is absent from all else.
const (
	Unreviewed Review = ""
	Confirmed  Review = "confirmed"
	Rejected   Review = "rejected"
)

// Edge is a fact as a walk sees it.
type Edge struct {
	ID                  FactID
	Predicate           Predicate
	SubjectID, ObjectID EntityID
	Sources             int
}

// Fact is one edge of the graph. Every read fills in Subject and Object, which others
// may have, too, as they may have Qualifiers: nobody may change them.
type Fact struct {
	ID         FactID     `json:"id"`
	Predicate  Predicate  `json:"predicate"`
	SubjectID  EntityID   `json:"subject"`
	ObjectID   EntityID   `json:"object"`
	Tell       string     `json:"tell,omitempty"` // what tells two occurrences apart: MET's date as given, HOLDS_OFFICE's folded title
	Qualifiers Qualifiers `json:"qualifiers,omitempty"`
	Confidence int        `json:"confidence"`           // 0–1000, the maximum of the evidence
	Sources    int        `json:"sources"`              // documents that state it
	Vocabulary int        `json:"vocabulary,omitempty"` // records of the vocabulary that state it
	Review     Review     `json:"review,omitempty"`
	Shown      bool       `json:"shown"` // in lists: not rejected, and for a vocabulary's fact both ends are mentioned
	Ranks      FactRanks  `json:"-"`     // writers and dumps have them
	Subject    *Entity    `json:"-"`
	Object     *Entity    `json:"-"`
}

// Origin tells who gives the fact.
func (f Fact) Origin() Origin {
	if f.Sources == 0 && f.Vocabulary > 0 {
		return Thesaurus
	}
	return Extracted
}

// Dates names the agreement or event that the fact dates, and the rank of the
// date: an agreement's date is the one that its SIGNED facts show, else
// ADOPTED, else PARTY_TO; an event's that of HELD_IN, else HOSTED, else
// PARTICIPATED_IN; each time the most precise, then the smallest. ok is false
// where it dates nothing or is not shown.
func (f Fact) Dates() (entity EntityID, rank string, ok bool) {
	order := map[Predicate]string{Signed: "0", Adopted: "1", PartyTo: "2", HeldIn: "0", Hosted: "1", ParticipatedIn: "2"}[f.Predicate]
	if order == "" || f.Date() == "" || !f.Shown {
		return "", "", false
	}
	entity = f.ObjectID
	if f.Predicate == HeldIn {
		entity = f.SubjectID
	}
	return entity, order + precisionRank(f.Date()) + string(f.Date()), true
}

// Date is the qualifier of that name.
func (f Fact) Date() Date { return Date(f.Qualifiers[OnDate]) }

// Until is the qualifier of that name.
func (f Fact) Until() Date { return Date(f.Qualifiers[UntilDate]) }

// NewFactID is the id of a fact. The ends of a symmetric predicate may come in either order.
func NewFactID(p Predicate, subject, object EntityID, tell string) FactID {
	subject, object = Ends(p, subject, object)
	return FactID(hash("f", string(p), string(subject), string(object), tell))
}

// Ends puts the ends of a symmetric predicate in their stored order, the smaller id first.
func Ends(p Predicate, subject, object EntityID) (EntityID, EntityID) {
	if p.Symmetric() && object < subject {
		return object, subject
	}
	return subject, object
}

// SpanRole says what a stretch of text contributes to an evidence.
type SpanRole string

// The roles: the sentence or clause that states the fact, and where needed those
// that tell who "the memorandum" or "they" is, and when.
const (
	StatesFact SpanRole = "fact"
	Antecedent SpanRole = "antecedent"
	TellsDate  SpanRole = "date"
)

// Span is a half-open stretch of bytes of a document's text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// EvidenceSpan is one stretch of an evidence with its role.
type EvidenceSpan struct {
	Span
	Role SpanRole `json:"role"`
	Text string   `json:"text,omitempty"` // filled in by the store; a Change leaves it out
}

// Evidence is one sentence of one document that states a fact.
type Evidence struct {
	ID         EvidenceID     `json:"id"`
	Fact       FactID         `json:"fact"`
	Document   DocumentID     `json:"document"`
	Spans      []EvidenceSpan `json:"spans"` // the one that states the fact first
	Subject    Span           `json:"subject"`
	Object     Span           `json:"object"` // where the ends stand in the sentence; zero where only implied
	Qualifiers Qualifiers     `json:"qualifiers,omitempty"`
	Confidence int            `json:"confidence"`
	Extractor  string         `json:"extractor"`
}
