package graph

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Finding is what an examination says of one thing about a store.
type Finding struct {
	Check   string `json:"check"` // what was looked at: "version", "indexes", "folds" …
	Fault   bool   `json:"fault"` // it is not as it should be
	Message string `json:"message"`
	Repair  bool   `json:"repair,omitempty"` // [Writer.Repair] mends it
}

// maxFaults bounds how many faults of one sort are told one by one.
const maxFaults = 20

// Examine holds a store against itself: what [Reader.Check] can see of its files
// and indexes, then every folded record against the rows that it is the fold of,
// which are folded a second time in memory (half a kilobyte for each entity, name
// and fact). It changes nothing.
func Examine(ctx context.Context, store Reader, v Vocabulary) ([]Finding, error) {
	findings, err := store.Check(ctx)
	if err != nil {
		return nil, err
	}
	e := examination{bookkeeper: NewBookkeeper(v), memory: newMemory()}
	err = e.read(ctx, store.Dump(ctx))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return append(findings, e.findings(err)...), nil
}

// examination folds what a dump says of the documents, and compares the rest of the dump with it.
type examination struct {
	bookkeeper *Bookkeeper
	memory     *memory
	resolution *Resolution
	version    string
	decisions  []Decision
	batch      []Rows
	folded     bool
	head       Statistics
	unsound    []error      // what is wrong with documents themselves
	foreign    []DecisionID // of decisions that do not say what their ids are the hashes of
	faults     []string
	more       int
}

func (e *examination) fault(format string, args ...any) {
	if len(e.faults) == maxFaults {
		e.more++
		return
	}
	e.faults = append(e.faults, fmt.Sprintf(format, args...))
}

func (e *examination) read(ctx context.Context, lines iter.Seq2[DumpLine, error]) error {
	for line, err := range lines {
		if err != nil {
			return err
		}
		if e.version != "" && e.version != e.bookkeeper.version { // another vocabulary folds to other records
			continue
		}
		if err := e.line(ctx, line); err != nil {
			return err
		}
	}
	return nil
}

func (e *examination) line(ctx context.Context, line DumpLine) error {
	switch {
	case line.Header != nil:
		e.version = line.Header.Version
		return nil
	case line.Decision != nil:
		e.decisions = append(e.decisions, *line.Decision)
		return nil
	}
	if e.resolution == nil {
		e.resolution = Resolve(e.decisions)
		e.memory.decisions = e.decisions
		e.summon()
		if err := e.bookkeeper.writeVocabulary(ctx, e.memory); err != nil {
			return err
		}
	}
	if line.Document != nil {
		e.document(*line.Document, line.Stands)
		if len(e.batch) < loadDocuments {
			return nil
		}
		return e.fold(ctx)
	}
	if !e.folded {
		e.folded = true
		if err := e.fold(ctx); err != nil {
			return err
		}
	}
	switch {
	case line.Entity != nil:
		compareRecord(e, "entity", line.Entity.ID, e.memory.entities, line.Entity, func(a, b Entity) bool { return encoded(a) == encoded(b) && a.Sort == b.Sort && a.Ranks == b.Ranks })
	case line.Name != nil:
		compareRecord(e, "name", line.Name.ID(), e.memory.names, line.Name, func(a, b Name) bool { return a == b })
	case line.Fact != nil:
		compareRecord(e, "fact", line.Fact.ID, e.memory.facts, line.Fact, func(a, b Fact) bool { return encoded(a) == encoded(b) && sameFact(a, b) })
	case line.Count != nil:
		e.compareHead(*line.Count)
		return e.compareFound(ctx)
	}
	return nil
}

// document takes the rows of one. What is damaged beyond repair states nothing, as in [Bookkeeper.Reprocess].
func (e *examination) document(c Change, stands func() string) {
	bare := Change{Document: c.Document}
	beyond := bare.Validate()
	if err := cmp.Or(beyond, c.Document.validateHash()); err != nil {
		e.unsound = append(e.unsound, err)
	}
	if err := c.Validate(); err != nil {
		if beyond == nil {
			e.fault("%v", err)
		}
		c = bare
	}
	rows := e.resolution.Rows(c)
	if stands() != rows.Digest() {
		e.fault("document %s: its rows are not what decisions make of it", clip(c.Document.Source))
	}
	if _, asked := e.memory.witnesses[c.Document.ID]; asked {
		e.memory.witnesses[c.Document.ID] = rows
	}
	for _, m := range rows.Mentions {
		for _, ref := range []MentionRef{{Key: m.Raw.ID()}, {Key: m.Raw.ID(), Document: c.Document.ID}} {
			if _, asked := e.memory.mentioned[ref]; asked {
				e.memory.mentioned[ref] = true
			}
		}
	}
	e.batch = append(e.batch, rows)
}

