// Package fact reads facts off the sentences of a document whose mentions are
// found and whose entities are known.
//
// Every pattern hangs on a word: mostly a verb ("signed", "was hosted by",
// "belong to"), else a noun ("a member of", "the adoption of") or a name by itself
// ("ASEAN Secretariat", "Agreement on Customs"). For a verb the stage finds its
// group ("has not yet signed"), its voice, its subject and its objects by
// position, coordination and relative pronouns. A verb that is negated, wished
// for or planned states no fact, and an agreement that is only a draft takes part
// in none.
//
// The evidence of a fact is its sentence, or the clause if the sentence is long.
package fact

import (
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// Fact is one statement between two entities of the set.
type Fact struct {
	Predicate         graph.Predicate
	Subject, Object   int
	Qualifiers        graph.Qualifiers
	Place             int // an entity, or entity.None
	Confidence        int // 0–1000
	Extractor         string
	Spans             []graph.EvidenceSpan
	SubjectAt         graph.Span
	ObjectAt          graph.Span
	sentence, trigger int
}

// State reads the facts of a document. It adds the topics that facts name, and
// the dates that they tell, to the set.
func State(doc text.Document, sentences []text.Sentence, mentions []mention.Mention, set *entity.Set) []Fact {
	return state(doc, sentences, mentions, set, nil)
}

// state reads the facts, and notes what it rejects if rejected is there.
func state(doc text.Document, sentences []text.Sentence, mentions []mention.Mention, set *entity.Set, rejected *[]Rejected) []Fact {
	r := &reader{rejected: rejected, source: doc.Text, sentences: sentences, mentions: mentions, set: set, index: map[identity]int{}, begun: map[int]string{}, entered: map[int]bool{},
		occasions: map[act]occasion{}, acting: map[int]int{}, papers: papersNamed(mentions, set), tookPlace: map[int]bool{}, doneLine: -1, dayline: mention.None, written: mention.None}
	next := 0
	for n := range sentences {
		from := next
		for next < len(mentions) && mentions[next].Sentence == n {
			next++
		}
		newClause(r, n, from, next).read()
	}
	r.offices()
	r.meetingsOfSides()
	r.cooperationOfThoseWhoMet()
	r.organs()
	r.titles()
	r.signedBetween()
	r.parties()
	r.undated()
	facts := r.settled()
	signers(facts, set)
	return facts
}

// signers tells of each agreement which bodies signed it: with the year they tell
// it from others that have no title of their own.
func signers(facts []Fact, set *entity.Set) {
	for _, f := range facts {
		e := &set.Entities[f.Object]
		if f.Predicate == graph.Signed && e.Kind == graph.Agreement && slices.Contains(bodies, set.Entities[f.Subject].Kind) && !slices.Contains(e.Signers, f.Subject) {
			e.Signers = append(e.Signers, f.Subject)
		}
	}
}

// reader gathers the facts of one document.
type reader struct {
	source      string
	sentences   []text.Sentence
	mentions    []mention.Mention
	set         *entity.Set
	facts       []Fact
	index       map[identity]int
	successions []succession
	begun       map[int]string // by the mention of an office: the day from which it is held
	entered     map[int]bool   // by the mention of an office: the text tells of somebody's taking it up
	occasions   map[act]occasion
	acting      map[int]int  // by person: the body for which he or she signs
	contractors []arg        // the parties of the treaty that the document is, as its preamble names them
	doneLine    int          // the sentence "Done at Z", or -1
	papers      []int        // the mentions of agreements, in the text's order
	tookPlace   map[int]bool // by event: a fact says that it did
	spoken      []spoken
	told        told
	joined      []joined
	anyMet      bool // a meeting has been stated
	main        int  // the event that the document is about, once sought: its mention, or mention.None
	sought      bool
	dayline     int   // the date of the dateline: its mention, or mention.None
	written     int   // the place of the dateline: its mention, or mention.None
	stated      int   // how often a pattern stated a fact, anew or again
	chorus      []arg // who speaks in the members of the list that is read
	rejected    *[]Rejected
}

// identity is what makes two statements one fact.
type identity struct {
	predicate       graph.Predicate
	subject, object int
	tell            string
}

// state adds a fact, or more of what is known of one stated before.
func (r *reader) state(f Fact) {
	r.stated++
	if f.Subject == f.Object || f.Subject == entity.None || f.Object == entity.None {
		return
	}
	s, o := r.set.Entities[f.Subject], r.set.Entities[f.Object]
	if !f.Predicate.Joins(s.Kind, o.Kind) {
		return
	}
	if s.Draft || o.Draft {
		r.rejectFact(f, "there is only a draft of it")
		return
	}
	id := identity{f.Predicate, f.Subject, f.Object, ""}
	if f.Predicate.Symmetric() && f.Object < f.Subject {
		id.subject, id.object = f.Object, f.Subject
	}
	if f.Predicate == graph.HoldsOffice {
		id.tell = mention.Fold(f.Qualifiers[graph.WithTitle])
	}
	at, known := r.index[id]
	if known && f.Predicate == graph.Met {
		old, now := r.facts[at].Qualifiers[graph.OnDate], f.Qualifiers[graph.OnDate]
		if old != "" && now != "" && old != now {
			id.tell = now
			at, known = r.index[id]
		}
	}
	r.anyMet = r.anyMet || f.Predicate == graph.Met
	switch f.Predicate {
	case graph.HeldIn:
		r.tookPlace[f.Subject] = r.tookPlace[f.Subject] || f.Extractor != "pattern/event place"
	case graph.ParticipatedIn, graph.Hosted:
		r.tookPlace[f.Object] = true
	}
	if !known {
		r.index[id] = len(r.facts)
		r.facts = append(r.facts, f)
		return
	}
	r.complete(&r.facts[at], f)
}

// complete fills in what the earlier statement left open.
func (r *reader) complete(old *Fact, f Fact) {
	for _, q := range graph.AllQualifiers {
		if v, ok := f.Qualifiers[q]; ok && old.Qualifiers[q] == "" {
			old.Qualifiers[q] = v
			if q == graph.OnDate {
				old.Spans = append(old.Spans, graph.EvidenceSpan{Span: f.Spans[0].Span, Role: graph.TellsDate})
			}
		}
	}
	if old.Place == entity.None {
		old.Place = f.Place
	}
	old.Confidence = max(old.Confidence, f.Confidence)
}

// settled are the facts without those that a stronger one makes needless.
func (r *reader) settled() []Fact {
	var out []Fact
	for _, f := range r.facts {
		_, signed := r.index[identity{graph.Signed, f.Subject, f.Object, ""}]
		_, left := r.index[identity{graph.WithdrewFrom, f.Subject, f.Object, ""}]
		if f.Predicate == graph.PartyTo && signed || f.Predicate == graph.MemberOf && left && f.Extractor == "pattern/list" {
			continue
		}
		out = append(out, f)
	}
	return out
}
