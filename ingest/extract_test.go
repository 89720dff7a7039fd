package ingest_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

var update = flag.Bool("update", false, "rewrite the expected output of the cases in testdata")

// TestCases reads one txtar file a case: a comment that tells what the case
// shows, "text" (with "published: …" before it, if it has a date), and the
// expected "entities" and "facts". With -update it writes what it reads.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	x := newExtractor(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c := x.Extract(caseDocument(a))
			got := []txtar.File{section(a, "published"), section(a, "text"), {Name: "entities", Data: entityLines(x, c)}, {Name: "facts", Data: factLines(x, c)}}
			got = slices.DeleteFunc(got, func(f txtar.File) bool { return f.Name == "" })
			if *update {
				a.Files = got
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, f := range got {
				if want := section(a, f.Name).Data; !bytes.Equal(want, f.Data) {
					t.Errorf("%s\n--- want %s\n%s--- got\n%s", a.Comment, f.Name, want, f.Data)
				}
			}
		})
	}
}

func section(a *txtar.Archive, name string) txtar.File {
	for _, f := range a.Files {
		if f.Name == name {
			return f
		}
	}
	return txtar.File{}
}

func caseDocument(a *txtar.Archive) ingest.Document {
	return ingest.Document{Source: "case", Published: strings.TrimSpace(string(section(a, "published").Data)), Language: "en", Text: strings.TrimSpace(string(section(a, "text").Data))}
}

