package mention

import (
	"fmt"
	"strings"
)

// Term is one topic of the thesaurus.
type Term struct {
	ID       string // the key that the graph uses: "topic:drug-trafficking"
	Label    string
	Synonyms []string
	Broader  []string // keys
	Codes    [][2]string
}

// Thesaurus knows the topics by all their names.
type Thesaurus struct {
	Terms []Term
	forms map[string]int
	byID  map[string]int
}

// NewThesaurus reads the built-in thesaurus. Where two terms claim one form, the
// label wins, then the first listed.
func NewThesaurus() (*Thesaurus, error) {
	rows, err := readTable("thesaurus/thesaurus.tsv")
	if err != nil {
		return nil, fmt.Errorf("read thesaurus: %w", err)
	}
	t := &Thesaurus{forms: map[string]int{}, byID: map[string]int{}}
	for _, r := range rows {
		term := Term{ID: "topic:" + r["id"], Label: r["label"], Synonyms: r.list("synonyms")}
		for _, b := range r.list("broader") {
			term.Broader = append(term.Broader, "topic:"+b)
		}
		for _, v := range r.list("eurovoc") {
			term.Codes = append(term.Codes, [2]string{"EuroVoc", v})
		}
		for _, v := range r.list("unbis") {
			term.Codes = append(term.Codes, [2]string{"UNBIS", v})
		}
		t.put(term.Label, len(t.Terms))
		t.byID[term.ID] = len(t.Terms)
		t.Terms = append(t.Terms, term)
	}
	for i, term := range t.Terms {
		for _, s := range term.Synonyms {
			t.put(s, i)
		}
	}
	return t, nil
}

func (t *Thesaurus) put(form string, term int) {
	f := stemmed(form)
	if _, taken := t.forms[f]; !taken && f != "" {
		t.forms[f] = term
	}
}

// Look finds the term that a phrase names: as a whole, else without its first
// words if these only qualify ("illegal drug trafficking"), else without a last one that only
// weighs it ("climate threats"). "Traffic in X" is looked up as "X trafficking".
func (t *Thesaurus) Look(phrase string) (Term, bool) {
	f := stemmed(phrase)
	if term, ok := t.unqualified(f); ok {
		return term, true
	}
	if goods, ok := trafficked(f); ok {
		for more := true; more; _, goods, more = strings.Cut(goods, " ") {
			if i, ok := t.forms[goods+" trafficking"]; ok {
				return t.Terms[i], true
			}
		}
	}
	if i := strings.LastIndexByte(f, ' '); i > 0 && weighing[f[i+1:]] {
		return t.unqualified(f[:i])
	}
	return Term{}, false
}

func (t *Thesaurus) unqualified(f string) (Term, bool) {
	for {
		if i, ok := t.forms[f]; ok {
			return t.Terms[i], true
		}
		first, rest, more := strings.Cut(f, " ")
		if !more || !qualifying[first] {
			return Term{}, false
		}
		f = rest
	}
}

// trafficked gives what "illicit traffic in X" or "smuggling of X" speaks of.
func trafficked(f string) (goods string, ok bool) {
	words := strings.Fields(f)
	for len(words) > 0 && qualifying[words[0]] {
		words = words[1:]
	}
	if len(words) < 3 || !traffic[words[0]] || words[1] != "in" && words[1] != "of" {
		return "", false
	}
	return strings.Join(words[2:], " "), true
}

var (
	traffic  = words("traffic trafficking smuggling")
	weighing = words("threat challenge crisis issue problem cooperation question affair")
)

var qualifying = words(`illegal illicit transnational international regional global bilateral mutual joint modern new traditional various further
	common shared broad closer practical comprehensive sustainable wider current important urgent pressing such issue all other its their our`)

// stemmed folds a phrase and drops plurals, so that number does not matter.
func stemmed(s string) string {
	fields := strings.Fields(Fold(s))
	for i, w := range fields {
		if len(w) > 3 && w != "securities" { // they are no kind of security
			fields[i] = singular(w)
		}
	}
	return strings.Join(fields, " ")
}

// Term looks a term up by its key.
func (t *Thesaurus) Term(id string) (Term, bool) {
	at, ok := t.byID[id]
	if !ok {
		return Term{}, false
	}
	return t.Terms[at], true
}
