package fact

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// Depositaries tell who did what to a treaty, and when, in lines ("Accession:
// Fiji, 3 May 2001") and in tables of which each row is a state and each column an
// act.

// acts are the columns and lines of depositaries with what they state.
var acts = map[string]struct {
	predicate graph.Predicate
	status    string
}{
	"signature": {graph.Signed, ""}, "signatures": {graph.Signed, ""}, "signed": {graph.Signed, ""}, "signatory": {graph.Signed, ""}, "signatories": {graph.Signed, ""},
	"ratification": {graph.PartyTo, graph.Ratified}, "ratifications": {graph.PartyTo, graph.Ratified}, "ratified": {graph.PartyTo, graph.Ratified},
	"accession": {graph.PartyTo, graph.Acceded}, "accessions": {graph.PartyTo, graph.Acceded}, "acceded": {graph.PartyTo, graph.Acceded},
	"acceptance": {graph.PartyTo, graph.Party}, "acceptances": {graph.PartyTo, graph.Party}, "approval": {graph.PartyTo, graph.Party}, "approvals": {graph.PartyTo, graph.Party},
	"succession": {graph.PartyTo, graph.Party}, "parties": {graph.PartyTo, graph.Party},
	"withdrawal": {graph.WithdrewFrom, ""}, "withdrawals": {graph.WithdrewFrom, ""}, "denunciation": {graph.WithdrewFrom, ""}, "denunciations": {graph.WithdrewFrom, ""}, "denounced": {graph.WithdrewFrom, ""},
}

// column is one of a table's acts with the place of its head in the row.
type column struct {
	act      string
	bar, off int // bars before it, bytes from the start of its line
}

// deposits reads the lines and the tables of a depositary.
func (c *clause) deposits() {
	at := 0
	for at < len(c.tokens) && (c.top[at] == mention.None && (enumerates(c.lower(at)) || c.lower(at) == "states")) {
		at++
	}
	if _, ok := acts[c.lower(at)]; ok && c.lower(at+1) == ":" {
		c.depositLine(at)
		return
	}
	c.effected()
	if columns := c.columns(); len(columns) > 0 {
		c.depositTable(columns)
	}
}

// effected reads "The above action was effected on 28 September 2021" of the acts that
// a notification states before it without a day.
func (c *clause) effected() {
	for j := 1; j+1 < len(c.tokens); j++ {
		if c.lower(j) != "effected" || c.lower(j-1) != "was" || c.lower(j+1) != "on" || !c.dateAt(min(j+2, len(c.tokens)-1)) {
			continue
		}
		m := c.mentions[c.top[j+2]]
		at := when{m.Date, []graph.EvidenceSpan{{Span: graph.Span(c.sentences[c.n].Span)}}}
		for i := range c.facts {
			if f := &c.facts[i]; f.Predicate == graph.PartyTo && f.Qualifiers[graph.OnDate] == "" && c.n-f.sentence <= storySentences {
				c.reader.date(f, at)
			}
		}
		return
	}
}

func enumerates(w string) bool {
	return w == "(" || w == ")" || w == "." || w == "•" || w == "-" || w == "–" || w == "*" || len(w) == 1
}

// depositLine reads "Accession: Fiji (3 May 2001), Samoa (4 June 2002)".
func (c *clause) depositLine(at int) {
	paper := c.spokenOf()
	if paper.entity == entity.None {
		return
	}
	for j := at + 2; j < len(c.tokens); j++ {
		t := c.top[j]
		if t == mention.None {
			continue
		}
		for _, who := range c.standing(t, bodies) {
			c.act(c.lower(at), who, paper, c.dateAfter(c.mentions[t].Last), j)
		}
		j = c.mentions[t].Last - 1
	}
}

// act states one state's act.
func (c *clause) act(name string, who, paper arg, date string, at int) {
	a := acts[name]
	c.fact(a.predicate, who, paper, at, "depositary", graph.Qualifiers{graph.WithStatus: a.status, graph.OnDate: date})
}

// dateAfter is the date after token i that comes before the next state.
func (c *clause) dateAfter(i int) string {
	for j := i; j < len(c.tokens); j++ {
		if t := c.top[j]; t != mention.None {
			if c.mentions[t].Kind == mention.Date {
				return c.mentions[t].Date
			}
			return ""
		}
	}
	return ""
}

// spokenOf is the agreement that the text speaks of before the sentence: the first
// of the nearest sentence that names any.
func (c *clause) spokenOf() arg { return c.spokenBefore(c.from) }

