package quality_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/ingest/quality"
)

// TestQualityTitles asks of readouts whose title names the two sides of a meeting or
// call whether both are found, as a MET, from the body alone.
func TestQualityTitles(t *testing.T) {
	const floor = .80
	folder := filepath.Join(shared, "data", "wh-readouts-dev")
	list, err := os.ReadFile(filepath.Join(folder, "title_gold.jsonl"))
	if err != nil {
		t.Skipf("no readouts beside the repository: %v", err)
	}
	x, err := ingest.NewExtractor()
	if err != nil {
		t.Fatal(err)
	}
	var found quality.Share
	for line := range bytes.Lines(list) {
		var title struct{ ID, Date, A, B string }
		if err := json.Unmarshal(line, &title); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(filepath.Join(folder, "docs", title.ID+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(file), "\n\n")
		var b bytes.Buffer
		if err := x.WriteJSON(&b, x.Extract(ingest.Document{Source: title.ID, Published: title.Date, Language: "en", Text: body})); err != nil {
			t.Fatal(err)
		}
		read, err := quality.ReadExtracted(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		met := slices.ContainsFunc(read[title.ID].Facts, func(f quality.ExtractedFact) bool {
			return f.Predicate == "MET" && (stands(read[title.ID], f.Subject, title.A) && stands(read[title.ID], f.Object, title.B) ||
				stands(read[title.ID], f.Subject, title.B) && stands(read[title.ID], f.Object, title.A))
		})
		found.Count(met)
		if !met && os.Getenv("ENTENTE_MISTAKES") != "" {
			t.Log("missed |", title.A, "|", title.B, "|", strings.Join(strings.Fields(body[:min(200, len(body))]), " "))
		}
	}
	t.Logf("both sides of the title's meeting found in %d of %d: %.3f", found.Of, found.All, found.Value())
	if found.Value() < floor {
		t.Errorf("%.3f, want at least %.2f", found.Value(), floor)
	}
}

// stands tells whether an entity is one side of a title: a person one of whose names
// is in it, or another with one of its forms at its beginning.
func stands(x quality.Extracted, id, side string) bool {
	side = strings.TrimPrefix(strings.ToLower(side), "the ")
	i := slices.IndexFunc(x.Entities, func(e quality.ExtractedEntity) bool { return e.ID == id })
	if i < 0 {
		return false
	}
	e := x.Entities[i]
	if e.Kind == "Person" {
		of := words(side)
		return slices.ContainsFunc(words(strings.ToLower(e.Name)), func(w string) bool { return len(w) > 2 && slices.Contains(of, w) })
	}
	return slices.ContainsFunc(append(e.Aliases, e.Name), func(form string) bool { return form != "" && strings.HasPrefix(side, strings.ToLower(form)) })
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
}
