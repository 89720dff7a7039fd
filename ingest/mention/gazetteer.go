package mention

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

//go:embed gazetteer thesaurus lexicon/common.txt
var resources embed.FS

// Resources are the gazetteers and the thesaurus as they were built in; the
// extractor's version is taken over their bytes.
func Resources() fs.FS { return resources }

// Entry is one record of a gazetteer.
type Entry struct {
	Kind    Kind
	ID      string // the key that the graph uses: "gaz:sco", "iso:KEN", "place:new york/USA"
	Name    string
	Names   []string // aliases
	Acronym string
	Country string // the key of a place's country, of an organisation's seat
	Seat    string // the key of an organisation's seat
	Parent  string // the key of the organisation that it is an organ of
	Codes   [][2]string
	Capital bool // a place that may stand for its country's government
}

// Gazetteer recognises the names that it holds.
type Gazetteer struct {
	Entries []Entry
	byID    map[string]int
	phrases map[string][]phrase // by the first word
	common  map[string]bool     // words that are no names
}

// phrase is one form of a name, as tokens.
type phrase struct {
	words     []string
	exact     string // an acronym must be written so
	entry     int
	adjective bool
}

// NewGazetteer reads the built-in gazetteers.
func NewGazetteer() (*Gazetteer, error) {
	g := &Gazetteer{byID: map[string]int{}, phrases: map[string][]phrase{}}
	for _, load := range []struct {
		file string
		row  func(row)
	}{{"countries", g.addCountry}, {"organisations", g.addOrganisation}, {"places", g.addPlace}, {"regions", g.addRegion}} {
		rows, err := readTable("gazetteer/" + load.file + ".tsv")
		if err != nil {
			return nil, fmt.Errorf("read gazetteer of %s: %w", load.file, err)
		}
		for _, r := range rows {
			load.row(r)
		}
	}
	common, err := resources.ReadFile("lexicon/common.txt")
	if err != nil {
		return nil, fmt.Errorf("read lexicon: %w", err)
	}
	g.common = words(string(common))
	for _, p := range g.phrases {
		slices.SortStableFunc(p, func(a, b phrase) int { return len(b.words) - len(a.words) })
	}
	return g, nil
}

// row is one line of a table, by the names of its columns.
type row map[string]string

