package quality_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/ingest/quality"
)

// nameKinds are the classes of the public sets of names, in the ontology's kinds. Other classes
// are none of ours; a country is a place to sets that tell of locations alone.
var nameKinds = map[string]string{
	"PER": "Person", "ORG": "Organisation", "LOC": "Place", "person": "Person", "scientist": "Person", "writer": "Person", "researcher": "Person", "musicalartist": "Person",
	"organisation": "Organisation", "university": "Organisation", "band": "Organisation", "country": "Country", "location": "Place", "event": "Event", "conference": "Event",
}

// name is a stretch of a sentence with its kind.
type name struct {
	start, end int
	kind       string
}

// TestQualityNames finds names in sentences far from diplomacy, one by one: web English (UNER) and
// encyclopaedia articles (CrossNER). A name is right if its first and last letter and its kind are.
// The floors keep a rule for diplomatic prose from being bought with nonsense elsewhere.
func TestQualityNames(t *testing.T) {
	x, err := ingest.NewExtractor()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []struct {
		name, file string
		word       int // the column of the word; that of the class is the next
		floors     map[string]float64
	}{
		{"web", "uner-english-ewt/en_ewt-ud-dev.iob2", 1, map[string]float64{"Person": .48, "Organisation": .17, "Place": .57}},
		{"ai", "crossner-other-domains/ner_data/ai/dev.txt", 0, map[string]float64{"Person": .74, "Organisation": .56, "Country": .63}},
		{"literature", "crossner-other-domains/ner_data/literature/dev.txt", 0, map[string]float64{"Person": .63, "Organisation": .48, "Country": .50}},
		{"music", "crossner-other-domains/ner_data/music/dev.txt", 0, map[string]float64{"Person": .63, "Organisation": .17, "Country": .63}},
		{"science", "crossner-other-domains/ner_data/science/dev.txt", 0, map[string]float64{"Person": .73, "Organisation": .69}},
	} {
		t.Run(set.name, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join(shared, "data", set.file))
			if err != nil {
				t.Skipf("no such names beside the repository: %v", err)
			}
			counts := map[string]*quality.Count{}
			for _, block := range strings.Split(string(raw), "\n\n") {
				sentence, want := annotatedNames(block, set.word)
				compareNames(counts, want, foundNames(t, x, sentence, set.name == "web"))
			}
			for _, k := range []string{"Person", "Organisation", "Country", "Place", "Event"} {
				if c := counts[k]; c != nil && c.Right+c.Missed > 0 {
					t.Logf("%-13s P %.3f  R %.3f  F1 %.3f  (of %d)", k, c.Precision(), c.Recall(), c.F1(), c.Right+c.Missed)
					if c.F1() < set.floors[k] {
						t.Errorf("%s: F1 %.3f, want at least %.2f", k, c.F1(), set.floors[k])
					}
				}
			}
		})
	}
}

// annotatedNames reads a sentence in columns, a word a line.
func annotatedNames(block string, column int) (string, []name) {
	var s strings.Builder
	var names []name
	for line := range strings.Lines(block) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "# ") || len(fields) < column+2 {
			continue
		}
		if s.Len() > 0 {
			s.WriteByte(' ')
		}
		start := s.Len()
		s.WriteString(fields[column])
		switch place, class, _ := strings.Cut(fields[column+1], "-"); place {
		case "B":
			names = append(names, name{start, s.Len(), nameKinds[class]})
		case "I":
			if len(names) > 0 {
				names[len(names)-1].end = s.Len()
			}
		}
	}
	return s.String(), slices.DeleteFunc(names, func(n name) bool { return n.kind == "" })
}

// foundNames are the names that the extraction finds in a sentence, references left out.
func foundNames(t *testing.T, x *ingest.Extractor, sentence string, countriesAreLocations bool) []name {
	t.Helper()
	var b bytes.Buffer
	if err := x.WriteJSON(&b, x.Extract(ingest.Document{Source: "names", Language: "en", Text: sentence})); err != nil {
		t.Fatal(err)
	}
	var found struct {
		Entities []struct {
			Kind     string
			Mentions []struct {
				Start, End int
				Text       string
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &found); err != nil {
		t.Fatal(err)
	}
	var names []name
	for _, e := range found.Entities {
		if e.Kind == "Country" && countriesAreLocations {
			e.Kind = "Place"
		}
		for _, m := range e.Mentions {
			if m.Text != strings.ToLower(m.Text) {
				names = append(names, name{m.Start, m.End, e.Kind})
			}
		}
	}
	return names
}

func compareNames(counts map[string]*quality.Count, want, got []name) {
	at := func(k string) *quality.Count {
		if counts[k] == nil {
			counts[k] = &quality.Count{}
		}
		return counts[k]
	}
	for _, n := range got {
		if slices.Contains(want, n) {
			at(n.kind).Right++
		} else {
			at(n.kind).Wrong++
		}
	}
	for _, n := range want {
		if !slices.Contains(got, n) {
			at(n.kind).Missed++
		}
	}
}
