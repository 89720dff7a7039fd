package ingest

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/text"
)

// Input is one document as it was read, before anything is known of what it says.
type Input struct {
	Source    string
	Title     string
	Published graph.Date
	Revision  *int64 // nil where the input names none
	Language  string // ISO 639-1; what the input says of itself goes before what its words look like
	Text      string // UTF-8, NFC, LF line ends
	Size      int64  // bytes that it took up where it was read; progress is counted in them
}

// Options say how inputs are read. The zero value works.
type Options struct {
	Source    string     // of the only document; standard input without JSON Lines needs one
	Format    Format     // Guess looks at the name, then at the first bytes
	Published graph.Date // of documents that do not say when they were published
	Language  string     // of documents that do not say; "" looks at their words
	MaxBytes  int64      // most that one document may take up; 0 is DefaultMaxBytes
	Stdin     io.Reader  // what "-" reads; nil is nothing
}

// DefaultMaxBytes is the most that one document may take up unless the options
// say otherwise: some 1.5 million words, more than any treaty.
const DefaultMaxBytes = 10 << 20

// Format is how a file is written.
type Format string

// The formats.
const (
	Guess     Format = ""
	Plain     Format = "text"
	Markdown  Format = "markdown"
	HTML      Format = "html"
	JSONLines Format = "jsonl"
)

var extensions = map[string]Format{
	".txt": Plain, ".text": Plain, ".md": Markdown, ".markdown": Markdown,
	".html": HTML, ".htm": HTML, ".xhtml": HTML, ".jsonl": JSONLines, ".ndjson": JSONLines,
}

func formatOf(name string) Format { return extensions[strings.ToLower(filepath.Ext(name))] }

// Read gives the documents of files, folders, glob patterns and "-", standard
// input, in the order named; a folder gives its files of known extensions and
// those of its folders, sorted by name. A document that cannot be read comes as an error whose
// Input tells at least its source, and reading goes on with the next. A cancelled context ends the sequence.
func Read(ctx context.Context, args []string, o Options) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) {
		if o.Source != "" && len(args) != 1 {
			yield(Input{Source: o.Source}, graph.Errorf(graph.Invalid, "a source was given for %d inputs", len(args)).
				WithHint("name one file, or leave the source out: it is then the file's path"))
			return
		}
		for path, err := range files(args, o.Source != "") {
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				if !yield(Input{Source: path}, err) {
					return
				}
				continue
			}
			for in, err := range o.open(ctx, path) {
				if ctx.Err() != nil || !yield(in, err) {
					return
				}
			}
		}
	}
}

// open gives the documents of one file or of standard input.
func (o Options) open(ctx context.Context, path string) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) {
		if path == stdinArg {
			in := interruptible(ctx, o.Stdin)
			defer in.Close()
			o.documents(origin{name: "standard input", source: o.Source, format: formatOf(o.Source)}, in)(yield)
			return
		}
		source, err := sourceOf(path)
		if err != nil {
			yield(Input{Source: source}, err)
			return
		}
		f, err := os.Open(path)
		if err != nil {
			yield(Input{Source: source}, fileError(source, err))
			return
		}
		defer f.Close()
		from := origin{name: source, source: cmp.Or(o.Source, source), format: formatOf(path)}
		o.documents(from, f)(yield)
	}
}

// ReadUpload gives the documents of a file that was handed in under a name, which
// is their source and tells the format unless the options do.
func ReadUpload(name string, r io.Reader, o Options) iter.Seq2[Input, error] {
	return o.documents(origin{name: name, source: cmp.Or(o.Source, name), format: formatOf(name)}, r)
}

// origin is where a stream comes from.
type origin struct {
	name   string // for messages
	source string
	format Format // that the name tells
}

// documents gives the documents in a stream: many of JSON Lines, one of anything else.
func (o Options) documents(from origin, r io.Reader) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) {
		b := bufio.NewReaderSize(r, 64<<10)
		from.format = cmp.Or(o.Format, from.format)
		if from.format == Guess {
			from.format = guess(b)
		}
		if from.format == JSONLines {
			o.lines(from.name, b)(yield)
			return
		}
		yield(o.document(from, b))
	}
}

// document reads a stream that is one document.
func (o Options) document(from origin, r io.Reader) (Input, error) {
	in := Input{Source: from.source}
	if in.Source == "" {
		in.Source = from.name
		return in, graph.Errorf(graph.Invalid, "%s has no source", from.name).WithHint("name where the text comes from: --source NAME")
	}
	data, err := io.ReadAll(io.LimitReader(r, o.max()+1))
	in.Size = int64(len(data))
	switch {
	case err != nil:
		return in, fileError(from.name, err)
	case in.Size > o.max():
		return in, o.tooLarge(from.name)
	}
	if err := notText(from.name, data); err != nil {
		return in, err
	}
	content := decode(data, from.format == HTML)
	switch from.format {
	case HTML:
		err = readHTML(&in, content)
	case Markdown:
		err = readMarkdown(&in, content)
	default:
		in.Text = content
	}
	if err != nil {
		return in, err
	}
	in.Source = cmp.Or(o.Source, in.Source)
	return o.Prepare(in)
}

