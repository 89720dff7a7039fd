// Package mention finds what a document speaks of: persons, offices,
// organisations, countries, places, agreements, events and dates, and the words
// that refer back to them ("the memorandum", "he", "the sides").
//
// It reads in two passes. The first finds what gazetteer, titles, honorifics and
// head nouns show; the second knows in addition the names that the first has
// seen clearly once, so that a bare "Norov" or an acronym put in brackets is
// found wherever it stands. A head noun decides what a capitalised phrase is:
// "Joint Commission for Bilateral Cooperation" is an organisation by Commission,
// "Convention on Cyber Security" an agreement by Convention, and "Foreign
// Minister" an office, whose holder and body are tied to it by position.
//
// Mentions nest: "ASEAN Secretariat" holds "ASEAN", "Agreement between X and Y"
// holds X and Y. The stage decides nothing about identity; that is the next one's.
package mention

import "github.com/entente-kg/entente/ingest/text"

// Kind is what a mention is: one of the ontology's kinds, or one of the kinds
// that only help to read: an office, a date, a reference to several.
type Kind string

// The kinds.
const (
	Person       Kind = "Person"
	Organisation Kind = "Organisation"
	Country      Kind = "Country"
	Place        Kind = "Place"
	Agreement    Kind = "Agreement"
	Event        Kind = "Event"
	Topic        Kind = "Topic"
	Office       Kind = "Office" // "Foreign Minister of Ruritania"
	Date         Kind = "Date"
	Group        Kind = "Group" // "the sides", "they", "both countries"
	Pronoun      Kind = "Pronoun"
)

// Form is how a mention names its entity.
type Form uint8

// The forms.
const (
	Named      Form = iota // a proper name
	Short                  // part of a name: a surname, an acronym
	Adjective              // "Kenyan"
	Indefinite             // "a memorandum of understanding": a new one
	Definite               // "the memorandum": one spoken of before
)

// None is the index of no mention.
const None = -1

// Mention is one stretch of text that stands for something.
type Mention struct {
	text.Span
	Sentence    int
	First, Last int // tokens of the sentence, half-open
	Kind        Kind
	Form        Form
	Name        string    // as written, without article and courtesy title, white space squeezed
	ID          string    // the gazetteer's key, if it has one
	Head        string    // the head noun in small letters: "memorandum", "summit"; of a group "two ministers"
	Title       string    // an office: its title
	Date        string    // a date: resolved, YYYY, YYYY-MM or YYYY-MM-DD
	Until       string    // a date: the last day of several
	Subject     text.Span // an agreement: the words of its title that tell its subject
	SubjectTok  [2]int    // the same as tokens, half-open
	Inside      int       // the mention that encloses this one
	Of          int       // an office's body, an organ's parent, an event's or agreement's organisation
	Holder      int       // an office: the person
	At          int       // an event: its place
	Defines     int       // a bracket that restates the mention before it: "(SCO)"
	Parties     []int     // an agreement "between X and Y"
	Draft       bool      // an agreement that does not exist yet
	Plural      bool      // an office: "the Presidents of"
}

// Is tells whether the mention is of one of the kinds.
func (m Mention) Is(kinds ...Kind) bool {
	for _, k := range kinds {
		if m.Kind == k {
			return true
		}
	}
	return false
}
