package graph

import (
	"context"
	"slices"
)

// Unit is how long a bucket of a timeline is: as many bytes of a [Date].
type Unit int

// The units.
const (
	Years  Unit = 4
	Months Unit = 7
	Days   Unit = 10
)

// TimelineQuery asks how many facts began when.
type TimelineQuery struct {
	Where FactFilter
	By    Unit
	Kinds bool // tell the facts of a bucket apart by the kinds of their ends
}

// Tally is how many facts of one date, cut to the unit, say the same about the same kinds.
type Tally struct {
	Date      Date
	Predicate Predicate
	From, To  Kind // of subject and object, if asked for
	Count     int
}

// MaxTallies is how many tallies a timeline is made of at most.
const MaxTallies = 100_000

// Bucket is one year, month or day of a timeline, or what is dated less
// precisely: "2005" is a bucket beside "2005-01".
type Bucket struct {
	Date       Date
	Count      int
	Predicates map[Predicate]int
	Kinds      map[Kind]int // a fact counts once for each kind that stands at one of its ends
}

// Timeline counts the facts that have a date, the earliest first: one statement.
// complete is false if there was more than anybody can look at.
func Timeline(ctx context.Context, store Reader, q TimelineQuery) (buckets []Bucket, complete bool, err error) {
	tallies, complete, err := store.Tally(ctx, q)
	for _, t := range tallies {
		if n := len(buckets); n == 0 || buckets[n-1].Date != t.Date {
			buckets = append(buckets, Bucket{Date: t.Date, Predicates: map[Predicate]int{}, Kinds: map[Kind]int{}})
		}
		b := &buckets[len(buckets)-1]
		b.Count += t.Count
		b.Predicates[t.Predicate] += t.Count
		if !q.Kinds {
			continue
		}
		if b.Kinds[t.From] += t.Count; t.To != t.From {
			b.Kinds[t.To] += t.Count
		}
	}
	return buckets, complete, err
}

// FacetBy is what entities can be counted by.
type FacetBy string

// The facets. Of an entity without date, topic or party, these count nothing.
const (
	FacetYear          FacetBy = "YEAR"           // of an agreement's or event's date
	FacetKind          FacetBy = "KIND"           // of the entity
	FacetAgreementKind FacetBy = "AGREEMENT_KIND" // of agreements
	FacetTopic         FacetBy = "TOPIC"          // that it covers or discussed
	FacetParty         FacetBy = "PARTY"          // that signed it or is party to it
)

// FacetQuery asks how many of the entities that match there are by year, kind, topic or party.
type FacetQuery struct {
	Where EntityFilter
	By    FacetBy
	Limit int // the most frequent ones
}

// Facet is how many entities have one thing in common.
type Facet struct {
	Value  string // a year or kind; of a topic or party its id
	Entity Entity // the topic or party
	Count  int
}

// FacetEdges are the edges by which a facet's topics and parties are found: from
// the entity that is counted in a direction, to entities of these kinds.
func FacetEdges(by FacetBy) (predicates []Predicate, d Direction, kinds []Kind) {
	if by == FacetParty {
		return []Predicate{Signed, PartyTo}, In, slices.Clone(bodies)
	}
	return []Predicate{Covers, Discussed}, Out, []Kind{Topic}
}
