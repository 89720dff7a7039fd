package graphtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// Vocabulary is the small vocabulary of the cases.
var Vocabulary = graph.Vocabulary{
	Version: "test-1",
	Entities: []graph.VocabularyEntity{
		{Key: org("gaz:rkc"), Name: "River Keepers' Council", Acronym: "RKC", Names: []string{"Council of River Keepers"}, Identifiers: []graph.Identifier{{Scheme: "Wikidata", Value: "Q1000001"}}},
		{Key: org("gaz:upa"), Name: "Union of Plateau States", Acronym: "UPS"},
		{Key: country("iso:AAA"), Name: "Arland", Names: []string{"Republic of Arland"}, Identifiers: []graph.Identifier{{Scheme: "ISO 3166-1 alpha-3", Value: "AAA"}}},
		{Key: country("iso:BBB"), Name: "Bergonia"},
		{Key: place("place:port ar/AAA"), Name: "Port Ar"},
		{Key: topic("topic:drugs"), Name: "drugs", Names: []string{"narcotics", "illicit drugs"}},
		{Key: topic("topic:drug-trafficking"), Name: "drug trafficking", Names: []string{"drug smuggling"}},
		{Key: topic("topic:narcotic-drugs"), Name: "narcotic drugs"},
		{Key: topic("topic:precursors"), Name: "precursor chemicals"},
	},
	Facts: []graph.VocabularyFact{
		{Predicate: graph.Broader, Subject: topic("topic:drug-trafficking"), Object: topic("topic:drugs")},
		{Predicate: graph.Broader, Subject: topic("topic:narcotic-drugs"), Object: topic("topic:drugs")},
		{Predicate: graph.Broader, Subject: topic("topic:precursors"), Object: topic("topic:narcotic-drugs")},
		{Predicate: graph.LocatedIn, Subject: place("place:port ar/AAA"), Object: country("iso:AAA")},
	},
}

func org(text string) graph.Key       { return graph.Key{Kind: graph.Organisation, Text: text} }
func country(text string) graph.Key   { return graph.Key{Kind: graph.Country, Text: text} }
func person(text string) graph.Key    { return graph.Key{Kind: graph.Person, Text: text} }
func agreement(text string) graph.Key { return graph.Key{Kind: graph.Agreement, Text: text} }
func topic(text string) graph.Key     { return graph.Key{Kind: graph.Topic, Text: text} }
func place(text string) graph.Key     { return graph.Key{Kind: graph.Place, Text: text} }
func event(text string) graph.Key     { return graph.Key{Kind: graph.Event, Text: text} }

// Draft writes a change sentence by sentence: the text grows with what is said.
type Draft struct {
	change graph.Change
	text   strings.Builder
	at     map[graph.Key]int
}

// NewDraft begins the document of a source, published on a day or "".
func NewDraft(source string, published graph.Date) *Draft {
	return &Draft{at: map[graph.Key]int{}, change: graph.Change{Document: graph.Document{
		ID: graph.NewDocumentID(source), Source: source, Title: "Notice " + source, Language: "en", Published: published}}}
}

// Mention says a name of an entity in a sentence of its own.
func (d *Draft) Mention(k graph.Key, name string, class graph.NameClass) *Draft {
	span := d.say(name + " was there.")
	i := d.entity(k)
	e := &d.change.Entities[i]
	e.Names = append(e.Names, graph.NameForm{Text: name, Class: class})
	e.Spans = append(e.Spans, graph.Span{Start: span.Start, End: span.Start + len(name)})
	return d
}

// State says a fact in a sentence.
func (d *Draft) State(subject graph.Key, p graph.Predicate, object graph.Key, q graph.Qualifiers, confidence int) *Draft {
	span := d.say(fmt.Sprintf("%s %s %s.", subject.Text, strings.ToLower(string(p)), object.Text))
	f := graph.Stated{Predicate: p, Subject: d.entity(subject), Object: d.entity(object), Confidence: confidence, Extractor: "test",
		Spans:     []graph.EvidenceSpan{{Span: span, Role: graph.StatesFact}},
		SubjectAt: graph.Span{Start: span.Start, End: span.Start + len(subject.Text)},
		ObjectAt:  graph.Span{Start: span.End - 1 - len(object.Text), End: span.End - 1}}
	for i, at := range map[int]graph.Span{f.Subject: f.SubjectAt, f.Object: f.ObjectAt} {
		d.change.Entities[i].Spans = append(d.change.Entities[i].Spans, at)
	}
	for name, v := range q {
		if name == graph.AtPlace {
			i := d.entity(place(v))
			f.Place = &i
			continue
		}
		if f.Qualifiers == nil {
			f.Qualifiers = graph.Qualifiers{}
		}
		f.Qualifiers[name] = v
	}
	d.change.Facts = append(d.change.Facts, f)
	return d
}

func (d *Draft) say(sentence string) graph.Span {
	if d.text.Len() > 0 {
		d.text.WriteByte(' ')
	}
	start := d.text.Len()
	d.text.WriteString(sentence)
	span := graph.Span{Start: start, End: d.text.Len()}
	d.change.Sentences = append(d.change.Sentences, span)
	return span
}

func (d *Draft) entity(k graph.Key) int {
	i, known := d.at[k]
	if !known {
		i = len(d.change.Entities)
		d.at[k] = i
		d.change.Entities = append(d.change.Entities, graph.Contributed{Key: k})
	}
	return i
}

