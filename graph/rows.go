package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Rows is what one document contributes once decisions are applied: the rows
// that a store keeps under the document, and from which it can be read back
// ([Rows.Change]). Everything else in a store is a fold over such rows.
type Rows struct {
	Document  Document
	Sentences []Sentence
	Mentions  []MentionRow
	Evidence  []EvidenceRow
}

// MentionRow ties a document to one of its keys, and to the entity that it stands for.
type MentionRow struct {
	Mention
	Raw     Key        `json:"raw"` // as the document has it
	Key     Key        `json:"-"`   // what it stands for; not stored
	Names   []NameForm `json:"names"`
	Acronym string     `json:"acronym,omitempty"`
	Seen    Date       `json:"seen,omitempty"` // the document's publication date
}

// EvidenceRow is an evidence with the edge that it supports, as the document
// has it and as it stands.
type EvidenceRow struct {
	Evidence
	Predicate  Predicate
	SubjectID  EntityID // resolved
	ObjectID   EntityID
	Tell       string
	RawSubject EntityID
	RawObject  EntityID
	RawPlace   EntityID // "" without a place
	Ordinal    int      // among the document's statements, which keeps their order
	Sentence   int      // ordinal of the sentence that states it
}

// Validate tells what breaks the contract of a change: with it, nothing of the
// document reaches a store. Revisions are taken as they are.
func (c *Change) Validate() error {
	d := c.Document
	fail := func(format string, args ...any) error {
		return Errorf(Invalid, "document %s: %s", clip(d.Source), fmt.Sprintf(format, args...))
	}
	switch {
	case len(d.Title) > MaxName || !clean(d.Title):
		return fail("its title is longer than %d bytes or not clean UTF-8", MaxName)
	case !clean(d.Text):
		return fail("its text has a NUL or is not UTF-8")
	case len(d.Language) > MaxName || !clean(d.Language):
		return fail("its language is longer than %d bytes or not clean UTF-8", MaxName)
	case d.Withdrawn && len(d.Title)+len(d.Language)+len(d.Published)+len(d.Text)+len(d.Revision.Published)+len(d.Revision.Hash)+
		len(c.Sentences)+len(c.Entities)+len(c.Facts) > 0:
		return fail("it is withdrawn, and yet says something")
	}
	if err := d.validateState(); err != nil {
		return err
	}
	for _, date := range []Date{d.Published, d.Revision.Published} {
		if _, err := ParseDate(string(date)); err != nil {
			return fail("published: %v", err)
		}
	}
	if err := c.validateSpans(); err != nil {
		return fail("%v", err)
	}
	for i, e := range c.Entities {
		if err := e.validate(d.Text); err != nil {
			return fail("entity %d: %v", i, err)
		}
	}
	for i, f := range c.Facts {
		if err := c.validateFact(f); err != nil {
			return fail("fact %d (%s): %v", i, f.Predicate, err)
		}
	}
	return nil
}

// validateState tells what is wrong with what a withdrawal says too.
func (d Document) validateState() error {
	switch {
	case d.Source == "" || len(d.Source) > 4*MaxName || !clean(d.Source):
		return Errorf(Invalid, "document %s: its source is empty, too long or not clean UTF-8", clip(d.Source))
	case d.ID != NewDocumentID(d.Source):
		return Errorf(Invalid, "document %s: its id is not that of its source", clip(d.Source))
	case d.Revision.Number < 0:
		return Errorf(Invalid, "document %s: its revision is negative", clip(d.Source))
	}
	return nil
}

// validateHash tells whether the document still says what its revision is the hash of. A
// text that [ContentHash] did not make tells nothing.
func (d Document) validateHash() error {
	made, err := base32Lower.DecodeString(d.Revision.Hash)
	if d.Withdrawn || err != nil || len(made) != 16 || d.Revision.Hash == ContentHash(d.Title, d.Language, string(d.Published), d.Text) {
		return nil
	}
	return Errorf(Invalid, "document %s: its hash is not that of what it says", clip(d.Source))
}

func (c *Change) validateSpans() error {
	end := 0
	for i, s := range c.Sentences {
		if s.Start < end || s.End <= s.Start || !s.within(c.Document.Text) {
			return fmt.Errorf("sentence %d: %d–%d overlaps, cuts a rune or leaves the text", i, s.Start, s.End)
		}
		end = s.End
	}
	return nil
}

func (e Contributed) validate(text string) error {
	if !e.Key.Kind.Valid() || e.Key.Text == "" || len(e.Key.Text) > MaxName || !clean(e.Key.Text) {
		return fmt.Errorf("key %q of kind %q", clip(e.Key.Text), e.Key.Kind)
	}
	if len(e.Acronym) > MaxName || !clean(e.Acronym) {
		return fmt.Errorf("acronym %q", clip(e.Acronym))
	}
	for _, n := range e.Names {
		if n.Text == "" || len(n.Text) > MaxName || !clean(n.Text) || n.Class < GazetteerName || n.Class > Description {
			return fmt.Errorf("name %q of class %d", clip(n.Text), n.Class)
		}
	}
	for _, s := range e.Spans {
		if !s.within(text) {
			return fmt.Errorf("span %d–%d cuts a rune or leaves the text", s.Start, s.End)
		}
	}
	return nil
}

