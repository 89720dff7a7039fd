package ingest

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/entente-kg/entente/graph"
)

var updateRead = flag.Bool("update-read", false, "rewrite what testdata/read expects")

// TestRead unpacks each archive of testdata/read, reads what its comment names
// after "read:", and compares with its last file, "want".
func TestRead(t *testing.T) {
	archives, err := filepath.Glob("testdata/read/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { testArchive(t, path) })
	}
}

func testArchive(t *testing.T, path string) {
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, command, _ := strings.Cut(string(archive.Comment), "read: ")
	last := len(archive.Files) - 1
	t.Chdir(t.TempDir())
	for _, f := range archive.Files[:last] {
		write(t, f.Name, f.Data)
	}
	got := show(strings.Fields(command), Options{})
	if *updateRead {
		archive.Files[last].Data = []byte(got)
		write(t, path, txtar.Format(archive))
		return
	}
	if want := string(archive.Files[last].Data); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// show prints what Read gives, one paragraph for each document.
func show(args []string, o Options) string {
	var b strings.Builder
	for in, err := range Read(context.Background(), args, o) {
		if err != nil {
			fmt.Fprintf(&b, "%s: error: %v\n", in.Source, err)
			if hint := graph.HintOf(err); hint != "" {
				fmt.Fprintf(&b, "%s: hint: %s\n", in.Source, hint)
			}
			fmt.Fprintln(&b)
			continue
		}
		fmt.Fprintf(&b, "%s: %q published %q, %s", in.Source, in.Title, in.Published, in.Language)
		if in.Revision != nil {
			fmt.Fprintf(&b, ", revision %d", *in.Revision)
		}
		fmt.Fprintf(&b, "\n| %s\n\n", strings.ReplaceAll(strings.TrimSuffix(in.Text, "\n"), "\n", "\n| "))
	}
	return b.String()
}

// collect reads everything; the sources of what failed are keys of the errors.
func collect(args []string, o Options) (inputs []Input, failed map[string]error) {
	failed = make(map[string]error)
	for in, err := range Read(context.Background(), args, o) {
		if err != nil {
			failed[in.Source] = err
			continue
		}
		inputs = append(inputs, in)
	}
	return inputs, failed
}

const sentence = "The ministers of the two countries met in Vienna and signed a treaty on extradition."

func TestReadBytes(t *testing.T) {
	utf16 := []byte("\xFF\xFE")
	for _, r := range sentence + " – Café" {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	cases := []struct {
		name, file string
		data       []byte
		want       string // the text, or part of the error
	}{
		{"UTF-8 with a mark", "a.txt", []byte("\xEF\xBB\xBF" + sentence), sentence},
		{"UTF-16 with a mark", "a.txt", utf16, sentence + " – Café"},
		{"Windows-1252", "a.txt", []byte("The minister\x92s visit to the caf\xe9 in M\xfcnchen \x96 " + sentence), "The minister’s visit to the café in München – " + sentence},
		{"UTF-8 with a broken byte", "a.txt", []byte("“Café” and “naïve” \xff " + sentence), "“Café” and “naïve” \uFFFD " + sentence},
		{"a page in Latin 2", "a.html", []byte(`<meta charset="iso-8859-2"><p>The minister of Gda` + "\xf1" + `sk was there.`), "The minister of Gdańsk was there."},
		{"a page that declares wrongly", "a.html", []byte(`<meta charset="windows-1251"><p>The café of the minister`), "The café of the minister"},
		{"line ends of three systems", "a.txt", []byte("The one\r\nof the two\rand the three\n"), "The one\nof the two\nand the three\n"},
		{"a no-break space", "a.txt", []byte("The 26\u00a0September of the year"), "The 26\u00a0September of the year"},
		{"empty", "a.txt", nil, "holds no text"},
		{"blank", "a.txt", []byte(" \n\u00a0\n"), "holds no text"},
		{"an empty page", "a.html", []byte("<html><script>x()</script>"), "holds no text"},
		{"an empty list", "a.jsonl", []byte("\n\n"), "holds no documents"},
		{"PDF", "a.txt", []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), "is a PDF file"},
		{"Word", "a.md", []byte("PK\x03\x04\x14\x00\x06\x00"), "Word"},
		{"RTF", "a.txt", []byte(`{\rtf1\ansi The minister`), "RTF"},
		{"a picture", "a.html", []byte("\x89PNG\x0D\x0A\x1A\x0A\x00\x00"), "binary (image/png)"},
		{"NUL later on", "a.txt", []byte(strings.Repeat(sentence+"\n", 10) + "\x00"), "binary: it has NUL bytes"},
		{"another language", "a.txt", []byte("Les ministres des deux pays se sont rencontrés à Vienne et ont signé un traité."), "looks like French"},
		{"too large", "a.txt", bytes.Repeat([]byte(sentence), 100), "larger than 4000 bytes"},
		{"deep nesting", "a.html", bytes.Repeat([]byte("<div>"), 800), "no HTML that can be read"},
		{"a name without a telling end", "notice", []byte("<!DOCTYPE html><p>The minister of the interior"), "The minister of the interior"},
		{"lines without a telling end", "notices", []byte(`{"source": "x", "text": "The minister of the interior"}`), "The minister of the interior"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, c.file, c.data)
			inputs, failed := collect([]string{c.file}, Options{MaxBytes: 4000})
			switch {
			case len(inputs) == 1 && inputs[0].Text == c.want:
			case len(failed) == 1 && strings.Contains(failed[c.file].Error(), c.want) && graph.KindOf(failed[c.file]) == graph.Invalid:
			default:
				t.Errorf("inputs %+v, errors %v; want %q", inputs, failed, c.want)
			}
		})
	}
}

