package ingest_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
	notices "github.com/entente-kg/entente/ingest/sample"
)

// longestText bounds what the robustness test reads of one file, and mutations
// what it makes of it.
const (
	longestText = 16_000
	mutations   = 4
)

// TestRobust holds the extractor against real texts and against what cutting,
// shuffling and stray white space make of them: it never panics, its change is
// one that a store takes, and its evidence stands in the text.
func TestRobust(t *testing.T) {
	x := newExtractor(t)
	t.Run("sample", func(t *testing.T) {
		for line := range bytes.Lines(notices.JSONL) {
			var d struct{ Text string }
			if err := json.Unmarshal(line, &d); err != nil {
				t.Fatal(err)
			}
			robust(t, x, d.Text)
		}
	})
	t.Run("shared", func(t *testing.T) {
		texts := sharedTexts(t)
		if len(texts) == 0 {
			t.Skip("no texts beside the repository")
		}
		for _, s := range texts {
			robust(t, x, s)
		}
	})
}

// sharedTexts are the plain texts of the shared data: of text files as they are,
// of JSON files their field "text".
func sharedTexts(t *testing.T) []string {
	var texts []string
	root := filepath.Join(shared, "data")
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		switch filepath.Ext(path) {
		case ".txt":
			texts = append(texts, string(raw))
		case ".json":
			var d struct{ Text string }
			if json.Unmarshal(raw, &d) == nil && d.Text != "" {
				texts = append(texts, d.Text)
			}
		}
		return nil
	})
	return texts
}

// robust extracts the text and its mutations. The same text always gives the
// same mutations.
func robust(t *testing.T, x *ingest.Extractor, s string) {
	t.Helper()
	s = strings.ReplaceAll(strings.ToValidUTF8(s[:min(len(s), longestText)], ""), "\x00", "")
	sound(t, x, s)
	random := rand.New(rand.NewPCG(uint64(len(s)), 1))
	for n := range mutations {
		if s != "" {
			sound(t, x, mutated(random, n, s[:min(len(s), 6000)]))
		}
	}
}

// mutated is the text after the n-th kind of harm.
func mutated(random *rand.Rand, n int, s string) string {
	switch n {
	case 0: // cut at arbitrary bytes
		from := random.IntN(len(s))
		s = s[from : from+random.IntN(len(s)-from)+1]
	case 1: // lines in another order
		lines := strings.Split(s, "\n")
		random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		s = strings.Join(lines, "\n")
	case 2: // no-break spaces
		s = strings.ReplaceAll(s, " ", "\u00a0")
	case 3: // words in another order
		words := strings.Fields(s)
		random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		s = strings.Join(words, " ")
	}
	return strings.ToValidUTF8(s, "")
}

// sound extracts one text and checks what comes out.
func sound(t *testing.T, x *ingest.Extractor, s string) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("panic: %v\non %q", r, s[:min(len(s), 2000)])
		}
	}()
	c := x.Extract(ingest.Document{Source: "robust.txt", Published: "2020-05-06", Language: "en", Text: s})
	if err := c.Validate(); err != nil {
		t.Fatalf("%v\non %q", err, s[:min(len(s), 2000)])
	}
	r := read(x, c)
	for _, e := range r.Entities {
		for _, m := range e.Mentions {
			quoted(t, s, m)
		}
	}
	for _, f := range r.Facts {
		if len(f.Evidence) == 0 || f.Qualifiers == nil {
			t.Fatalf("%s: evidence %v, qualifiers %v", f.Predicate, f.Evidence, f.Qualifiers)
		}
		for _, e := range f.Evidence {
			quoted(t, s, e)
		}
	}
	for _, f := range c.Facts {
		if !slices.Contains(graph.Predicates, f.Predicate) {
			t.Fatalf("unknown predicate %q", f.Predicate)
		}
	}
}

// quoted checks that the quote is what stands at its offsets.
func quoted(t *testing.T, s string, q span) {
	t.Helper()
	if q.Start < 0 || q.End > len(s) || q.Start >= q.End || s[q.Start:q.End] != q.Text {
		t.Fatalf("%d–%d is not %q", q.Start, q.End, q.Text)
	}
}
