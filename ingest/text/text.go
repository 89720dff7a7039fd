// Package text is the first stage of the pipeline: a normalised text becomes
// sentences, and sentences become tokens. Everything later speaks in byte
// offsets into the same text, so a fact can always show the words that state it.
//
// A token is a word, a number or one punctuation mark. What English glues
// together is parted where a later stage needs the parts ("SCO's" is "SCO" and
// "'s") and kept where it does not ("Secretary-General", "U.S.", "2019-2020").
// A sentence never crosses a blank line, and never exceeds [MaxTokens] tokens:
// whatever a later stage does inside a sentence is bounded by it.
package text

// Document is a text with what is known of it: UTF-8 in NFC with LF line ends.
type Document struct {
	Source    string // where it came from; its hash is the document's id
	Title     string
	Published string // YYYY, YYYY-MM or YYYY-MM-DD, or ""
	Language  string // ISO 639-1
	Text      string
}

// Span is a half-open stretch of bytes.
type Span struct{ Start, End int }

// Of is the stretch of s that the span covers.
func (p Span) Of(s string) string { return s[p.Start:p.End] }

// Contains tells whether q lies within p.
func (p Span) Contains(q Span) bool { return p.Start <= q.Start && q.End <= p.End }

// Token is one word, number or punctuation mark.
type Token struct {
	Span
	Text  string // as written
	Lower string // in lower case, with a typewriter apostrophe
	Shape Shape
	Tag   Tag // the part of speech, once it is tagged
}

// Shape is what a token looks like.
type Shape uint8

// The shapes.
const (
	Punct   Shape = iota
	Small         // begins with a small letter
	Capital       // begins with a capital
	Upper         // all capitals, two letters or more: "SCO", "U.S."
	Number        // begins with a digit
)

// Named tells whether the token begins as names do.
func (t Token) Named() bool { return t.Shape == Capital || t.Shape == Upper }

// Word tells whether the token is a word or a number.
func (t Token) Word() bool { return t.Shape != Punct }

// Sentence is a sentence with its tokens.
type Sentence struct {
	Span
	Tokens    []Token
	Paragraph int // ordinal of the paragraph that it stands in
}
