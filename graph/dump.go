package graph

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
)

// DumpLine is one line of a dump: exactly one field is set. Header, decisions
// and documents determine the graph, and [Load] reads them; vocabulary
// entities, names and facts are derived and stand in a dump so that two stores
// can be compared byte by byte.
type DumpLine struct {
	Header   *Header     `json:"entente,omitempty"`
	Decision *Decision   `json:"decide,omitempty"`
	Document *Change     `json:"change,omitempty"`
	Entity   *Entity     `json:"entity,omitempty"`
	Name     *Name       `json:"name,omitempty"`
	Fact     *Fact       `json:"fact,omitempty"`
	Count    *Statistics `json:"statistics,omitempty"`
	// Stands, beside a document, digests the rows as the store has them: [Rows.Digest].
	Stands func() string `json:"-"`
}

// Header is the first line of a dump.
type Header struct {
	Format  int    `json:"format"`
	Version string `json:"version"` // of extractor and vocabulary
}

// DumpFormat is the version of the dump's format.
const DumpFormat = 1

// maxDumpLine bounds one line of a dump that is read: the largest document with its rows.
const maxDumpLine = 256 << 20

// WriteDump writes a store's dump as JSON Lines.
func WriteDump(ctx context.Context, w io.Writer, store Reader) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for line, err := range store.Dump(ctx) {
		if err != nil {
			return err
		}
		if err := encoder.Encode(line); err != nil {
			return fmt.Errorf("write dump: %w", err)
		}
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("write dump: %w", err)
	}
	return nil
}

// ReadDump reads the lines of a dump with their numbers, the first being 1.
func ReadDump(r io.Reader) iter.Seq2[int, DumpResult] {
	return func(yield func(int, DumpResult) bool) {
		scanner := bufio.NewScanner(r)
		scanner.Buffer(make([]byte, 1<<16), maxDumpLine)
		n := 0
		for scanner.Scan() {
			n++
			if len(scanner.Bytes()) == 0 {
				continue
			}
			var line DumpLine
			err := json.Unmarshal(scanner.Bytes(), &line)
			if !yield(n, DumpResult{line, err}) || err != nil {
				return
			}
		}
		if err := scanner.Err(); err != nil {
			yield(n+1, DumpResult{Err: err})
		}
	}
}

// DumpResult is a line, or why it cannot be read.
type DumpResult struct {
	Line DumpLine
	Err  error
}

// Load applies a dump to a store, in batches; progress, if not nil, is called
// after each with the number of documents that are in. What is in stays in when
// a later line is broken, and the same dump may be loaded again.
//
// An empty store is filled in bulk, as long as documents come in the order of a
// dump: if that is cut off, nothing is in.
func Load(ctx context.Context, r io.Reader, store Store, progress func(documents int)) (documents int, err error) {
	l := loading{store: store, progress: progress}
	defer func() {
		if l.filler != nil {
			l.filler.Abort()
			documents = 0
		}
	}()
	for n, result := range ReadDump(r) {
		if err := l.line(ctx, n, result); err != nil {
			if KindOf(err) == Invalid { // the line is at fault, not the store
				err = errors.Join(err, l.finish(ctx))
			}
			return l.done, err
		}
	}
	if !l.headed {
		return 0, Errorf(Invalid, "this is not a dump: it is empty").WithHint("make one with entente export")
	}
	err = l.settle(ctx)
	return l.done, err
}

const (
	loadDocuments = 64
	loadBytes     = 4 << 20
)

type loading struct {
	store     Store
	progress  func(int)
	headed    bool
	empty     bool // the store had nothing but its vocabulary
	decisions []Decision
	filler    Filler // while the store is filled in bulk
	last      DocumentID
	batch     []Change
	size      int
	done      int
}

