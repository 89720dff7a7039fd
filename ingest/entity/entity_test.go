package entity

import (
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

func resolve(t *testing.T, s string) (*Set, []mention.Mention) {
	t.Helper()
	g, err := mention.NewGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	thesaurus, err := mention.NewThesaurus()
	if err != nil {
		t.Fatal(err)
	}
	doc := text.Document{Source: "s", Published: "2021-05-07", Text: s}
	sentences := slices.Collect(text.Sentences(s))
	mentions := mention.NewFinder(g).Find(doc, sentences)
	return Resolver{Gazetteer: g, Thesaurus: thesaurus}.Resolve(doc, sentences, mentions), mentions
}

// TestRefer tells for the last mention of some words what they stand for.
func TestRefer(t *testing.T) {
	for _, c := range []struct {
		name, text, words string
		want              string // the entities' names
	}{
		{"a surname", "Ana Soto met Juan Mori. Soto left.", "Soto", "Ana Soto"},
		{"a bare title", "The Foreign Minister of Peru, Ana Soto, met the Secretary-General of the SCO, Juan Mori. The Secretary-General left.", "Secretary-General", "Juan Mori"},
		{"she", "President Ana Soto of Peru met Juan Mori. She left.", "She", "Ana Soto"},
		{"the sides", "Ana Soto met Juan Mori. The two sides agreed.", "The two sides", "Ana Soto|Juan Mori"},
		{"the two", "Ana Soto met Juan Mori. The two discussed trade.", "The two", "Ana Soto|Juan Mori"},
		{"the memorandum", "Peru and Chile signed a Memorandum of Understanding on Trade. The memorandum is short.", "memorandum", "Memorandum of Understanding on Trade"},
		{"the framework", "Peru and Chile launched the Lima Framework on Trade. The framework is short.", "framework", "Lima Framework on Trade"},
		{"the meeting", "The Trade Meeting of the SCO was held in Lima. The meeting ended.", "meeting", "Trade Meeting of the SCO"},
		{"the event", "The Lima Forum was held in May. The event ended.", "event", "Lima Forum"},
		{"the pact without any before", "The pact is short.", "pact", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, mentions := resolve(t, c.text)
			got := []string{}
			for i, m := range slices.Backward(mentions) {
				if m.Name == c.words {
					for _, at := range set.Standing[i] {
						got = append(got, set.Entities[at].Name)
					}
					break
				}
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("%q stands for %q, want %q", c.words, s, c.want)
			}
		})
	}
}

// TestKeys tells which names are one across documents and which are local.
func TestKeys(t *testing.T) {
	for _, c := range []struct {
		name, text string
		kind       graph.Kind
		want       string // of the first entity of the kind; "local" for any local key
	}{
		{"the gazetteer's", "The Shanghai Cooperation Organisation grew.", graph.Organisation, "gaz:sco"},
		{"a full name", "Mr. Juan MORI left.", graph.Person, "juan mori"},
		{"a title of its own", "The Lima Convention on Whales is old.", graph.Agreement, "lima convention on whales"},
		{"a new memorandum", "They signed a memorandum of understanding.", graph.Agreement, "local"},
		{"a generic body", "The Ministry of Health spoke.", graph.Organisation, "local"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, _ := resolve(t, c.text)
			set.Keys("d1", 0)
			at := slices.IndexFunc(set.Entities, func(e Entity) bool { return e.Kind == c.kind })
			if at < 0 {
				t.Fatalf("no %s", c.kind)
			}
			got := set.Entities[at].Key.Text
			if strings.HasPrefix(got, "local:d1/") {
				got = "local"
			}
			if got != c.want {
				t.Errorf("key %q, want %q", got, c.want)
			}
		})
	}
}