// entityLines is one line an entity: kind, name, other names, key.
func entityLines(x *ingest.Extractor, c graph.Change) []byte {
	var b bytes.Buffer
	for _, e := range read(x, c).Entities {
		if e.Kind == "Topic" {
			continue // they show in the facts
		}
		fmt.Fprintf(&b, "%s %s", e.Kind, e.Name)
		if len(e.Aliases) > 0 {
			fmt.Fprintf(&b, " = %s", strings.Join(e.Aliases, " | "))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// factLines is one line a fact, with its qualifiers in brackets.
func factLines(x *ingest.Extractor, c graph.Change) []byte {
	var b bytes.Buffer
	r := read(x, c)
	names := map[string]string{}
	for _, e := range r.Entities {
		names[e.ID] = e.Name
	}
	for _, f := range r.Facts {
		fmt.Fprintf(&b, "%s %s %s", names[f.Subject], f.Predicate, names[f.Object])
		for _, q := range graph.AllQualifiers {
			if v := f.Qualifiers[string(q)]; v != "" {
				if q == graph.AtPlace {
					v = names[v]
				}
				fmt.Fprintf(&b, " [%s %s]", q, v)
			}
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// extraction is the contract of `entente extract --json`, as a reader sees it.
type extraction struct {
	Document struct{ ID, Source, Text string }
	Entities []struct {
		ID, Kind, Name string
		Aliases        []string
		Mentions       []span
	}
	Facts []struct {
		Subject, Predicate, Object string
		Qualifiers                 map[string]string
		Confidence                 float64
		Evidence                   []span
	}
}

type span struct {
	Start, End int
	Text       string
}

func read(x *ingest.Extractor, c graph.Change) extraction {
	var b bytes.Buffer
	var r extraction
	if err := x.WriteJSON(&b, c); err != nil {
		panic(err)
	}
	if err := json.Unmarshal(b.Bytes(), &r); err != nil {
		panic(err)
	}
	return r
}

const sample = `Lima, 4 May 2021. The Foreign Minister of Peru, Ana Soto, met with the Secretary-General of the Andean Community, Juan Mori, in Lima on Tuesday.
They discussed trade, tourism and the fight against illegal mining. The two sides signed a Memorandum of Understanding on Border Trade, which covers customs, transport and food safety.`

func TestExtractTwiceIsEqual(t *testing.T) {
	one, two := newExtractor(t), newExtractor(t)
	doc := ingest.Document{Source: "s", Published: "2021-05-05", Text: sample}
	var a, b bytes.Buffer
	for range 3 {
		a.Reset()
		b.Reset()
		_ = one.WriteJSON(&a, one.Extract(doc))
		_ = two.WriteJSON(&b, two.Extract(doc))
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Fatalf("the same text read twice differs:\n%s\n%s", a.Bytes(), b.Bytes())
		}
	}
	if one.Version() != two.Version() || one.Version() == "" {
		t.Error("versions differ", one.Version(), two.Version())
	}
}

func TestVocabulary(t *testing.T) {
	v := newExtractor(t).Vocabulary()
	known := map[graph.Key]bool{}
	for _, e := range v.Entities {
		if known[e.Key] {
			t.Errorf("%v stands twice", e.Key)
		}
		known[e.Key] = true
		if !e.Key.FromGazetteer() || e.Name == "" {
			t.Errorf("%v %q: want a vocabulary's key and a name", e.Key, e.Name)
		}
	}
	for _, f := range v.Facts {
		if !known[f.Subject] || !known[f.Object] || !f.Predicate.Joins(f.Subject.Kind, f.Object.Kind) {
			t.Errorf("%v does not hold between records of the vocabulary", f)
		}
	}
}

// FuzzExtract holds for any string: no panic, and every offset within the text
// and in order, every index within the change, every key and name presentable.
func FuzzExtract(f *testing.F) {
	f.Add(sample)
	f.Add("President of of of, Mr. (the \"X\") signed between and and.")
	f.Add("For the: A B, Minister\n\nthe Treaty (SCO) of 2012, 31 February 2020 in May.")
	f.Add("\xff\xfe’s Agreement on on and, Secretaries-General of A, X Y; of B, Z W")
	x := newExtractor(f)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 20000 {
			return
		}
		c := x.Extract(ingest.Document{Source: "fuzz", Published: "2020-02-29", Text: s})
		within := func(p graph.Span) bool { return 0 <= p.Start && p.Start <= p.End && p.End <= len(s) }
		last := 0
		for _, p := range c.Sentences {
			if !within(p) || p.Start < last {
				t.Fatalf("sentence %v of %d bytes, after %d", p, len(s), last)
			}
			last = p.End
		}
		keys := map[graph.Key]bool{}
		for _, e := range c.Entities {
			if keys[e.Key] {
				t.Fatalf("key %v stands twice", e.Key)
			}
			keys[e.Key] = true
			if len(e.Key.Text) > 1024 || utf8.ValidString(s) && !utf8.ValidString(e.Key.Text) || strings.ContainsRune(e.Key.Text, 0) {
				t.Fatalf("key %q", e.Key.Text)
			}
			for _, p := range e.Spans {
				if !within(p) {
					t.Fatalf("%v mentioned at %v of %d", e.Key, p, len(s))
				}
			}
		}
		for _, f := range c.Facts {
			if f.Subject >= len(c.Entities) || f.Object >= len(c.Entities) || f.Place != nil && *f.Place >= len(c.Entities) || len(f.Spans) == 0 {
				t.Fatalf("fact %v", f)
			}
			for _, p := range f.Spans {
				if !within(p.Span) {
					t.Fatalf("evidence at %v of %d", p, len(s))
				}
			}
			if !within(f.SubjectAt) || !within(f.ObjectAt) || !f.Predicate.Joins(c.Entities[f.Subject].Key.Kind, c.Entities[f.Object].Key.Kind) {
				t.Fatalf("fact %v", f)
			}
		}
	})
}

func BenchmarkExtract(b *testing.B) {
	x := newExtractor(b)
	text := strings.Repeat(sample+"\n\n", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		x.Extract(ingest.Document{Source: "s", Published: "2021-05-05", Text: text})
	}
}

// BenchmarkLongLine shows that the time stays in proportion to a text without
// any sentence end.
func BenchmarkLongLine(b *testing.B) {
	x := newExtractor(b)
	text := strings.Repeat("the President of the Republic of Peru and ", 5000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		x.Extract(ingest.Document{Source: "s", Text: text})
	}
}

// shared holds documents that are no part of the repository; tests that read them
// are skipped without.
var shared = filepath.Join("..", "..", "shared")

func newExtractor(tb testing.TB) *ingest.Extractor {
	tb.Helper()
	x, err := ingest.NewExtractor()
	if err != nil {
		tb.Fatal(err)
	}
	return x
}