func (c *Change) validateFact(f Stated) error {
	ends := []int{f.Subject, f.Object}
	if f.Place != nil {
		ends = append(ends, *f.Place)
	}
	for _, i := range ends {
		if i < 0 || i >= len(c.Entities) {
			return fmt.Errorf("there is no entity %d", i)
		}
	}
	from, to := c.Entities[f.Subject].Key, c.Entities[f.Object].Key
	switch {
	case !f.Predicate.Joins(from.Kind, to.Kind) && !(f.Predicate.Symmetric() && f.Predicate.Joins(to.Kind, from.Kind)):
		return fmt.Errorf("%s to %s is not in the ontology", from.Kind, to.Kind)
	case from == to:
		return fmt.Errorf("joins %s to itself", clip(from.Text))
	case f.Confidence < 0 || f.Confidence > 1000:
		return fmt.Errorf("confidence %d is outside 0–1000", f.Confidence)
	case len(f.Extractor) > MaxName || !clean(f.Extractor):
		return fmt.Errorf("extractor %q", clip(f.Extractor))
	case len(f.Spans) == 0 || f.Spans[0].Role != StatesFact:
		return fmt.Errorf("the first span must state the fact")
	case f.Place != nil && c.Entities[*f.Place].Key.Kind != Place && c.Entities[*f.Place].Key.Kind != Country:
		return fmt.Errorf("its place is a %s", c.Entities[*f.Place].Key.Kind)
	}
	for _, s := range f.Spans {
		if s.Role != StatesFact && s.Role != Antecedent && s.Role != TellsDate {
			return fmt.Errorf("a span of role %q", clip(string(s.Role)))
		}
		if !s.within(c.Document.Text) || s.Start == s.End {
			return fmt.Errorf("span %d–%d cuts a rune or leaves the text", s.Start, s.End)
		}
	}
	if !f.SubjectAt.within(c.Document.Text) || !f.ObjectAt.within(c.Document.Text) {
		return fmt.Errorf("its ends cut a rune or leave the text")
	}
	return validateQualifiers(f)
}

func validateQualifiers(f Stated) error {
	for q, v := range f.Qualifiers {
		allowed := slices.Contains(Ontology[f.Predicate].Qualifiers, q) && q != AtPlace
		if !allowed || v == "" || len(v) > MaxName || !clean(v) {
			return fmt.Errorf("qualifier %s %q", clip(string(q)), clip(v))
		}
		if q == OnDate || q == UntilDate {
			if _, err := ParseDate(v); err != nil {
				return err
			}
		}
	}
	return nil
}

// within tells whether the span is a stretch of whole runes of a text.
func (s Span) within(text string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) &&
		(s.Start == len(text) || utf8.RuneStart(text[s.Start])) && (s.End == len(text) || utf8.RuneStart(text[s.End]))
}

