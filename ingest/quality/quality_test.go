package quality_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/ingest/quality"
)

// shared holds annotated documents that are no part of the repository; without
// them only the repository's own are scored.
var shared = filepath.Join("..", "..", "..", "shared")

// measured is what a score is taken on, with its floors.
type measured struct {
	name, folder         string
	facts, withDiscussed float64 // F1, without and with DISCUSSED
	person, organisation float64 // F1
	agreement, event     float64
	forms                float64
	forbidden            float64 // at most this share
	exact, pointed       float64
}

// own holds the annotated documents of the repository.
var own = filepath.Join("..", "testdata", "quality")

var sets = []measured{
	{"seed", filepath.Join(shared, "data/seed-gold"), .97, 0, 0, 0, 0, 0, 0, 0, 1, .85},
	{"tune", filepath.Join(shared, "data/annotated/tune"), .60, .55, .90, .80, .75, .65, .80, .02, 1, .85},
	{"check", filepath.Join(shared, "data/annotated/check"), .45, .40, .87, .78, .72, .45, .72, .02, 1, .85},
	{"dev", filepath.Join(own, "dev"), .42, .40, .97, .74, .68, .58, .86, .02, 1, .90},
	{"blind", filepath.Join(own, "blind"), .58, .50, .90, .62, .88, .45, .88, .07, 1, .90},
}

// TestQuality scores the extraction and prints the tables; ENTENTE_MISTAKES=n adds the first n
// facts that were missed and n that are wrong, of folders that may be read.
func TestQuality(t *testing.T) {
	x, err := ingest.NewExtractor()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range sets {
		t.Run(m.name, func(t *testing.T) {
			if _, err := os.Stat(m.folder); err != nil {
				t.Skipf("no annotated documents beside the repository: %v", err)
			}
			folder, err := quality.Read(m.folder)
			if err != nil {
				t.Fatal(err)
			}
			lines := extract(t, x, folder)
			if dir := os.Getenv("QUALITY_OUT"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, m.name+".jsonl"), lines, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			extracted, err := quality.ReadExtracted(lines)
			if err != nil {
				t.Fatal(err)
			}
			scores := quality.Score(folder, extracted)
			mistakes, _ := strconv.Atoi(os.Getenv("ENTENTE_MISTAKES"))
			t.Logf("\n%s%s", scores.Table(), scores.Mistakes(mistakes))
			m.hold(t, scores)
			sameAsScript(t, m.folder, lines, scores)
		})
	}
}

// extract gives the lines that `entente extract --json` would print.
func extract(t *testing.T, x *ingest.Extractor, folder quality.Folder) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, d := range folder.Documents {
		c := x.Extract(ingest.Document{Source: d.ID + ".txt", Published: d.Published, Language: "en", Text: d.Text})
		if err := x.WriteJSON(&b, c); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// hold compares scores with their floors.
func (m measured) hold(t *testing.T, s *quality.Scores) {
	t.Helper()
	for _, f := range []struct {
		what       string
		got, floor float64
	}{
		{"facts without DISCUSSED", s.Total(false, "DISCUSSED").F1(), m.facts}, {"facts", s.Total(false).F1(), m.withDiscussed},
		{"Person", s.Entities["Person"].F1(), m.person}, {"Organisation", s.Entities["Organisation"].F1(), m.organisation},
		{"Agreement", s.Entities["Agreement"].F1(), m.agreement}, {"Event", s.Entities["Event"].F1(), m.event},
		{"surface forms", s.Forms.F1(), m.forms}, {"evidence exact", s.Exact.Value(), m.exact}, {"evidence to the point", s.Pointed.Value(), m.pointed},
	} {
		if f.got < f.floor {
			t.Errorf("%s: %.3f, want at least %.2f", f.what, f.got, f.floor)
		}
	}
	if got := s.Forbidden.Value(); got > m.forbidden {
		t.Errorf("forbidden triples: %.3f of them, want at most %.2f", got, m.forbidden)
	}
}

// sameAsScript holds the ruler to the script that the annotated documents came
// with, where it is at hand.
func sameAsScript(t *testing.T, folder string, lines []byte, s *quality.Scores) {
	t.Helper()
	script := filepath.Join(shared, "tools", "score_facts.py")
	python, err := exec.LookPath("python3")
	if _, missing := os.Stat(script); missing != nil || err != nil {
		t.Logf("not compared with the script: it needs python3 and %s", script)
		return
	}
	out := filepath.Join(t.TempDir(), "out.jsonl")
	if err := os.WriteFile(out, lines, 0o666); err != nil {
		t.Fatal(err)
	}
	raw, err := exec.Command(python, script, folder, out, "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	type scored struct{ Precision, Recall, F1 float64 }
	var want struct {
		Entities   map[string]scored
		Forms      scored `json:"surface forms"`
		Facts      map[string]scored
		Qualifiers map[string]float64 `json:"qualifiers"`
		Pointed    float64            `json:"evidence to the point"`
		Forbidden  string             `json:"forbidden produced"`
	}
	totals := map[string]json.RawMessage{}
	var strict scored
	if err := errors.Join(json.Unmarshal(raw, &want), json.Unmarshal(raw, &totals), json.Unmarshal(totals["micro, strict"], &strict)); err != nil {
		t.Fatal(err)
	}
	same := func(what string, got quality.Count, w scored) {
		if math.Abs(got.Precision()-w.Precision)+math.Abs(got.Recall()-w.Recall)+math.Abs(got.F1()-w.F1) > 1e-9 {
			t.Errorf("%s: precision %.4f, recall %.4f, F1 %.4f; the script says %.4f", what, got.Precision(), got.Recall(), got.F1(), w)
		}
	}
	for k, w := range want.Entities {
		same(k, *s.Entities[k], w)
	}
	for p, w := range want.Facts {
		same(p, *s.Facts[p], w)
	}
	same("surface forms", s.Forms, want.Forms)
	same("facts, strict", s.Total(true), strict)
	for q, w := range want.Qualifiers {
		if got := s.Qualifiers[q].Value(); math.Abs(got-w) > 1e-9 {
			t.Errorf("%s right: %.4f, the script says %.4f", q, got, w)
		}
	}
	if got := s.Pointed.Value(); math.Abs(got-want.Pointed) > 1e-9 {
		t.Errorf("evidence to the point: %.4f, the script says %.4f", got, want.Pointed)
	}
	if got := strconv.Itoa(s.Forbidden.Of) + "/" + strconv.Itoa(s.Forbidden.All); got != want.Forbidden {
		t.Errorf("forbidden %s, the script says %s", got, want.Forbidden)
	}
}
