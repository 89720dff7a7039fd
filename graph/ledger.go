package graph

import "context"

// Ledger is what a store gives the fold within one write transaction, and all
// that it has to know about writing: rows in, rows out. Every method takes a
// set, so that a store may answer it in one statement (Neo4j: one a predicate).
// What is written can be read at once.
type Ledger interface {
	// Head is the store's counters and version.
	Head(ctx context.Context) (Statistics, error)
	PutHead(ctx context.Context, head Statistics) error

	// Documents are the documents of these ids, tombstones too, without texts.
	Documents(ctx context.Context, ids []DocumentID) (map[DocumentID]Document, error)
	// Rows are the rows of these documents, by document id; with texts.
	Rows(ctx context.Context, ids []DocumentID) ([]Rows, error)
	// Mentioning lists the next documents by id, at most limit, that mention any of these raw keys.
	Mentioning(ctx context.Context, raw []EntityID, after DocumentID, limit int) ([]DocumentID, error)
	// Mentioned is [Reader.Mentioned] within the transaction.
	Mentioned(ctx context.Context, refs []MentionRef) (map[MentionRef]bool, error)
	// RemoveRows takes all rows of these documents out, the documents included.
	RemoveRows(ctx context.Context, ids []DocumentID) error
	// PutRows adds the rows of documents whose rows are not there. A tombstone has
	// a document and nothing else.
	PutRows(ctx context.Context, rows []Rows) error

	// Entities, Names and Facts are records by id, with their ranks.
	Entities(ctx context.Context, ids []EntityID) (map[EntityID]Entity, error)
	Names(ctx context.Context, ids []string) (map[string]Name, error)
	Facts(ctx context.Context, refs []FactRef) (map[FactID]Fact, error)
	// Put adds or replaces records; Remove takes them out.
	PutEntities(ctx context.Context, entities []Entity) error
	RemoveEntities(ctx context.Context, ids []EntityID) error
	PutNames(ctx context.Context, names []Name) error
	RemoveNames(ctx context.Context, ids []string) error
	PutFacts(ctx context.Context, facts []Fact) error
	RemoveFacts(ctx context.Context, refs []FactRef) error
	// Winners looks up by index what now wins each seat; an empty seat is absent.
	Winners(ctx context.Context, seats []Seat) (map[Seat]string, error)

	// DocumentsAfter are the next documents by id, at most limit, tombstones too, with texts.
	DocumentsAfter(ctx context.Context, after DocumentID, limit int) ([]Document, error)
	// Strip takes away some of what is derived from documents and vocabulary, some
	// limit rows or all; left tells whether any may be left. Documents and decisions stay.
	Strip(ctx context.Context, limit int) (left bool, err error)

	Decisions(ctx context.Context) ([]Decision, error)
	// PutDecisions adds or replaces them by id.
	PutDecisions(ctx context.Context, decisions []Decision) error
	RemoveDecisions(ctx context.Context, ids []DecisionID) error
}

// FactRef names a fact with its predicate, which is its type in Neo4j.
type FactRef struct {
	ID        FactID
	Predicate Predicate
}

// Seat is one value of one record that a fold decides.
type Seat struct {
	Of SeatKind
	ID string // of the entity or fact
}

// SeatKind says what competes for a seat.
type SeatKind string

// The seats: of an entity its name and acronym (the least rank among its
// names), its first and last day seen (the least and the greatest Seen among its
// mentions that have one) and its date (the least rank that Fact.Dates gives);
// of a fact its confidence, and with the name of a [Qualifier] that qualifier
// (the least rank among its evidence).
const (
	NameSeat       SeatKind = "name"
	AcronymSeat    SeatKind = "acronym"
	FirstSeat      SeatKind = "first"
	LastSeat       SeatKind = "last"
	DatedSeat      SeatKind = "dated"
	ConfidenceSeat SeatKind = "confidence"
)