func clean(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// Rows applies the decisions to what a document contributes. Evidence of a fact
// that joins an entity to itself, because its ends were merged, supports none
// and stays as a row, so that undoing the decision brings it back.
func (r *Resolution) Rows(c Change) Rows {
	doc := c.Document
	rows := Rows{Document: doc}
	for i, s := range c.Sentences {
		rows.Sentences = append(rows.Sentences, Sentence{Document: doc.ID, Ordinal: i, Span: s, Text: doc.Text[s.Start:s.End]})
	}
	for _, e := range mergeContributed(c.Entities) {
		rows.Mentions = append(rows.Mentions, MentionRow{
			Mention: Mention{ID: NewMentionID(e.Key.ID(), doc.ID), Entity: r.Key(doc.ID, e.Key).ID(), Document: doc.ID, Spans: e.Spans},
			Raw:     e.Key, Key: r.Key(doc.ID, e.Key), Names: e.Names, Acronym: e.Acronym, Seen: doc.Published,
		})
	}
	for i, f := range c.Facts {
		rows.Evidence = append(rows.Evidence, r.evidence(c, i, f))
	}
	return rows
}

// mergeContributed joins entities of one key, which facts may still name apart.
func mergeContributed(entities []Contributed) []Contributed {
	at := map[Key]int{}
	var merged []Contributed
	for _, e := range entities {
		i, seen := at[e.Key]
		if !seen {
			at[e.Key] = len(merged)
			e.Names, e.Spans = slices.Clone(e.Names), slices.Clone(e.Spans)
			merged = append(merged, e)
			continue
		}
		m := &merged[i]
		m.Names, m.Spans = append(m.Names, e.Names...), append(m.Spans, e.Spans...)
		m.Acronym = cmp.Or(m.Acronym, e.Acronym)
	}
	for i := range merged {
		m := &merged[i]
		slices.SortFunc(m.Spans, func(a, b Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
		slices.SortFunc(m.Names, func(a, b NameForm) int { return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Text, b.Text)) })
		m.Spans, m.Names = slices.Compact(m.Spans), slices.Compact(m.Names)
	}
	return merged
}

func (r *Resolution) evidence(c Change, ordinal int, f Stated) EvidenceRow {
	doc := c.Document
	subject, object := c.Entities[f.Subject].Key, c.Entities[f.Object].Key
	row := EvidenceRow{
		Predicate: f.Predicate, RawSubject: subject.ID(), RawObject: object.ID(), Ordinal: ordinal, Tell: Tell(f.Predicate, f.Qualifiers),
		Evidence: Evidence{Document: doc.ID, Subject: f.SubjectAt, Object: f.ObjectAt, Confidence: f.Confidence, Extractor: f.Extractor, Qualifiers: Qualifiers{}},
	}
	for q, v := range f.Qualifiers {
		row.Qualifiers[q] = v
	}
	if f.Place != nil {
		place := c.Entities[*f.Place].Key
		row.RawPlace, row.Qualifiers[AtPlace] = place.ID(), string(r.Key(doc.ID, place).ID())
	}
	for _, s := range f.Spans {
		s.Text = doc.Text[s.Start:s.End]
		row.Spans = append(row.Spans, s)
	}
	row.Sentence, _ = slices.BinarySearchFunc(c.Sentences, f.Spans[0].Start, func(s Span, at int) int {
		if s.End <= at {
			return -1
		}
		return 1
	})
	row.SubjectID, row.ObjectID = Ends(f.Predicate, r.Key(doc.ID, subject).ID(), r.Key(doc.ID, object).ID())
	if row.SubjectID != row.ObjectID {
		row.Fact = NewFactID(f.Predicate, row.SubjectID, row.ObjectID, row.Tell)
	}
	stated := NewFactID(f.Predicate, row.RawSubject, row.RawObject, row.Tell)
	row.ID = EvidenceID(hash("v", string(stated), string(doc.ID), strconv.Itoa(f.Spans[0].Start), strconv.Itoa(ordinal)))
	return row
}

// Tell is what tells two occurrences of a predicate between the same ends
// apart: the date as given for MET, the folded title for HOLDS_OFFICE.
func Tell(p Predicate, q Qualifiers) string {
	switch p {
	case Met:
		return q[OnDate]
	case HoldsOffice:
		return Fold(q[WithTitle])
	}
	return ""
}

// Change is what the document contributed, read back from its rows. An error
// tells that the store has lost some of them.
func (r Rows) Change() (Change, error) {
	c := Change{Document: r.Document}
	for _, s := range r.Sentences {
		c.Sentences = append(c.Sentences, s.Span)
	}
	at := map[EntityID]int{}
	for i, m := range r.Mentions {
		at[m.Raw.ID()] = i
		c.Entities = append(c.Entities, Contributed{Key: m.Raw, Names: m.Names, Acronym: m.Acronym, Spans: m.Spans})
	}
	for _, e := range r.Evidence {
		for _, end := range []EntityID{e.RawSubject, e.RawObject, e.RawPlace} {
			if _, here := at[end]; !here && end != "" {
				return c, fmt.Errorf("document %s states something of an entity that it does not mention", r.Document.ID)
			}
		}
		f := Stated{Predicate: e.Predicate, Subject: at[e.RawSubject], Object: at[e.RawObject], Confidence: e.Confidence,
			Extractor: e.Extractor, SubjectAt: e.Subject, ObjectAt: e.Object}
		for q, v := range e.Qualifiers {
			if q != AtPlace {
				if f.Qualifiers == nil {
					f.Qualifiers = Qualifiers{}
				}
				f.Qualifiers[q] = v
			}
		}
		if e.RawPlace != "" {
			place := at[e.RawPlace]
			f.Place = &place
		}
		for _, s := range e.Spans {
			f.Spans = append(f.Spans, EvidenceSpan{Span: s.Span, Role: s.Role})
		}
		c.Facts = append(c.Facts, f)
	}
	return c, nil
}

// Digest tells two sets of rows of one document apart.
func (r Rows) Digest() string {
	return hash("r", encoded(r.Sentences), encoded(r.Mentions), encoded(r.Evidence))
}

// facts counts the facts that the document states.
func (r Rows) facts() int {
	ids := map[FactID]bool{}
	for _, e := range r.Evidence {
		if e.Fact != "" {
			ids[e.Fact] = true
		}
	}
	return len(ids)
}
