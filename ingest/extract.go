package ingest

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"strconv"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
)

// extractorVersion rises whenever the code would read a text differently.
const extractorVersion = 6

// version is that of the code and of the resources and weights that it reads.
func version(resources fs.FS, weights []byte) (string, error) {
	h := sha256.New()
	h.Write(weights)
	err := fs.WalkDir(resources, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(resources, path)
		h.Write([]byte(path))
		h.Write(b)
		return err
	})
	return strconv.Itoa(extractorVersion) + "-" + hex.EncodeToString(h.Sum(nil)[:6]), err
}

// Version names the code and the resources together; a store records it.
func (x *Extractor) Version() string { return x.version }

// Vocabulary is what gazetteers and thesaurus say, as records of the graph.
func (x *Extractor) Vocabulary() graph.Vocabulary {
	v := graph.Vocabulary{Version: x.version}
	keys := map[string]graph.Key{}
	for _, e := range x.gazetteer.Entries {
		k := graph.Key{Kind: graph.Kind(e.Kind), Text: e.ID}
		keys[e.ID] = k
		v.Entities = append(v.Entities, graph.VocabularyEntity{Key: k, Name: e.Name, Names: e.Names, Acronym: e.Acronym, Identifiers: identifiers(e.Codes)})
	}
	for _, t := range x.thesaurus.Terms {
		k := graph.Key{Kind: graph.Topic, Text: t.ID}
		keys[t.ID] = k
		v.Entities = append(v.Entities, graph.VocabularyEntity{Key: k, Name: t.Label, Names: t.Synonyms, Identifiers: identifiers(t.Codes)})
	}
	link := func(p graph.Predicate, from, to string) bool {
		subject, known := keys[from]
		object, also := keys[to]
		if known && also && from != to {
			v.Facts = append(v.Facts, graph.VocabularyFact{Predicate: p, Subject: subject, Object: object})
		}
		return known && also
	}
	for _, e := range x.gazetteer.Entries {
		located(e, link)
	}
	for _, t := range x.thesaurus.Terms {
		for _, b := range t.Broader {
			link(graph.Broader, t.ID, b)
		}
	}
	return v
}

// located links a place to its country and an organisation to its seat.
func located(e mention.Entry, link func(graph.Predicate, string, string) bool) {
	if e.Kind == mention.Organisation && e.Seat != "" && link(graph.LocatedIn, e.ID, e.Seat) {
		return
	}
	if e.Country != "" {
		link(graph.LocatedIn, e.ID, e.Country)
	}
}

func identifiers(codes [][2]string) []graph.Identifier {
	var out []graph.Identifier
	for _, c := range codes {
		out = append(out, graph.Identifier{Scheme: c[0], Value: c[1]})
	}
	return out
}

// The shape of `entente extract --json`, one object a document.
type (
	jsonDocument struct {
		ID        string `json:"id"`
		Source    string `json:"source"`
		Title     string `json:"title"`
		Published string `json:"published"`
		Language  string `json:"language"`
		Text      string `json:"text"`
	}
	jsonFact struct {
		Subject    string            `json:"subject"`
		Predicate  string            `json:"predicate"`
		Object     string            `json:"object"`
		Qualifiers map[string]string `json:"qualifiers"`
		Confidence json.Number       `json:"confidence"`
		Evidence   []jsonSpan        `json:"evidence"`
	}
	jsonSpan struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Text  string `json:"text"`
	}
)

// WriteJSON writes what was read of one document as one line of JSON: offsets
// are bytes into document.text, half-open; confidence is between 0 and 1.
func (x *Extractor) WriteJSON(w io.Writer, c graph.Change) error {
	d := c.Document
	b := &lineWriter{Writer: bufio.NewWriter(w)}
	b.value(`{"document":`, jsonDocument{ID: string(d.ID), Source: d.Source, Title: d.Title, Published: string(d.Published), Language: d.Language, Text: d.Text})
	b.WriteString(`,"entities":[`)
	for i, e := range c.Entities {
		b.value(comma(i)+`{"id":`, e.Key.ID())
		b.value(`,"kind":`, e.Key.Kind)
		b.value(`,"name":`, x.Name(e))
		b.value(`,"aliases":`, x.Aliases(e))
		b.WriteString(`,"mentions":[`)
		for i, p := range e.Spans {
			b.value(comma(i), jsonSpan{p.Start, p.End, d.Text[p.Start:p.End]})
		}
		b.WriteString("]}")
	}
	b.WriteString(`],"facts":[`)
	for i, f := range c.Facts {
		b.value(comma(i), jsonFactOf(f, c))
	}
	b.WriteString("]}\n")
	return errors.Join(b.err, b.Flush())
}

// lineWriter writes JSON value by value, so that a long list never stands in memory as a whole.
type lineWriter struct {
	*bufio.Writer
	buffer bytes.Buffer
	err    error
}

// value writes what comes before a value, and the value.
func (w *lineWriter) value(before string, v any) {
	w.WriteString(before)
	w.buffer.Reset()
	enc := json.NewEncoder(&w.buffer)
	enc.SetEscapeHTML(false)
	w.err = errors.Join(w.err, enc.Encode(v))
	w.Write(bytes.TrimSuffix(w.buffer.Bytes(), []byte("\n")))
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// Name is the name that the vocabulary gives an entity, else the best of the document's:
// of those of the least class the longest, then the first.
func (x *Extractor) Name(e graph.Contributed) string {
	if entry, ok := x.gazetteer.Entry(e.Key.Text); ok {
		return entry.Name
	}
	if term, ok := x.thesaurus.Term(e.Key.Text); ok {
		return term.Label
	}
	best := ""
	for _, n := range e.Names {
		if n.Class == e.Names[0].Class && len(n.Text) > len(best) {
			best = n.Text
		}
	}
	return best
}

// Aliases are the names of an entity in the document but for [Extractor.Name].
func (x *Extractor) Aliases(e graph.Contributed) []string {
	aliases, name := []string{}, x.Name(e)
	for _, n := range e.Names {
		if n.Text != name {
			aliases = append(aliases, n.Text)
		}
	}
	return aliases
}

func jsonFactOf(f graph.Stated, c graph.Change) jsonFact {
	id := func(i int) string { return string(c.Entities[i].Key.ID()) }
	j := jsonFact{Subject: id(f.Subject), Predicate: string(f.Predicate), Object: id(f.Object), Qualifiers: map[string]string{},
		Confidence: json.Number(strconv.FormatFloat(float64(f.Confidence)/1000, 'f', -1, 64)), Evidence: []jsonSpan{}}
	for _, q := range graph.AllQualifiers {
		if v := f.Qualifiers[q]; v != "" {
			j.Qualifiers[string(q)] = v
		}
	}
	if f.Place != nil {
		j.Qualifiers[string(graph.AtPlace)] = id(*f.Place)
	}
	for _, p := range f.Spans {
		j.Evidence = append(j.Evidence, jsonSpan{p.Start, p.End, c.Document.Text[p.Start:p.End]})
	}
	return j
}
