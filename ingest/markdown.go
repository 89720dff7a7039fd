package ingest

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/text"
)

// markdown keeps the HTML that people write into Markdown: paragraphs takes the text out of both.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough), goldmark.WithRendererOptions(renderer.WithUnsafe()))

// readMarkdown takes the text out of Markdown, and what the front matter says
// before what the text shows. The marks themselves are left out, because evidence is quoted.
func readMarkdown(in *Input, content string) error {
	matter, body := frontMatter(text.Normalise(content))
	if longestBlock(body) > maxBlock {
		in.Text = body
		return matter.apply(in)
	}
	var page bytes.Buffer
	if err := markdown.Convert([]byte(body), &page); err != nil {
		return graph.Errorf(graph.Invalid, "%s is no Markdown that can be read: %w", in.Source, err)
	}
	root, err := html.Parse(&page)
	if err != nil {
		return graph.Errorf(graph.Invalid, "%s is no Markdown that can be read: %w", in.Source, err)
	}
	in.Text = paragraphs(root, false)
	in.Title = textOf(first(root, isHeading))
	return matter.apply(in)
}

// maxBlock is the most bytes without a blank line that are read as Markdown. Reading its
// marks takes time by the square of the block, and a paragraph of many pages is none;
// such a text is read as plain.
const maxBlock = 32 << 10

func longestBlock(s string) int {
	longest, size := 0, 0
	for line := range strings.Lines(s) {
		size += len(line)
		if strings.TrimSpace(line) == "" {
			size = 0
		}
		longest = max(longest, size)
	}
	return longest
}

// matter is what a front matter says, keys in lower case.
type matter map[string]string

func (m matter) apply(in *Input) error {
	if title := m["title"]; title != "" {
		in.Title = title
	}
	// A bare name such as "Reuters" says who wrote the text; as a source it would make one document of all that they wrote.
	if source := m.first("source", "url"); strings.ContainsAny(source, ":/") {
		in.Source = source
	}
	in.Language = m.first("lang", "language")
	if date := m.first("published", "date", "publishdate", "pubdate"); date != "" {
		d, err := ParsePublished(date)
		if err != nil {
			return fmt.Errorf("%s, front matter: %w", in.Source, err)
		}
		in.Published = d
	}
	if revision := m["revision"]; revision != "" {
		n, err := strconv.ParseInt(revision, 10, 64)
		if err != nil {
			return graph.Errorf(graph.Invalid, "%s, front matter: the revision %q is no number", in.Source, clip(revision))
		}
		in.Revision = &n
	}
	return nil
}

func (m matter) first(keys ...string) string {
	for _, k := range keys {
		if m[k] != "" {
			return m[k]
		}
	}
	return ""
}

// frontMatter parts the front matter, between lines of "---" (YAML) or "+++" (TOML),
// from the text. It reads line by line instead of with a YAML parser, because people write
// "title: SCO: a summit", which is no YAML. Without an end line there is no front matter.
func frontMatter(s string) (matter, string) {
	opening, rest, found := strings.Cut(s, "\n")
	separator := map[string]string{"---": ":", "+++": "="}[strings.TrimSpace(opening)]
	if !found || separator == "" {
		return nil, s
	}
	m, key := matter{}, ""
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == strings.TrimSpace(opening):
			return m, rest
		case strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t"):
			m.more(key, trimmed)
		default:
			key = m.line(line, separator)
		}
	}
	return nil, s
}

// line reads "key: value" and gives the key.
func (m matter) line(line, separator string) string {
	key, value, found := strings.Cut(line, separator)
	if !found {
		return ""
	}
	key = strings.ToLower(strings.TrimSpace(key))
	if value = scalar(value); !strings.ContainsAny(value[:min(len(value), 1)], ">|") {
		m[key] = value
	} else {
		m[key] = ""
	}
	return key
}

// more adds a line to the value of a key whose text stands on the lines below it.
func (m matter) more(key, line string) {
	if key != "" {
		m[key] = strings.TrimSpace(m[key] + " " + line)
	}
}

// scalar is a value without its quotation marks or the comment after it.
func scalar(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 1 && (s[0] == '"' || s[0] == '\'') {
		if end := strings.LastIndexByte(s, s[0]); end > 0 {
			return s[1:end]
		}
	}
	s, _, _ = strings.Cut(s, " #")
	return strings.TrimSpace(s)
}
