package ingest

import (
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/entente-kg/entente/graph"
)

func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		"<title>A</title><p>The two met&nbsp;in <b>Vienna</b>", "<table><tr><td>a<td>b", "<article><p hidden>x<pre> y\n z", "\xff\xfe<\x00p\x00>\x00",
		`<meta charset=latin1><p>caf` + "\xe9", `<script type="application/ld+json">[{"datePublished": "2019"}]</script>`, "<svg><p>x</svg><math><mi>y", "<sup><a href='#1'>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkInputs(t, HTML, data) })
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: >\n  a\n---\n# b\n", "+++\ndate = 2019\n+++\n*x* [y](z)", "| a |\n|---|\n| b |", "> - `c`\n\n    d", "---\n---\n", "---\nsource: \"a\nb\"",
		"\xff\xfe#\x00",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkInputs(t, Markdown, data) })
}

func FuzzJSONLines(f *testing.F) {
	for _, s := range []string{
		`{"source": "x", "text": "The two met.", "revision": 9}` + "\n\n{", "[", "{\n", `{"source": "\ud800", "text": "\u0000"}`, `{"text": {}}`,
		strings.Repeat("x", 3000) + "\n" + `{"source": "x", "text": "of"}`, "\xff\xfe{\x00",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkInputs(t, JSONLines, data) })
}

func FuzzPlain(f *testing.F) {
	for _, s := range []string{"The two met.", "\xfe\xff\x00a", "caf\xe9", "\x00", "a\rb\r\n", "{\\rtf"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkInputs(t, Guess, data) })
}

// checkInputs reads bytes and checks what holds of every document and every error.
func checkInputs(t *testing.T, format Format, data []byte) {
	o := Options{Source: "x", Format: format, MaxBytes: 2048, Stdin: bytes.NewReader(data)}
	documents := 0
	for in, err := range Read(t.Context(), []string{"-"}, o) {
		documents++
		switch {
		case in.Source == "":
			t.Errorf("no source: %+v %v", in, err)
		case err != nil && graph.KindOf(err) != graph.Invalid:
			t.Errorf("an error of kind %q: %v", graph.KindOf(err), err)
		case err != nil:
		case !utf8.ValidString(in.Text) || !norm.NFC.IsNormalString(in.Text) || strings.ContainsAny(in.Text, "\x00\r"):
			t.Errorf("not normalised: %q", in.Text)
		case len(in.Title) > maxName || strings.ContainsAny(in.Title, "\x00\n") || !utf8.ValidString(in.Title):
			t.Errorf("not a title: %q", in.Title)
		case in.Language != "en":
			t.Errorf("language %q", in.Language)
		}
	}
	if documents == 0 {
		t.Error("neither a document nor an error")
	}
}

// repeated gives the same bytes n times over.
type repeated struct {
	unit []byte
	n    int
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.unit[r.at:])
	if r.at += n; r.at == len(r.unit) {
		r.at, r.n = 0, r.n-1
	}
	return n, nil
}

// TestReadLineHoldsNoMoreThanItsLimit reads a line of 200 MB, which is dropped, and the one after it.
func TestReadLineHoldsNoMoreThanItsLimit(t *testing.T) {
	long := io.MultiReader(&repeated{unit: bytes.Repeat([]byte("x"), 1000), n: 200_000}, strings.NewReader("\n"+`{"source": "x", "text": "of the"}`))
	var got []error
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, err := range Read(t.Context(), []string{"-"}, Options{Format: JSONLines, MaxBytes: 1000, Stdin: long}) {
		got = append(got, err)
	}
	runtime.ReadMemStats(&after)
	if len(got) != 2 || got[0] == nil || got[1] != nil {
		t.Errorf("%v", got)
	}
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 1<<20 {
		t.Errorf("%d bytes allocated", allocated)
	}
}

func BenchmarkReadLines(b *testing.B) {
	line := []byte(`{"source": "x", "text": "` + strings.Repeat("The two sides met in the capital and signed a treaty. ", 50) + `"}` + "\n")
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	for range Read(b.Context(), []string{"-"}, Options{Format: JSONLines, Stdin: &repeated{unit: line, n: b.N}}) {
	}
}
