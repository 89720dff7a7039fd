package graph

import (
	"context"
	"iter"
)

// Limits that every store holds, so that the same input is refused by all.
const (
	// MaxName bounds names, keys, titles and sort keys, in bytes.
	MaxName = 1024
	// MaxFrontier is how many edges one hop looks at before it gives up.
	MaxFrontier = 20000
	// MaxCandidates is how many matches a search ranks before it says truncated.
	MaxCandidates = 2000
)

// Store keeps a graph. Both implementations give the same answers in the same
// order, and fail with the same kinds of errors: [graphtest.Run] holds them to it.
// All methods may be called from several goroutines, and several processes may
// have the same database open.
type Store interface {
	Writer
	Reader
	Jobs
	// Warm reads what walks and lists about edges look at into memory, and keeps it
	// up to date, so that they no longer cost what hangs on a hub: see [Atlas]. It is
	// for processes that answer many questions; answers are the same without it.
	Warm(ctx context.Context) error
	// Close waits for what is under way and lets the database go.
	Close() error
}

// Writer changes a store. What returns without an error survives power loss.
type Writer interface {
	// Apply takes what documents contribute, each wholly or not at all. A revision
	// that the store already holds, or a lower one, changes nothing. It returns
	// what became of each change, in order, for as many as were decided; with an
	// error, these are the documents that are in. A change that breaks the
	// contract is Invalid; one whose Over is not the stored number is Conflict.
	Apply(ctx context.Context, changes ...Change) ([]Applied, error)
	// Withdraw takes documents out: what only they supported leaves the graph, and
	// a tombstone with this revision number stays. A document that never was is
	// NotFound and leaves no tombstone, unless forced by [Withdrawal].Unseen.
	Withdraw(ctx context.Context, withdrawals ...Withdrawal) ([]Applied, error)
	// Decide adds decisions to the set and changes the graph accordingly; one that
	// is there already changes nothing. Where many documents are concerned they are
	// rewritten in several transactions: if it ends early, the decisions are
	// recorded, Statistics tells what is pending, and the next write goes on with it.
	Decide(ctx context.Context, decisions ...Decision) error
	// Undo takes decisions out of the set. One that is not there is NotFound.
	Undo(ctx context.Context, ids ...DecisionID) error
	// Reprocess makes the graph anew from the stored texts and decisions, with the
	// vocabulary that the store was opened with: what an older version of the
	// extractor wrote becomes what a fresh ingest would give. progress, if not nil,
	// is called with the number of documents read. If it ends early, the store may only be
	// read until it is called again and goes on (SQLite: nothing has changed).
	Reprocess(ctx context.Context, read Reading, progress func(documents int)) error
	// Fill begins to load an empty store in bulk; see [Filler]. Nobody else may write
	// until it ends. A store that is not empty is Conflict.
	Fill(ctx context.Context, decisions []Decision) (Filler, error)
	// Repair makes what is missing of the schema, and then the graph anew as
	// Reprocess does, though the version is the same: all but documents and
	// decisions is derived from them.
	Repair(ctx context.Context, read Reading, progress func(documents int)) error
}

