package ingest

import (
	"bufio"
	"bytes"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/entente-kg/entente/graph"
)

const headBytes = 512 // what http.DetectContentType looks at

// guess tells the format of a stream without a telling name. Markdown looks like plain text.
func guess(b *bufio.Reader) Format {
	head, _ := b.Peek(headBytes) // an error shows again when the rest is read
	trimmed := bytes.TrimSpace(bytes.TrimPrefix(head, utf8BOM))
	switch {
	case strings.HasPrefix(http.DetectContentType(head), "text/html"):
		return HTML
	case bytes.HasPrefix(trimmed, []byte(`{"`)):
		return JSONLines
	}
	return Plain
}

var (
	utf8BOM  = []byte("\xEF\xBB\xBF")
	utf16BOM = [][]byte{[]byte("\xFE\xFF"), []byte("\xFF\xFE")}
)

// kinds name the files that people try, by the media type that their first bytes tell.
var kinds = map[string]string{
	"application/pdf":        "a PDF file",
	"application/zip":        "a ZIP archive (or a Word or OpenDocument file)",
	"application/x-gzip":     "a gzip archive",
	"application/postscript": "a PostScript file",
	"text/xml":               "an XML file",
}

// notText refuses what holds no text that Entente can read.
func notText(name string, data []byte) error {
	media, _, _ := mime.ParseMediaType(http.DetectContentType(data))
	kind, known := kinds[media]
	switch {
	case media == "text/xml" && bytes.Contains(data[:min(len(data), 4*headBytes)], []byte("<html")):
		return nil
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		kind, known = "an RTF file", true
	case strings.HasPrefix(media, "text/") && !known:
		return nil
	case !known:
		kind = "binary (" + media + ")"
	}
	return graph.Errorf(graph.Invalid, "%s is %s", name, kind).
		WithHint("Entente reads plain text, Markdown, HTML and JSON Lines: convert it first")
}

// decode brings bytes to UTF-8. In turn it believes a byte order mark, bytes that are
// UTF-8 throughout (which no other encoding of any length is by chance), what a page declares of
// itself, bytes that are mostly UTF-8, and last Windows-1252, as browsers do.
func decode(data []byte, page bool) string {
	switch {
	case hasBOM(data):
		return convert(data, unicode.BOMOverride(transform.Nop))
	case utf8.Valid(data):
		return string(data)
	}
	if encoding, name, _ := charset.DetermineEncoding(data, ""); page && name != "utf-8" && name != "windows-1252" {
		return convert(data, encoding.NewDecoder())
	}
	if mostlyUTF8(data) {
		return string(data) // normalising replaces the rest
	}
	windows1252, _ := charset.Lookup("windows-1252")
	return convert(data, windows1252.NewDecoder())
}

func convert(data []byte, t transform.Transformer) string {
	out, _, err := transform.Bytes(t, data)
	if err != nil {
		return string(data) // decoders replace what they cannot read, so this is not reached
	}
	return string(out)
}

func hasBOM(data []byte) bool {
	for _, mark := range append(utf16BOM, utf8BOM) {
		if bytes.HasPrefix(data, mark) {
			return true
		}
	}
	return false
}

// mostlyUTF8 tells whether the text has more characters of several bytes than
// bytes that fit none: a UTF-8 text with a few broken bytes.
func mostlyUTF8(data []byte) bool {
	several, broken := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			several++
		}
		data = data[size:]
	}
	return several > broken
}