func TestReadUnreadable(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has neither pipes in folders nor these rights")
	}
	t.Chdir(t.TempDir())
	write(t, "in/a.txt", []byte(sentence))
	for _, err := range []error{
		os.Symlink("..", "in/loop"), os.Symlink("nowhere", "in/dangling.txt"), os.Symlink("self.txt", "in/self.txt"),
		os.Symlink("a.txt", "in/b.txt"), syscall.Mkfifo("in/pipe.txt", 0o666), os.Mkdir("in/shut.txt", 0o777),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]graph.ErrorKind{"in/loop": graph.Invalid, "in/dangling.txt": graph.NotFound, "in/self.txt": graph.Invalid,
		"in/pipe.txt": graph.Invalid, "/dev/null": graph.Invalid, "none.txt": graph.NotFound, "none*.txt": graph.NotFound, "[": graph.Invalid,
		"https://example.org/a.html": graph.NotFound}
	inputs, failed := collect([]string{"in", "/dev/null", "none.txt", "none*.txt", "[", "https://example.org/a.html"}, Options{})
	if len(inputs) != 2 || inputs[0].Source != "in/a.txt" || inputs[1].Source != "in/b.txt" {
		t.Errorf("%+v", inputs)
	}
	for source, kind := range want {
		if graph.KindOf(failed[source]) != kind {
			t.Errorf("%s: %v, want %s", source, failed[source], kind)
		}
		delete(failed, source)
	}
	if len(failed) > 0 {
		t.Errorf("and %v", failed)
	}
}

func TestReadWithoutRights(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("the superuser may read everything; Windows has other rights")
	}
	t.Chdir(t.TempDir())
	write(t, "a.txt", []byte(sentence))
	if err := os.Chmod("a.txt", 0); err != nil {
		t.Fatal(err)
	}
	if _, failed := collect([]string{"a.txt"}, Options{}); graph.KindOf(failed["a.txt"]) != graph.Forbidden {
		t.Error(failed)
	}
}