func (l *loading) line(ctx context.Context, n int, result DumpResult) error {
	line := result.Line
	switch {
	case result.Err != nil:
		return Errorf(Invalid, "line %d is not a line of a dump: %w", n, result.Err).WithHint("%d documents before it are in; mend the line and import again", l.done)
	case !l.headed && (line.Header == nil || line.Header.Format != DumpFormat):
		return Errorf(Invalid, "line %d is not the header of a dump of format %d", n, DumpFormat).WithHint("make one with entente export")
	case line.Header != nil:
		l.headed = true
		return l.begin(ctx, line.Header.Version)
	case line.Decision != nil && l.empty && l.last == "":
		l.decisions = append(l.decisions, *line.Decision)
	case line.Decision != nil:
		if err := l.settle(ctx); err != nil {
			return err
		}
		if err := l.store.Decide(ctx, *line.Decision); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	case line.Document != nil:
		if err := l.document(ctx, *line.Document); err != nil {
			return fmt.Errorf("up to line %d: %w", n, err)
		}
	}
	return nil
}
func (l *loading) begin(ctx context.Context, version string) error {
	here, err := l.store.Statistics(ctx)
	l.empty = l.empty || here.Empty() && l.last == ""
	if err == nil && here.Version != version {
		err = Errorf(Conflict, "the dump was made with extractor and vocabulary %s, this store with %s", clip(version), here.Version).
			WithHint("import it with the program that wrote it, or ingest its documents again")
	}
	return err
}

func (l *loading) document(ctx context.Context, c Change) error {
	id := c.Document.ID
	switch {
	case l.empty && l.last == "":
		var err error
		if l.filler, err = l.store.Fill(ctx, l.decisions); err != nil {
			return err
		}
	case id <= l.last: // no order of a dump: from here on, one by one
		if err := l.settle(ctx); err != nil {
			return err
		}
	}
	l.last = max(l.last, id)
	l.batch, l.size = append(l.batch, c), l.size+len(c.Document.Text)
	if len(l.batch) >= loadDocuments || l.size >= loadBytes {
		return l.flush(ctx)
	}
	return nil
}

// flush hands the batch over.
func (l *loading) flush(ctx context.Context) error {
	batch := l.batch
	l.batch, l.size = nil, 0
	if len(batch) == 0 {
		return nil
	}
	done, err := l.hand(ctx, batch)
	l.done += done
	if l.progress != nil {
		l.progress(l.done)
	}
	return err
}

func (l *loading) hand(ctx context.Context, batch []Change) (done int, err error) {
	if l.filler != nil {
		if err := l.filler.Add(ctx, batch); err != nil {
			return 0, err
		}
		return len(batch), nil
	}
	var changes []Change
	var withdrawals []Withdrawal
	for _, c := range batch {
		if d := c.Document; d.Withdrawn {
			withdrawals = append(withdrawals, Withdrawal{Document: d.ID, Number: d.Revision.Number, Unseen: d.Source})
		} else {
			changes = append(changes, c)
		}
	}
	applied, err := l.store.Apply(ctx, changes...)
	done = len(applied)
	if err == nil && len(withdrawals) > 0 {
		applied, err = l.store.Withdraw(ctx, withdrawals...)
		done += len(applied)
	}
	return done, err
}

// settle makes the store whole with all that was read so far.
func (l *loading) settle(ctx context.Context) error {
	if err := l.flush(ctx); err != nil {
		return err
	}
	return l.finish(ctx)
}

// finish ends the bulk, if there is one; a dump of decisions alone has none.
func (l *loading) finish(ctx context.Context) error {
	if l.empty && l.last == "" && len(l.decisions) > 0 {
		decisions := l.decisions
		l.decisions, l.empty = nil, false
		return l.store.Decide(ctx, decisions...)
	}
	l.empty = false
	if l.filler == nil {
		return nil
	}
	if err := l.filler.Finish(ctx); err != nil {
		return err
	}
	l.filler = nil
	return nil
}

// Account checks a dump's counts against the raw rows of a store: what is in the
// store and not in the dump would be lost by an export, and nobody would know.
func Account(dumped, raw map[string]int) error {
	var faults []error
	for _, name := range slices.Sorted(keysOf(dumped, raw)) {
		if dumped[name] != raw[name] {
			faults = append(faults, fmt.Errorf("%d of %d %s are accounted for", dumped[name], raw[name], name))
		}
	}
	if len(faults) > 0 {
		return fmt.Errorf("the store holds what the graph cannot account for: %w", errors.Join(faults...))
	}
	return nil
}

func keysOf(ms ...map[string]int) iter.Seq[string] {
	seen := map[string]bool{}
	return func(yield func(string) bool) {
		for _, m := range ms {
			for k := range m {
				if !seen[k] {
					seen[k] = true
					if !yield(k) {
						return
					}
				}
			}
		}
	}
}
