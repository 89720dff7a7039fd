package ingest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/ingest"
)

// shared holds annotated documents that are no part of the repository; without
// them the quality is not measured.
var shared = filepath.Join("..", "..", "shared")

// annotated is what a score is taken on, with its floors.
type annotated struct {
	name, gold    string
	facts         float64 // F1 without DISCUSSED
	noneForbidden bool
}

func TestQuality(t *testing.T) {
	scorer := filepath.Join(shared, "tools", "score_facts.py")
	if _, err := os.Stat(scorer); err != nil {
		t.Skipf("no annotated documents beside the repository: %v", err)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("the scorer needs python3")
	}
	x := newExtractor(t)
	for _, set := range []annotated{
		{"seed", "data/seed-gold", 0.97, true},
		{"tune", "data/annotated/tune", 0.60, false},
		{"check", "data/annotated/check", 0.44, false},
	} {
		t.Run(set.name, func(t *testing.T) {
			gold := filepath.Join(shared, set.gold)
			out := filepath.Join(t.TempDir(), "out.jsonl")
			if dir := os.Getenv("QUALITY_OUT"); dir != "" {
				out = filepath.Join(dir, set.name+".jsonl")
			}
			extractAll(t, x, gold, out)
			score(t, set, python, scorer, gold, out)
		})
	}
}

// extractAll extracts the text of every annotated document of a folder.
func extractAll(t *testing.T, x *ingest.Extractor, gold, out string) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(gold, "*.json"))
	var b bytes.Buffer
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var d struct{ ID, Published, Text string }
		if err := json.Unmarshal(raw, &d); err != nil {
			t.Fatal(err)
		}
		c := x.Extract(ingest.Document{Source: d.ID + ".txt", Published: d.Published, Language: "en", Text: d.Text})
		if err := x.WriteJSON(&b, c); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// score runs the scorer and holds its totals against the floors.
func score(t *testing.T, set annotated, python, scorer, gold, out string) {
	t.Helper()
	raw, err := exec.Command(python, scorer, gold, out, "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var result map[string]json.RawMessage
	if err := json.Unmarshal(raw, &result); err != nil {
		t.Fatal(err)
	}
	f1 := map[string]float64{}
	for _, name := range []string{"micro", "micro without DISCUSSED", "micro without DISCUSSED, strict"} {
		var s struct{ Precision, Recall, F1 float64 }
		_ = json.Unmarshal(result[name], &s)
		f1[name] = s.F1
		t.Logf("%-32s P %.3f  R %.3f  F1 %.3f", name, s.Precision, s.Recall, s.F1)
	}
	t.Logf("qualifiers %s, evidence exact %s, to the point %s, forbidden %s", result["qualifiers"], result["evidence exact"], result["evidence to the point"], result["forbidden produced"])
	if got := f1["micro without DISCUSSED"]; got < set.facts {
		t.Errorf("facts without DISCUSSED: F1 %.3f, want at least %.2f", got, set.facts)
	}
	if string(result["evidence exact"]) != "1.0" {
		t.Errorf("evidence exact %s, want all", result["evidence exact"])
	}
	if set.noneForbidden && !strings.HasPrefix(string(result["forbidden produced"]), `"0/`) {
		t.Errorf("forbidden triples: %s, want none", result["forbidden produced"])
	}
}

func newExtractor(tb testing.TB) *ingest.Extractor {
	tb.Helper()
	x, err := ingest.NewExtractor()
	if err != nil {
		tb.Fatal(err)
	}
	return x
}