// Revision makes the change of a revision number.
func (d *Draft) Revision(number int64) graph.Change {
	c := d.change
	c.Entities, c.Facts = slices.Clone(c.Entities), slices.Clone(c.Facts)
	for i, e := range c.Entities { // whoever is only spoken of bears the key's text as name
		if len(e.Names) == 0 && !e.Key.FromGazetteer() {
			c.Entities[i].Names = []graph.NameForm{{Text: e.Key.Text, Class: graph.FullName}}
		}
	}
	c.Document.Text = d.text.String()
	c.Document.Revision = graph.Revision{Number: number, Published: c.Document.Published,
		Hash: graph.ContentHash(c.Document.Title, c.Document.Language, string(c.Document.Published), c.Document.Text)}
	return c
}

// Keys of the hand-made corpus.
var (
	council  = org("gaz:rkc")
	union    = org("gaz:upa")
	arland   = country("iso:AAA")
	bergonia = country("iso:BBB")
	portAr   = place("place:port ar/AAA")
	drugs    = topic("topic:drugs")
	traffic  = topic("topic:drug-trafficking")
	ada      = person("ada lindqvist")
	bruno    = person("bruno okafor")
	memo     = agreement("memorandum; rkc; ups; 2005")
	treaty   = agreement("river treaty")
)

// handMade is three documents that speak of the same things.
func handMade() []graph.Change {
	meeting := NewDraft("meeting", "2019-09-27").
		Mention(ada, "Ada Lindqvist", graph.FullName).Mention(bruno, "Bruno Okafor", graph.FullName).
		State(ada, graph.HoldsOffice, council, graph.Qualifiers{graph.WithTitle: "Secretary-General"}, 950).
		State(ada, graph.Met, bruno, graph.Qualifiers{graph.OnDate: "2019-09-26", graph.InMode: graph.InPerson, graph.AtPlace: portAr.Text}, 970)
	signing := NewDraft("signing", "2005-05-02").
		Mention(memo, "Memorandum of Understanding", graph.FullName).
		State(council, graph.Signed, memo, graph.Qualifiers{graph.OnDate: "2005"}, 900).
		State(union, graph.Signed, memo, graph.Qualifiers{graph.OnDate: "2005"}, 900).
		State(memo, graph.Covers, traffic, nil, 800)
	treatyNews := NewDraft("treaty", "").
		Mention(treaty, "River Treaty", graph.FullName).
		State(arland, graph.PartyTo, treaty, graph.Qualifiers{graph.WithStatus: graph.Ratified, graph.OnDate: "2011-03"}, 700).
		State(treaty, graph.Covers, topic("river navigation"), nil, 900)
	return []graph.Change{meeting.Revision(1), signing.Revision(1), treatyNews.Revision(1)}
}

// Corpus makes a corpus from a seed: every two documents share an entity, some
// disagree on date, title and name, and hubs are heavy-tailed.
func Corpus(seed uint64, documents, facts int) []graph.Change {
	rng := rand.New(rand.NewPCG(seed, 7))
	changes := make([]graph.Change, documents)
	for i := range changes {
		changes[i] = randomDocument(rng, i, documents, facts)
	}
	return changes
}

func randomDocument(rng *rand.Rand, i, documents, facts int) graph.Change {
	published := graph.Date("")
	if rng.IntN(5) > 0 {
		published = graph.Date(fmt.Sprintf("20%02d-%02d-%02d", rng.IntN(25), 1+rng.IntN(12), 1+rng.IntN(28)))
	}
	d := NewDraft(fmt.Sprintf("doc-%06d", i), published)
	d.Mention(arland, "Arland", graph.ShortName)
	pick := func(prefix string) string { // heavy-tailed: half of the picks are among the first few
		n := rng.IntN(1 + documents*2)
		return fmt.Sprintf("%s %d", prefix, n>>rng.IntN(12))
	}
	date := func() graph.Qualifiers {
		full := fmt.Sprintf("20%02d-%02d-%02d", rng.IntN(25), 1+rng.IntN(12), 1+rng.IntN(28))
		return graph.Qualifiers{graph.OnDate: full[:[]int{4, 7, 10}[rng.IntN(3)]]}
	}
	for range facts {
		confidence := 500 + rng.IntN(500)
		switch rng.IntN(7) {
		case 0:
			if a, b := pick("person"), pick("person"); a != b {
				d.State(person(a), graph.Met, person(b), date(), confidence)
			}
		case 1:
			title := []string{"Minister", "Foreign Minister", "President"}[rng.IntN(3)]
			d.State(person(pick("person")), graph.HoldsOffice, arland, graph.Qualifiers{graph.WithTitle: title}, confidence)
		case 2:
			d.State(org(pick("body")), graph.Signed, agreement(pick("treaty")), date(), confidence)
		case 3:
			d.State(agreement(pick("treaty")), graph.Covers, []graph.Key{traffic, drugs, topic(pick("subject"))}[rng.IntN(3)], nil, confidence)
		case 4:
			d.State(org(pick("body")), graph.ParticipatedIn, event(pick("summit")), date(), confidence)
		case 5:
			d.State(bergonia, graph.MemberOf, org(pick("body")), date(), confidence)
		case 6:
			d.Mention(person(pick("person")), []string{"The Envoy", "A. Person", "Ms Person"}[rng.IntN(3)], graph.NameClass(1+rng.IntN(4)))
		}
	}
	return d.Revision(1)
}
