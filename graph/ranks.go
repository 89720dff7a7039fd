package graph

import (
	"fmt"
	"strconv"
	"strings"
)

// A rank is a text whose byte order is the total order of a fold: the least one
// wins. It ends in the value itself, so that the winner can be read off it and
// no two different values tie. No float takes part.

// EntityRanks holds the winners that an entity's record shows.
type EntityRanks struct {
	Name    string // Name.Rank; "" when nothing names it
	Acronym string // Name.Rank of an AcronymName
	Dated   string // see Fact.Dates
}

// FactRanks holds the winner of every qualifier, and of the confidence.
type FactRanks struct {
	Of         map[Qualifier]string
	Confidence string
}

// precisionRank puts a date known to the day before a month before a year.
func precisionRank(d Date) string {
	switch len(d) {
	case 10:
		return "0"
	case 7:
		return "1"
	}
	return "2"
}

// confidenceRank has four digits, the more confident the smaller.
func confidenceRank(confidence int) string { return fmt.Sprintf("%04d", 1000-confidence) }

// QualifierRank ranks one value: a date by precision first, then every value by
// the confidence of its evidence, then by itself.
func QualifierRank(q Qualifier, value string, confidence int) string {
	rank := confidenceRank(confidence) + value
	if q == OnDate || q == UntilDate {
		return precisionRank(Date(value)) + rank
	}
	return rank
}

// qualifierOf reads the value off a rank.
func qualifierOf(q Qualifier, rank string) string {
	at := 4
	if q == OnDate || q == UntilDate {
		at = 5
	}
	if len(rank) < at {
		return ""
	}
	return rank[at:]
}

// RanksOf are the ranks that one evidence puts up.
func RanksOf(e Evidence) FactRanks {
	r := FactRanks{Of: make(map[Qualifier]string, len(e.Qualifiers)), Confidence: confidenceRank(e.Confidence)}
	for q, v := range e.Qualifiers {
		r.Of[q] = QualifierRank(q, v, e.Confidence)
	}
	return r
}

// add lets the evidence compete.
func (r *FactRanks) add(e Evidence) {
	if r.Of == nil {
		r.Of = map[Qualifier]string{}
	}
	other := RanksOf(e)
	for q, rank := range other.Of {
		r.Of[q] = least(r.Of[q], rank)
	}
	r.Confidence = least(r.Confidence, other.Confidence)
}

// Qualifiers are the values that the ranks show.
func (r FactRanks) Qualifiers() Qualifiers {
	q := make(Qualifiers, len(r.Of))
	for name, rank := range r.Of {
		q[name] = qualifierOf(name, rank)
	}
	return q
}

// confidence reads the confidence off its rank.
func (r FactRanks) confidence() int {
	n, err := strconv.Atoi(r.Confidence)
	if err != nil {
		return 0
	}
	return 1000 - n
}

// least is the smaller of two ranks; "" is none.
func least(a, b string) string {
	if a == "" || (b != "" && b < a) {
		return b
	}
	return a
}

// nameOf reads the text off a name's rank: what a fold gives, which stands before it, has no such sign.
func nameOf(rank string) string {
	_, text, _ := strings.Cut(rank, "\x01")
	return text
}

// datedOf reads the date off the rank that Fact.Dates gives.
func datedOf(rank string) Date {
	if len(rank) < 2 {
		return ""
	}
	return Date(rank[2:])
}
