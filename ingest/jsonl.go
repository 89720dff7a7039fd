package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/entente-kg/entente/graph"
)

// record is one line of JSON Lines. Other fields are passed over.
type record struct {
	Source    string  `json:"source"`
	Title     string  `json:"title"`
	Published string  `json:"published"`
	Revision  *int64  `json:"revision"`
	Language  string  `json:"language"`
	Lang      string  `json:"lang"`
	Text      *string `json:"text"`
}

// lines reads JSON Lines as a stream: no more than one line is held, however
// long the file, and a line that is too long is passed over without being held.
func (o Options) lines(name string, r io.Reader) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) {
		b := bufio.NewReaderSize(transform.NewReader(r, unicode.BOMOverride(transform.Nop)), 64<<10)
		documents := 0
		for number := 1; ; number++ {
			line, size, err := readLine(b, o.max())
			if err == io.EOF {
				break
			}
			if err == nil && len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			documents++
			last := err != nil && !errors.Is(err, errLineTooLong)
			in, err := o.line(fmt.Sprintf("%s, line %d", name, number), line, size, err)
			if !yield(in, err) || last || errors.Is(err, errNotLines) {
				return
			}
		}
		if documents == 0 {
			yield(Input{Source: name}, graph.Errorf(graph.Invalid, "%s holds no documents", name))
		}
	}
}

// line makes a document of one line, or says what is wrong with it.
func (o Options) line(at string, line []byte, size int64, readErr error) (Input, error) {
	in := Input{Source: at, Size: size}
	switch {
	case errors.Is(readErr, errLineTooLong):
		return in, o.tooLarge(at)
	case readErr != nil:
		return in, fileError(at, readErr)
	}
	rec, err := parseRecord(at, line)
	if err != nil {
		return in, err
	}
	if rec.Source != "" {
		in.Source = rec.Source
	}
	published, err := ParsePublished(rec.Published)
	switch {
	case err != nil:
		return in, fmt.Errorf("%s: %w", at, err)
	case rec.Source == "":
		return in, graph.Errorf(graph.Invalid, "%s has no source", at).WithHint(`every line needs "source" and "text"`)
	case rec.Text == nil:
		return in, graph.Errorf(graph.Invalid, "%s has no text", at).WithHint(`every line needs "source" and "text"`)
	}
	in.Title, in.Published, in.Revision, in.Language, in.Text = rec.Title, published, rec.Revision, rec.Language, *rec.Text
	if in.Language == "" {
		in.Language = rec.Lang
	}
	if in, err = o.Prepare(in); err != nil {
		return in, fmt.Errorf("%s: %w", at, err)
	}
	return in, nil
}

// errNotLines ends the reading of a file that is JSON, but not one object to a line:
// each of its lines would be an error of its own.
var errNotLines = errors.New("not one object to a line")

func parseRecord(at string, line []byte) (rec record, err error) {
	if !utf8.Valid(line) {
		return rec, graph.Errorf(graph.Invalid, "%s is not UTF-8", at)
	}
	line = bytes.TrimSpace(line)
	if bytes.HasPrefix(line, []byte("[")) || string(line) == "{" {
		return rec, graph.Errorf(graph.Invalid, "%s: %w", at, errNotLines).WithHint(`write each document as one line: {"source": …, "text": …}`)
	}
	if err := json.Unmarshal(line, &rec); err != nil {
		return rec, graph.Errorf(graph.Invalid, "%s is broken: %w", at, jsonError(err)).WithHint(`write each document as one line: {"source": …, "text": …}`)
	}
	return rec, nil
}

// jsonError leaves Go's names out of what encoding/json says.
func jsonError(err error) error {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%q cannot be %s", e.Field, e.Value)
	}
	return err
}

var errLineTooLong = errors.New("the line is too long")

// readLine reads to the next line end, which the last line may lack. Past the
// limit it reads on without keeping anything, so that the next line can be read.
func readLine(b *bufio.Reader, limit int64) (line []byte, size int64, err error) {
	for {
		part, err := b.ReadSlice('\n')
		size += int64(len(part))
		if size <= limit {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (err != io.EOF || size == 0):
			return nil, size, err
		case size > limit:
			return nil, size, errLineTooLong
		}
		return line, size, nil
	}
}
