package fact

import (
	"fmt"
	"slices"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/tag"
	"github.com/entente-kg/entente/ingest/text"
)

// said is a fact as a test reads it.
type said struct {
	subject   string
	predicate graph.Predicate
	object    string
	title     string
	date      string
}

func (s said) String() string {
	line := fmt.Sprintf("%s %s %s", s.subject, s.predicate, s.object)
	if s.title != "" {
		line += " (" + s.title + ")"
	}
	if s.date != "" {
		line += " " + s.date
	}
	return line
}

// factsOf are the facts of a text published on 7 May 2021.
func factsOf(t *testing.T, s string) []said {
	t.Helper()
	g, err := mention.NewGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	thesaurus, err := mention.NewThesaurus()
	if err != nil {
		t.Fatal(err)
	}
	tagger, err := tag.New()
	if err != nil {
		t.Fatal(err)
	}
	doc := text.Document{Source: s, Published: "2021-05-07", Text: s}
	sentences := slices.Collect(text.Sentences(s))
	for _, s := range sentences {
		tagger.Tag(s.Tokens)
	}
	mentions := mention.NewFinder(g).Find(doc, sentences)
	set := entity.Resolver{Gazetteer: g, Thesaurus: thesaurus}.Resolve(doc, sentences, mentions)
	var out []said
	for _, f := range State(doc, sentences, mentions, set) {
		out = append(out, said{set.Entities[f.Subject].Name, f.Predicate, set.Entities[f.Object].Name, f.Qualifiers[graph.WithTitle], f.Qualifiers[graph.OnDate]})
	}
	return out
}

// stated are the facts of a text, one line each: subject, predicate, object and
// the date.
func stated(t *testing.T, s string) []string {
	t.Helper()
	var out []string
	for _, f := range factsOf(t, s) {
		f.title = ""
		out = append(out, f.String())
	}
	return out
}

func TestState(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"active", "Peru signed the Lima Treaty on 4 May 2021.", []string{"Peru SIGNED Lima Treaty 2021-05-04"}},
		{"passive", "The Lima Treaty was signed by Peru and Chile in 2020.", []string{"Peru SIGNED Lima Treaty 2020", "Chile SIGNED Lima Treaty 2020"}},
		{"participle", "The Lima Treaty, signed by Peru in 2020, is old.", []string{"Peru SIGNED Lima Treaty 2020"}},
		{"negated", "Peru has not signed the Lima Treaty.", nil},
		{"planned", "Peru plans to sign the Lima Treaty.", nil},
		{"hoped for", "Peru hopes that Chile will ratify the Lima Treaty.", nil},
		{"after a dateline", "LIMA, 4 May 2021 - Peru and Chile met in Lima.", []string{"Peru MET Chile 2021-05-04"}},
		{"where, not whom", "Peru and Chile met in Nairobi, Kenya, in 2020.", []string{"Peru MET Chile 2020"}},
		{"after a colon", "In 2020 three states adopted the Lima Declaration: Peru, Chile and Kenya.",
			[]string{"Peru ADOPTED Lima Declaration 2020", "Chile ADOPTED Lima Declaration 2020", "Kenya ADOPTED Lima Declaration 2020"}},
		{"parties to which", "The Lima Treaty, to which Peru and Chile are parties, is old.", []string{"Peru PARTY_TO Lima Treaty", "Chile PARTY_TO Lima Treaty"}},
		{"parties listed", "The parties to the Lima Treaty are Peru and Chile.", []string{"Peru PARTY_TO Lima Treaty", "Chile PARTY_TO Lima Treaty"}},
		{"no party", "Peru is not a party to the Lima Treaty.", nil},
		{"of the Republic", "The Republic of Chile ratified the Lima Treaty in 2020.", []string{"Chile PARTY_TO Lima Treaty 2020"}},
		{"covers", "The Lima Treaty covers piracy and tourism.", []string{"Lima Treaty COVERS piracy", "Lima Treaty COVERS tourism"}},
		{"discussed when they met", "Ana Soto met Juan Mori on 4 May 2021. They discussed tourism.",
			[]string{"Ana Soto MET Juan Mori 2021-05-04", "Ana Soto DISCUSSED tourism 2021-05-04", "Juan Mori DISCUSSED tourism 2021-05-04"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := stated(t, c.text)
			slices.Sort(got)
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