// Prepare checks a document and completes it: the text normalised, the title
// taken from its first line where it has none, the language told. What was read in any other
// way than by [Read], say from a request, passes here too.
func (o Options) Prepare(in Input) (Input, error) {
	if err := checkSource(in.Source); err != nil {
		return in, err
	}
	in.Text = text.Normalise(in.Text)
	switch {
	case int64(len(in.Text)) > o.max():
		return in, o.tooLarge(in.Source)
	case strings.TrimSpace(in.Text) == "":
		return in, graph.Errorf(graph.Invalid, "%s holds no text", in.Source)
	case strings.ContainsRune(in.Text, 0):
		return in, graph.Errorf(graph.Invalid, "%s is binary: it has NUL bytes", in.Source).WithHint("Entente reads plain text, Markdown, HTML and JSON Lines")
	case in.Revision != nil && *in.Revision < 0:
		return in, graph.Errorf(graph.Invalid, "%s has the revision %d, which is below 0", in.Source, *in.Revision)
	}
	if in.Title = oneLine(in.Title); in.Title == "" {
		in.Title = firstLine(in.Text)
	}
	if in.Published == "" {
		in.Published = o.Published
	}
	return o.tellLanguage(in)
}

// tellLanguage believes what the document or the options say, and else looks at the words.
func (o Options) tellLanguage(in Input) (Input, error) {
	if in.Language == "" {
		in.Language = o.Language
	}
	said, found := in.Language, text.DetectLanguage(in.Text)
	in.Language = "en"
	switch base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(said, "_", "-")), "-"); {
	case base == "en" || base == "eng" || base == "english":
		return in, nil
	case said != "":
		return in, graph.Errorf(graph.Invalid, "%s says that its language is %q; Entente reads English", in.Source, clip(said))
	case !found.English():
		in.Language = found.Code
		return in, graph.Errorf(graph.Invalid, "%s is not English: it looks like %s", in.Source, found.Name).
			WithHint("if it is English all the same, say so: --language en, or lang in its front matter or JSON")
	}
	return in, nil
}

func (o Options) max() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

func (o Options) tooLarge(name string) error {
	return graph.Errorf(graph.Invalid, "%s is larger than %s", name, bytesText(o.max())).
		WithHint("split it, or raise the limit with --max-bytes")
}

const (
	maxName  = 1 << 10 // bytes of a source or a title
	maxTitle = 200     // bytes of a first line that may be a title
)

// checkSource refuses what cannot identify a document.
func checkSource(source string) error {
	switch {
	case strings.TrimSpace(source) == "":
		return graph.Errorf(graph.Invalid, "the document has no source").WithHint("name where the text comes from")
	case len(source) > maxName:
		return graph.Errorf(graph.Invalid, "the source %q is longer than %d bytes", clip(source), maxName)
	case !utf8.ValidString(source) || strings.ContainsFunc(source, unicode.IsControl):
		return graph.Errorf(graph.Invalid, "the source %q has bytes that are no text", clip(source))
	}
	return nil
}

// firstLine is the first paragraph if it looks like a title: short, on at most
// two lines, and no sentence.
func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n\n")
	if len(s) > maxTitle || strings.Count(s, "\n") > 1 || strings.HasSuffix(s, ".") || strings.HasSuffix(s, ":") || strings.Contains(s, ". ") {
		return ""
	}
	return oneLine(s)
}

// oneLine makes a title out of what may stand on several lines.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(text.Normalise(s), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	for len(s) > maxName {
		_, size := utf8.DecodeLastRuneInString(s[:maxName+1])
		s = s[:maxName+1-size]
	}
	return s
}

// fileError turns what the operating system says into an error of a kind.
func fileError(name string, err error) error {
	if kind := graph.KindOf(err); kind != "" || errors.Is(err, context.Canceled) {
		return err
	}
	cause := err
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		cause = p.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return graph.Errorf(graph.NotFound, "%s does not exist", name)
	case errors.Is(err, fs.ErrPermission):
		return graph.Errorf(graph.Forbidden, "%s may not be read: %w", name, cause)
	}
	return graph.Errorf(graph.Invalid, "%s cannot be read: %w", name, cause)
}

func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