func (r row) list(column string) []string {
	var out []string
	for _, s := range strings.Split(r[column], "|") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// readTable reads a file of tab-separated values with a header.
func readTable(name string) ([]row, error) {
	b, err := resources.ReadFile(name)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.ReplaceAll(string(b), "\r", ""), "\n")
	header := strings.Split(lines[0], "\t")
	var rows []row
	for _, line := range lines[1:] {
		if line == "" || line[0] == '#' {
			continue
		}
		r := row{}
		for i, cell := range strings.Split(line, "\t") {
			if i < len(header) {
				r[header[i]] = strings.TrimSpace(cell)
			}
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func (g *Gazetteer) addCountry(r row) {
	e := Entry{Kind: Country, ID: "iso:" + r["id"], Name: r["name"], Names: append(r.list("official"), r.list("aliases")...)}
	e.Codes = append(e.Codes, [2]string{"ISO 3166-1 alpha-3", r["id"]})
	if r["iso2"] != "" {
		e.Codes = append(e.Codes, [2]string{"ISO 3166-1 alpha-2", r["iso2"]})
	}
	at := g.add(e)
	for _, d := range r.list("demonyms") {
		g.addForm(d, at, true)
	}
	for _, c := range r.list("capitals") {
		g.add(Entry{Kind: Place, ID: PlaceKey(c, r["id"]), Name: c, Country: e.ID, Capital: true})
	}
}

func (g *Gazetteer) addOrganisation(r row) {
	e := Entry{Kind: Organisation, ID: "gaz:" + r["id"], Name: r["name"], Names: r.list("aliases"), Acronym: r["acronym"]}
	if !strings.HasSuffix(e.Name, "Secretariat") { // an organ is no name of its body
		e.Names = slices.DeleteFunc(e.Names, func(n string) bool { return strings.HasSuffix(n, " Secretariat") })
	}
	if r["wikidata"] != "" {
		e.Codes = [][2]string{{"Wikidata", r["wikidata"]}}
	}
	if r["parent"] != "" {
		e.Parent = "gaz:" + r["parent"]
	}
	if c := r["seat_country"]; c != "" {
		e.Country = "iso:" + c
		if r["seat"] != "" {
			e.Seat = PlaceKey(r["seat"], c)
		}
	}
	g.add(e)
}

func (g *Gazetteer) addPlace(r row) {
	e := Entry{Kind: Place, ID: PlaceKey(r["name"], r["country"]), Name: r["name"], Names: r.list("aliases")}
	if r["country"] != "" {
		e.Country = "iso:" + r["country"]
	}
	g.add(e)
}

// addRegion adds a stretch of land or sea that belongs to several countries.
func (g *Gazetteer) addRegion(r row) {
	at := g.add(Entry{Kind: Place, ID: PlaceKey(r["name"], ""), Name: r["name"], Names: r.list("aliases")})
	for _, a := range r.list("adjectives") { // "African" is no name of Africa
		g.addForm(a, at, true)
	}
}

// PlaceKey is the key of a place of the gazetteer.
func PlaceKey(name, country string) string {
	return "place:" + Fold(name) + "/" + country
}

// add adds an entry with all forms of its name. An id that is there already
// keeps its entry and gains the names.
func (g *Gazetteer) add(e Entry) int {
	at, known := g.byID[e.ID]
	if !known {
		at = len(g.Entries)
		g.byID[e.ID] = at
		g.Entries = append(g.Entries, e)
	}
	g.addForm(e.Name, at, false)
	for _, n := range e.Names {
		g.addForm(n, at, false)
	}
	g.addForm(e.Acronym, at, false)
	return at
}

func (g *Gazetteer) addForm(name string, entry int, adjective bool) {
	tokens := text.Tokens(name)
	if len(tokens) > 1 && tokens[0].Lower == "the" {
		tokens = tokens[1:]
	}
	if len(tokens) == 0 {
		return
	}
	p := phrase{entry: entry, adjective: adjective}
	for _, t := range tokens {
		p.words = append(p.words, t.Lower)
	}
	if len(tokens) == 1 && (tokens[0].Shape == text.Upper || len(name) <= 3) {
		p.exact = name
	}
	g.phrases[p.words[0]] = append(g.phrases[p.words[0]], p)
}

// Entry looks an entry up by its key.
func (g *Gazetteer) Entry(id string) (Entry, bool) {
	at, ok := g.byID[id]
	if !ok {
		return Entry{}, false
	}
	return g.Entries[at], true
}

// Common tells whether the word is an ordinary one, which names nothing by itself.
func (g *Gazetteer) Common(word string) bool { return g.common[word] }

// match finds the longest name that begins at token i. Where two entries share a
// form, a country comes before a place and the first listed before the rest.
// Nothing begins past the end of the sentence.
func (g *Gazetteer) match(tokens []text.Token, i int) (p phrase, end int, ok bool) {
	if i >= len(tokens) {
		return p, i, false
	}
	for _, q := range g.phrases[tokens[i].Lower] {
		if ok && len(q.words) < len(p.words) {
			break
		}
		if q.matches(tokens, i) && (!ok || g.rank(q) < g.rank(p)) {
			p, end, ok = q, i+len(q.words), true
		}
	}
	return p, end, ok
}

func (g *Gazetteer) rank(p phrase) int {
	switch e := g.Entries[p.entry]; {
	case p.exact != "":
		return 0
	case e.Kind == Country && !p.adjective:
		return 1
	case e.Kind == Organisation:
		return 2
	case e.Kind == Country:
		return 3
	}
	return 4
}

func (p phrase) matches(tokens []text.Token, i int) bool {
	if i+len(p.words) > len(tokens) || tokens[i].Shape == text.Small {
		return false
	}
	if p.exact != "" {
		return tokens[i].Text == p.exact
	}
	for j, w := range p.words {
		if tokens[i+j].Lower != w {
			return false
		}
	}
	return true
}