// spokenBefore is the agreement that the text speaks of before mention i.
func (r *reader) spokenBefore(i int) arg {
	n, _ := slices.BinarySearch(r.papers, i)
	if n == 0 {
		return arg{entity: entity.None}
	}
	first := n - 1
	for first > 0 && r.mentions[r.papers[first-1]].Sentence == r.mentions[r.papers[n-1]].Sentence {
		first--
	}
	j := r.papers[first]
	return arg{r.set.One(j), j, r.mentions[j].Span}
}

// papersNamed are the mentions that each stand for one agreement, in the text's order.
func papersNamed(mentions []mention.Mention, set *entity.Set) []int {
	var out []int
	for i, m := range mentions {
		if m.Kind == mention.Agreement && m.Inside == mention.None && set.One(i) != entity.None {
			out = append(out, i)
		}
	}
	return out
}

// columns are the acts of the head of a table: "Participant | Signature |
// Ratification, Accession (a)". A column is called by its first act.
func (c *clause) columns() []column {
	if len(c.tokens) > 30 || c.lower(len(c.tokens)-1) == "." {
		return nil
	}
	switch c.lower(0) {
	case "participant", "participants", "state", "states", "country", "countries", "party", "parties", "member", "signatory", "|":
	default:
		return nil
	}
	var out []column
	bars := 0
	for i := 1; i < len(c.tokens); i++ {
		w := c.lower(i)
		if _, ok := acts[w]; ok && (len(out) == 0 || !c.sameColumn(i, bars, out)) {
			out = append(out, column{w, bars, c.offset(i)})
		}
		if w == "|" {
			bars++
		}
	}
	return out
}

// sameColumn tells whether the act at i belongs to the column before it, from which
// no bar and no wide space parts it.
func (c *clause) sameColumn(i, bars int, out []column) bool {
	return out[len(out)-1].bar == bars && !c.wide(i)
}

// wide tells whether a tab or several spaces stand before token i.
func (c *clause) wide(i int) bool {
	gap := c.source[c.tokens[i-1].End:c.tokens[i].Start]
	return strings.Contains(gap, "\t") || len(gap) > 1
}

// offset is where token i stands in its line.
func (c *clause) offset(i int) int {
	start := c.tokens[i].Start
	return start - 1 - strings.LastIndexByte(c.source[:start], '\n')
}

// depositTable reads the rows under the head: a state, then dates.
func (c *clause) depositTable(columns []column) {
	paper := c.spokenOf()
	if paper.entity == entity.None {
		return
	}
	for n, from := c.n+1, c.to; n < len(c.sentences); n++ {
		to := from
		for to < len(c.mentions) && c.mentions[to].Sentence == n {
			to++
		}
		row := newClause(c.reader, n, from, to)
		if !row.depositRow(columns, paper) && n > c.n+2 {
			return
		}
		from = to
	}
}

// depositRow reads "Fiji | 12 March 2004 | 3 May 2006 a".
func (c *clause) depositRow(columns []column, paper arg) bool {
	first := 0
	for first < len(c.tokens) && (c.lower(first) == "|" || enumerates(c.lower(first))) {
		first++
	}
	if first >= len(c.tokens) || c.top[first] == mention.None || len(c.tokens) > 40 {
		return false
	}
	who := c.standing(c.top[first], bodies)
	if len(who) == 0 {
		return false
	}
	bars, seen := 0, 0
	for j := first; j < len(c.tokens); j++ {
		if c.lower(j) == "|" {
			bars++
		}
		t := c.top[j]
		if t == mention.None {
			continue
		}
		m := c.mentions[t]
		if m.Kind == mention.Date {
			c.act(c.columnOf(columns, j, bars, seen, m.Last), who[0], paper, m.Date, j)
			seen++
		}
		j = m.Last - 1
	}
	return seen > 0
}

// marks are the letters by which depositaries tell other acts from ratification.
var marks = map[string]string{"a": "accession", "A": "acceptance", "AA": "approval", "d": "succession", "s": "ratification"}

// columnOf is the act of the date at token j: its mark tells, else its column, else
// how many dates of the row were seen before it.
func (c *clause) columnOf(columns []column, j, bars, seen, end int) string {
	for k := end; k < min(end+2, len(c.tokens)); k++ {
		if act := marks[c.tokens[k].Text]; act != "" {
			return act
		}
	}
	best := columns[min(seen, len(columns)-1)]
	for _, col := range columns {
		if bars > 0 && col.bar == bars {
			return col.act
		}
		if bars == 0 && distance(col.off, c.offset(j)) < distance(best.off, c.offset(j)) {
			best = col
		}
	}
	return best.act
}

func distance(a, b int) int { return max(a-b, b-a) }
