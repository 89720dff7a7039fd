package ingest

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/entente-kg/entente/graph"
)

// readHTML takes the title, the day of publication and the main text out of a
// page. The text is paragraphs parted by blank lines, one for each block of the page.
func readHTML(in *Input, content string) error {
	page, err := html.Parse(strings.NewReader(content))
	if err != nil {
		return graph.Errorf(graph.Invalid, "%s is no HTML that can be read: %w", in.Source, err)
	}
	main, found := mainContent(page)
	in.Text = paragraphs(main, !found)
	meta := metadata(page)
	heading := textOf(first(main, isHeading))
	in.Title = cmp.Or(meta["og:title"], heading, textOf(first(page, func(n *html.Node) bool { return n.DataAtom == atom.Title })))
	in.Published = pagePublished(page, main, meta)
	return nil
}

func isHeading(n *html.Node) bool { return n.DataAtom == atom.H1 }

// metadata is what the page's meta elements say, the first of a name.
func metadata(page *html.Node) map[string]string {
	meta := make(map[string]string)
	for n := range page.Descendants() {
		if n.DataAtom != atom.Meta {
			continue
		}
		name := strings.ToLower(cmp.Or(attr(n, "property"), attr(n, "name"), attr(n, "itemprop")))
		if content := strings.TrimSpace(attr(n, "content")); name != "" && meta[name] == "" {
			meta[name] = content
		}
	}
	return meta
}

var publishedNames = []string{"article:published_time", "og:published_time", "datepublished", "dcterms.issued", "dcterms.date",
	"dc.date.issued", "dc.date", "date", "pubdate", "publish-date", "publishdate"}

// pagePublished is the day that meta elements, linked data or the first time element give.
// One that cannot be read is passed over: pages carry it for machines, and nobody looks at it.
func pagePublished(page, main *html.Node, meta map[string]string) graph.Date {
	var said []string
	for _, name := range publishedNames {
		said = append(said, meta[name])
	}
	for n := range page.Descendants() {
		if n.DataAtom == atom.Script && attr(n, "type") == "application/ld+json" && n.FirstChild != nil {
			said = append(said, linkedPublished(n.FirstChild.Data))
		}
	}
	if n := first(main, func(n *html.Node) bool { return n.DataAtom == atom.Time && attr(n, "datetime") != "" }); n != nil {
		said = append(said, attr(n, "datetime"))
	}
	for _, s := range said {
		if d, err := ParsePublished(s); err == nil && d != "" {
			return d
		}
	}
	return ""
}

// linkedPublished is datePublished of schema.org in JSON-LD: of one object, of a list, or of a graph.
func linkedPublished(data string) string {
	type item struct {
		DatePublished string `json:"datePublished"`
	}
	var one struct {
		item
		Graph []item `json:"@graph"`
	}
	var list []item
	if json.Unmarshal([]byte(data), &one) == nil {
		list = append(one.Graph, one.item)
	} else if json.Unmarshal([]byte(data), &list) != nil {
		return ""
	}
	for _, i := range list {
		if i.DatePublished != "" {
			return i.DatePublished
		}
	}
	return ""
}

// mainContent is the one element of a page that says it holds the content, else the body.
func mainContent(page *html.Node) (*html.Node, bool) {
	says := []func(*html.Node) bool{
		func(n *html.Node) bool { return attr(n, "itemprop") == "articleBody" },
		func(n *html.Node) bool { return n.DataAtom == atom.Article },
		func(n *html.Node) bool { return n.DataAtom == atom.Main || attr(n, "role") == "main" },
	}
	for _, is := range says {
		if all := outermost(page, is); len(all) == 1 && textOf(all[0]) != "" {
			return all[0], true
		}
	}
	if body := first(page, func(n *html.Node) bool { return n.DataAtom == atom.Body }); body != nil {
		return body, false
	}
	return page, false
}

// outermost lists the elements for which is holds that lie in no other such.
func outermost(n *html.Node, is func(*html.Node) bool) []*html.Node {
	if n.Type == html.ElementNode && is(n) {
		return []*html.Node{n}
	}
	var all []*html.Node
	for c := range n.ChildNodes() {
		all = append(all, outermost(c, is)...)
	}
	return all
}

func first(n *html.Node, is func(*html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			return d
		}
	}
	return nil
}

func textOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return oneLine(b.String())
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// paragraphs is the text below an element. Of a page that does not say where its
// content is (wholePage), what stands around it is left out as well as can be told: the header, and
// lists of links.
func paragraphs(n *html.Node, wholePage bool) string {
	w := &blockWriter{wholePage: wholePage}
	w.children(n)
	w.endBlock()
	return strings.Join(w.blocks, "\n\n")
}