// summon notes what of the documents is needed to see what decisions stand for.
func (e *examination) summon() {
	e.memory.witnesses, e.memory.mentioned = map[DocumentID]Rows{}, map[MentionRef]bool{}
	for _, d := range e.decisions {
		if err := d.Validate(); err != nil || d.ID != NewDecisionID(d) {
			e.foreign = append(e.foreign, d.ID)
		}
		for _, w := range slices.DeleteFunc(d.witnesses(), func(w Witness) bool { return w.Quote == "" }) {
			e.memory.witnesses[w.Document] = Rows{}
		}
		for _, group := range d.named() {
			for _, ref := range group {
				e.memory.mentioned[ref] = false
			}
		}
	}
}

// compareFound holds what decisions stand for against what their witnesses show.
func (e *examination) compareFound(ctx context.Context) error {
	bound, err := e.bookkeeper.bind(ctx, e.memory, e.decisions)
	for i, d := range bound {
		if d.Found != e.decisions[i].Found {
			e.fault("decision %s stands for %s, its witnesses show %s", d.ID, encoded(e.decisions[i].Found), encoded(d.Found))
		}
	}
	return err
}

func (e *examination) fold(ctx context.Context) error {
	batch := e.batch
	e.batch = nil
	return newFolding(e.memory, e.bookkeeper.vocabulary, e.resolution, e.resolution).run(ctx, nil, batch, nil, nil)
}

// compareRecord strikes a record off what was folded; what is left in the end is missing in the store.
func compareRecord[ID ~string, T any](e *examination, what string, id ID, folded map[ID]T, stored *T, same func(a, b T) bool) {
	want, here := folded[id]
	switch {
	case !here:
		e.fault("%s %s stands although nothing supports it", what, id)
	case !same(want, *stored):
		e.fault("%s %s is %s, its rows say %s (or it is ranked otherwise)", what, id, encoded(*stored), encoded(want))
	}
	delete(folded, id)
}

func (e *examination) compareHead(stored Statistics) {
	want := e.memory.head
	e.head = stored
	stored.Version, stored.Renewal, stored.Pending, stored.Decisions = want.Version, nil, nil, want.Decisions
	if encoded(stored) != encoded(want) {
		e.fault("the counters are %s, the rows say %s", encoded(stored), encoded(want))
	}
	if e.head.Decisions != len(e.decisions) {
		e.fault("%d decisions are counted, there are %d", e.head.Decisions, len(e.decisions))
	}
	for _, id := range slices.Sorted(maps.Keys(e.memory.entities)) {
		e.fault("entity %s is missing", id)
	}
	for _, id := range slices.Sorted(maps.Keys(e.memory.names)) {
		e.fault("name %s of %q is missing", id, e.memory.names[id].Text)
	}
	for _, id := range slices.Sorted(maps.Keys(e.memory.facts)) {
		e.fault("fact %s is missing", id)
	}
}

// findings tells what came of reading a dump.
func (e *examination) findings(err error) (found []Finding) {
	switch {
	case e.version != e.bookkeeper.version:
		found = append(found, Finding{Check: "version", Fault: true, Message: fmt.Sprintf("the store was written with extractor and vocabulary %s, this program has %s: "+
			"it may only be read, and its folds cannot be compared, until entente reprocess has read its texts again", e.version, e.bookkeeper.version)})
	case e.head.Renewal != nil:
		found = append(found, Finding{Check: "version", Fault: true, Repair: true, Message: "the store is being read again, and shows a part of its graph only; entente reprocess goes on where it ended"})
	default:
		found = append(found, Finding{Check: "version", Message: "written with extractor and vocabulary " + e.version + ", as this program has"})
	}
	if e.head.Pending != nil {
		found = append(found, Finding{Check: "decisions", Fault: true, Repair: true, Message: "decisions have not reached every document; the next write goes on with it"})
	}
	if err != nil {
		return append(found, Finding{Check: "rows", Fault: true, Repair: KindOf(err) == "", Message: strings.ReplaceAll(err.Error(), "\n", "; ")})
	}
	if n := len(e.unsound); n > 0 {
		found = append(found, Finding{Check: "documents", Fault: true, Message: fmt.Sprintf("%d are damaged and cannot be repaired: withdraw them and ingest them again; the first: %v", n, e.unsound[0])})
	}
	if n := len(e.foreign); n > 0 {
		found = append(found, Finding{Check: "decisions", Fault: true, Message: fmt.Sprintf("%d do not say what was decided, and cannot be repaired: undo them and decide again; the first: %s", n, e.foreign[0])})
	}
	found = append(found, Finding{Check: "rows", Message: "every raw row belongs to a document or a record"})
	if e.version != e.bookkeeper.version {
		return found
	}
	for _, message := range e.faults {
		found = append(found, Finding{Check: "folds", Fault: true, Repair: true, Message: message})
	}
	if e.more > 0 {
		found = append(found, Finding{Check: "folds", Fault: true, Repair: true, Message: fmt.Sprintf("and %d more", e.more)})
	}
	if len(e.faults) == 0 {
		found = append(found, Finding{Check: "folds", Message: "every entity, name, fact and counter is what its rows make of it"})
	}
	return found
}