func TestReadSources(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "in/a.txt", []byte(sentence))
	write(t, "in/b.txt", []byte(sentence))
	write(t, "in/deep/c.md", []byte(sentence))
	write(t, "in/.git/d.txt", []byte(sentence))
	write(t, "in/e.go", []byte(sentence))
	cases := []struct {
		name string
		args []string
		o    Options
		want string
	}{
		{"a folder", []string{"in"}, Options{}, "in/a.txt in/b.txt in/deep/c.md"},
		{"a path is cleaned", []string{"./in//deep/../a.txt"}, Options{}, "in/a.txt"},
		{"a folder is cleaned", []string{"./in/"}, Options{}, "in/a.txt in/b.txt in/deep/c.md"},
		{"a pattern", []string{"in/*.txt"}, Options{}, "in/a.txt in/b.txt"},
		{"a pattern for folders", []string{"in/d*/*"}, Options{}, "in/deep/c.md"},
		{"any named file", []string{"in/e.go"}, Options{}, "in/e.go"},
		{"the order named", []string{"in/b.txt", "in/a.txt"}, Options{}, "in/b.txt in/a.txt"},
		{"a source given", []string{"in/b.txt"}, Options{Source: "mfa:17"}, "mfa:17"},
		{"a source for two", []string{"in/b.txt", "in/a.txt"}, Options{Source: "mfa:17"}, "!mfa:17"},
		{"a source for a folder", []string{"in"}, Options{Source: "mfa:17"}, "!in"},
		{"standard input", []string{"-"}, Options{Source: "wire/1", Stdin: strings.NewReader(sentence)}, "wire/1"},
		{"standard input without a source", []string{"-"}, Options{Stdin: strings.NewReader(sentence)}, "!standard input"},
		{"nothing on standard input", []string{"-"}, Options{Source: "wire/1"}, "!wire/1"},
		{"lines on standard input", []string{"-"}, Options{Stdin: strings.NewReader(`{"source": "x", "text": "of the"}`)}, "x"},
		{"a page on standard input", []string{"-"}, Options{Source: "https://example.org/a.html", Stdin: strings.NewReader("<p>of the")}, "https://example.org/a.html"},
		{"a source with a line end", []string{"-"}, Options{Source: "a\nb", Stdin: strings.NewReader(sentence)}, "!a\nb"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for in, err := range Read(t.Context(), c.args, c.o) {
				mark := ""
				if err != nil {
					mark = "!"
				}
				got = append(got, mark+in.Source)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestReadGivesWhatTheTextLacks(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.txt", []byte("Une note de la part du ministère pour la presse et les ambassades"))
	inputs, failed := collect([]string{"a.txt"}, Options{Published: "2019-09-27", Language: "en"})
	if len(failed) > 0 || inputs[0].Published != "2019-09-27" || inputs[0].Language != "en" {
		t.Error(inputs, failed)
	}
}

func TestReadEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	waiting, never := io.Pipe()
	defer never.Close()
	time.AfterFunc(10*time.Millisecond, cancel)
	for in, err := range Read(ctx, []string{"-"}, Options{Source: "x", Stdin: waiting}) {
		t.Errorf("%+v %v", in, err)
	}
}

// failing reads some bytes, then fails.
type failing struct{ io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if err == io.EOF {
		err = errors.New("the disk is on fire")
	}
	return n, err
}

func TestReadReportsBrokenStreams(t *testing.T) {
	for _, data := range []string{"The minister", `{"source": "x", "text": "of the"}` + "\n" + `{"source"`} {
		var last error
		for _, err := range Read(t.Context(), []string{"-"}, Options{Source: "x", Stdin: failing{strings.NewReader(data)}}) {
			last = err
		}
		if last == nil || !strings.Contains(last.Error(), "cannot be read: the disk is on fire") {
			t.Errorf("%q: %v", data, last)
		}
	}
}

func TestMeasure(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "in/a.txt", make([]byte, 100))
	write(t, "in/b.txt", make([]byte, 20))
	if got := Measure([]string{"in", "in/a.txt", "none"}); got != 220 {
		t.Error(got)
	}
	if got := Measure([]string{"in", "-"}); got != 0 {
		t.Error(got)
	}
}

func TestParsePublished(t *testing.T) {
	cases := map[string]graph.Date{
		"": "", "2019": "2019", "2019-09": "2019-09", "2019-09-27": "2019-09-27", " 2019-09-27 ": "2019-09-27",
		"2019-09-27T23:30:00-05:00": "2019-09-27", "2019-09-27 10:00": "2019-09-27", "27 September 2019": "2019-09-27",
		"September 27, 2019": "2019-09-27", "Fri, 27 Sep 2019 10:00:00 GMT": "2019-09-27", "27.9.2019": "2019-09-27", "September 2019": "2019-09",
		"20190927": "2019-09-27", "2019/09/27": "2019-09-27",
		"03/04/2019": "!", "2019-02-30": "!", "tomorrow": "!", "2019-9-27": "!", "0000-01-01": "!", "2019-02-30T10:00:00Z": "!",
	}
	for in, want := range cases {
		got, err := ParsePublished(in)
		if err != nil {
			got = "!"
		}
		if got != want {
			t.Errorf("%q: %q %v, want %q", in, got, err, want)
		}
	}
}

func TestFirstLine(t *testing.T) {
	cases := []struct{ text, want string }{
		{"SCO and ASEAN meet\n\nOn Thursday", "SCO and ASEAN meet"},
		{"SCO and ASEAN\nmeet again\n\nOn Thursday", "SCO and ASEAN meet again"},
		{"On Thursday the two met.\n\nThey", ""},
		{"One\ntwo\nthree\nfour", ""},
		{"The areas include:\n\nterrorism", ""},
		{strings.Repeat("long ", 60) + "\n\nx", ""},
	}
	for _, c := range cases {
		if got := firstLine(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestLongTitlesAreCut(t *testing.T) {
	if got := oneLine(strings.Repeat("é", 2000)); len(got) != maxName || !strings.HasSuffix(got, "é") {
		t.Error(len(got))
	}
}