// blockWriter writes elements as paragraphs. White space collapses as a browser
// collapses it, which leaves no-break spaces alone.
type blockWriter struct {
	wholePage bool
	blocks    []string
	block     strings.Builder
	space     bool // before the next word
	pre       int  // depth of preformatted elements
	link      int  // depth of links
	linked    int  // bytes of the block that are links
}

func (w *blockWriter) write(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.text(n.Data)
	case n.Type != html.ElementNode || w.drops(n):
	case n.DataAtom == atom.Br:
		w.block.WriteByte('\n')
		w.space = false
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		w.cell(n)
	case blocks[n.DataAtom]:
		w.endBlock()
		w.inside(n)
		w.endBlock()
	default:
		w.inside(n)
	}
}

func (w *blockWriter) inside(n *html.Node) {
	switch n.DataAtom {
	case atom.Pre:
		w.pre++
		defer func() { w.pre-- }()
	case atom.A:
		w.link++
		defer func() { w.link-- }()
	}
	w.children(n)
}

func (w *blockWriter) children(n *html.Node) {
	for c := range n.ChildNodes() {
		w.write(c)
	}
}

// cell writes a cell of a table, parted from the one before it by a tab.
func (w *blockWriter) cell(n *html.Node) {
	if w.block.Len() > 0 {
		w.block.WriteByte('\t')
		w.space = false
	}
	w.children(n)
}

func (w *blockWriter) text(s string) {
	before := w.block.Len()
	for _, r := range s {
		switch {
		case w.pre == 0 && strings.ContainsRune(" \t\r\n\f", r):
			w.space = true
		default:
			if w.space && w.wordsBefore() {
				w.block.WriteByte(' ')
			}
			w.space = false
			w.block.WriteRune(r)
		}
	}
	if w.link > 0 {
		w.linked += w.block.Len() - before
	}
}

// wordsBefore tells whether a space would stand between two words, not at the start of a line.
func (w *blockWriter) wordsBefore() bool {
	s := w.block.String()
	return s != "" && s[len(s)-1] != '\n' && s[len(s)-1] != '\t'
}

func (w *blockWriter) endBlock() {
	s := strings.Trim(w.block.String(), " \t\r\n\f")
	links := w.wholePage && 2*w.linked > len(s) && !strings.HasSuffix(s, ".")
	if s != "" && !links && utf8.ValidString(s) {
		w.blocks = append(w.blocks, s)
	}
	w.block.Reset()
	w.space, w.linked = false, 0
}

// drops tells whether an element holds no content: what a browser does not show
// as text, what serves finding one's way about the site, and marks of footnotes.
func (w *blockWriter) drops(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false
	case atom.Header:
		return w.wholePage
	case atom.Sup:
		a := first(n, func(n *html.Node) bool { return n.DataAtom == atom.A })
		return a != nil && strings.HasPrefix(attr(a, "href"), "#")
	}
	return dropped[n.DataAtom] || n.Namespace != "" || hidden(n) || boilerplateRoles[attr(n, "role")] ||
		slices.ContainsFunc(strings.Fields(strings.ToLower(attr(n, "class")+" "+attr(n, "id"))), func(c string) bool { return boilerplateClasses[c] })
}

func hidden(n *html.Node) bool {
	style := strings.ReplaceAll(attr(n, "style"), " ", "")
	return attr(n, "aria-hidden") == "true" || strings.Contains(style, "display:none") ||
		slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "hidden" })
}

var (
	blocks = set(atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
		atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot,
		atom.Tr, atom.Blockquote, atom.Pre, atom.Figure, atom.Figcaption, atom.Address, atom.Hr, atom.Form, atom.Fieldset,
		atom.Details, atom.Summary, atom.Center, atom.Hgroup, atom.Body)

	dropped = set(atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Nav, atom.Footer, atom.Aside, atom.Iframe,
		atom.Object, atom.Embed, atom.Canvas, atom.Audio, atom.Video, atom.Svg, atom.Math, atom.Button, atom.Select, atom.Textarea,
		atom.Input, atom.Label, atom.Dialog, atom.Noframes)

	boilerplateRoles = set("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu")

	boilerplateClasses = set("nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "sidebar", "footer", "share", "sharing",
		"social", "social-share", "cookie-banner", "cookie-notice", "related", "related-posts", "comments", "newsletter", "pagination",
		"advertisement", "skip-link", "noprint", "mw-editsection")
)

func set[T comparable](members ...T) map[T]bool {
	m := make(map[T]bool, len(members))
	for _, v := range members {
		m[v] = true
	}
	return m
}