// Reader answers questions. Entities that no document mentions and facts that
// are not shown are absent from lists and counts; a reference resolves them.
type Reader interface {
	// Entities are the entities of these ids, under the id that was asked for
	// (an id that was merged away finds what it became). Missing ids are absent.
	Entities(ctx context.Context, ids []EntityID) (map[EntityID]Entity, error)
	// Facts are the facts of these ids, shown or not. Missing ids are absent.
	Facts(ctx context.Context, ids []FactID) (map[FactID]Fact, error)
	// Documents are the documents of these ids, tombstones too, with their texts
	// if asked for. Missing ids are absent.
	Documents(ctx context.Context, ids []DocumentID, text bool) (map[DocumentID]Document, error)
	// Evidence are the evidences of these ids. Missing ids are absent.
	Evidence(ctx context.Context, ids []EvidenceID) (map[EvidenceID]Cited, error)
	// Resolve finds what each reference may stand for, in one statement unless an
	// id has been merged away: at most 20 each, by folded name, the vocabulary's and mentioned ones first, then
	// more documents, then id.
	Resolve(ctx context.Context, refs []Ref) ([][]Entity, error)
	// Narrower is each topic with all that the thesaurus has below it, whether
	// mentioned or not, the topic itself included.
	Narrower(ctx context.Context, topics []EntityID) (map[EntityID][]EntityID, error)

	// ListEntities gives one page, or one for each parent, in the parents' order.
	ListEntities(ctx context.Context, q EntityQuery) ([]Page[Entity], error)
	// ListFacts does so for facts, both ends filled in.
	ListFacts(ctx context.Context, q FactQuery) ([]Page[Fact], error)
	// ListDocuments gives one page of documents.
	ListDocuments(ctx context.Context, q DocumentQuery) (Page[Document], error)
	// ListEvidence gives one page a fact.
	ListEvidence(ctx context.Context, q EvidenceQuery) ([]Page[Cited], error)
	// ListMentions gives one page a parent, by document and entity.
	ListMentions(ctx context.Context, q MentionQuery) ([]Page[Mention], error)
	// ListNames gives one page an entity.
	ListNames(ctx context.Context, q NameQuery) ([]Page[Name], error)
	// Mentioned tells which mentions there are, of keys as documents have them:
	// before any decision. What is not mentioned is absent.
	Mentioned(ctx context.Context, refs []MentionRef) (map[MentionRef]bool, error)
	// ListDecisions gives all decisions by id, and tells which are asleep.
	ListDecisions(ctx context.Context) ([]Decision, error)

	// Atlas is what the store holds in memory for walks, nothing unless it is warm.
	Atlas() *Atlas
	// Frontier is every shown edge at these entities that the filter lets through,
	// by fact id; complete is false if there are more than MaxFrontier, and then
	// these are the first by fact id.
	Frontier(ctx context.Context, at []EntityID, where FactFilter) (edges []Edge, complete bool, err error)
	// Degrees counts the shown edges at each entity, of these predicates or all.
	Degrees(ctx context.Context, ids []EntityID, predicates []Predicate) (map[EntityID]int, error)
	// Tally counts the shown facts that have a date and match: by date, predicate and,
	// if asked for, the kinds of both ends, in this order; complete is false if there are more
	// than MaxTallies, and then these are the first.
	Tally(ctx context.Context, q TimelineQuery) (tallies []Tally, complete bool, err error)
	// Facets counts the mentioned entities that match by what they have in common, the
	// most frequent first, then by folded name and id, or by value.
	Facets(ctx context.Context, q FacetQuery) ([]Facet, error)
	// MatchNames finds the entities whose names match a parsed search, at most limit, as
	// [RankNames] ranks them. It ranks MaxCandidates names, the first by folded text and
	// id, and says if there are more.
	MatchNames(ctx context.Context, q Terms, kinds []Kind, limit int) (hits []EntityHit, truncated bool, err error)
	// MatchSentences finds the sentences with all the terms, the latest published
	// documents first, then by document and position, with their documents.
	MatchSentences(ctx context.Context, q Terms, limit int) (found []SentenceMatch, truncated bool, err error)
	// Statistics counts what the lists show, and sentences and evidence as the
	// documents have them.
	Statistics(ctx context.Context) (Statistics, error)
	// Check looks at what only the store can see of itself: file, schema, indexes,
	// room. It changes nothing. [Examine] looks at the graph too.
	Check(ctx context.Context) ([]Finding, error)
	// Dump yields everything that determines the graph and everything derived, in
	// one fixed order, from one moment. It counts the raw rows and ends with an
	// error if there is any that it cannot account for.
	Dump(ctx context.Context) iter.Seq2[DumpLine, error]
}

// Applied says what became of one change.
type Applied struct {
	Document DocumentID
	Outcome  Outcome
	Facts    int // that the document states, after decisions
}

// Outcome is what Apply or Withdraw did.
type Outcome string

// The outcomes.
const (
	Added      Outcome = "added"
	Updated    Outcome = "updated"    // an earlier revision stood there
	Unchanged  Outcome = "unchanged"  // this very revision stood there
	Superseded Outcome = "superseded" // a higher revision stands there
	Withdrawn  Outcome = "withdrawn"
)

// Withdrawal asks for a document to be taken out.
type Withdrawal struct {
	Document DocumentID
	Number   int64  // revision number of the tombstone, at least the stored one
	Over     *int64 // as in [Change]
	Unseen   string // the document's source: leave a tombstone even if the document was never seen (for import)
}

// NameMatch is a name that matches, with the entity that bears it.
type NameMatch struct {
	Name   Name
	Entity Entity
}

// SentenceMatch is a sentence that matches, with its document.
type SentenceMatch struct {
	Sentence Sentence
	Document Document // without its text
}

// Statistics counts a graph.
type Statistics struct {
	Documents int               `json:"documents"`
	Sentences int               `json:"sentences"`
	Evidence  int               `json:"evidence"`
	Decisions int               `json:"decisions"`
	Entities  map[Kind]int      `json:"entities"`
	Facts     map[Predicate]int `json:"facts"`
	Version   string            `json:"version"`           // of extractor and vocabulary
	Renewal   *Renewal          `json:"renewal,omitempty"` // if the store is being read again
	Pending   *Pending          `json:"pending,omitempty"` // if decisions have not reached every document
	Filling   bool              `json:"filling,omitempty"` // if an import into an empty store has not ended
}

// Batches cuts changes into runs of at most rows rows (sentences, entities and
// facts), each at least one change: what a store puts into one transaction.
func Batches(changes []Change, rows int) iter.Seq[[]Change] {
	return func(yield func([]Change) bool) {
		for len(changes) > 0 {
			n, size := 0, 0
			for n < len(changes) {
				size += len(changes[n].Sentences) + len(changes[n].Entities) + len(changes[n].Facts)
				if n > 0 && size > rows {
					break
				}
				n++
			}
			if !yield(changes[:n]) {
				return
			}
			changes = changes[n:]
		}
	}
}
