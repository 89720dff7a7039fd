package fact

import (
	"slices"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

var (
	actors    = []graph.Kind{graph.Person, graph.Organisation, graph.Country}
	bodies    = []graph.Kind{graph.Organisation, graph.Country}
	persons   = []graph.Kind{graph.Person}
	events    = []graph.Kind{graph.Event}
	papers    = []graph.Kind{graph.Agreement}
	countries = []graph.Kind{graph.Country}
	adopters  = []graph.Kind{graph.Organisation, graph.Country, graph.Event}
)

// standing are the entities of these kinds that the mention stands for in the
// role of an actor or object.
func (c *clause) standing(i int, kinds []graph.Kind) []arg {
	m := c.mentions[i]
	if m.Form == mention.Adjective && !delegations[c.lower(m.Last)] && !delegations[c.lower(m.Last+1)] {
		return nil
	}
	if next := m.Last + 1; m.Head == "counterpart" && m.Holder == mention.None && c.lower(m.Last) == "," && next < len(c.tokens) && c.top[next] != mention.None && c.mentions[c.top[next]].Is(mention.Person, mention.Office) {
		return nil // "his counterpart, Minister Orla"
	}
	var out []arg
	if m.Kind == mention.Agreement && m.Form == mention.Definite && slices.Contains(kinds, graph.Agreement) && c.isThis(m) {
		if p := c.treaty(); p.entity != entity.None && c.mentions[p.mention].Sentence == 0 && c.mentions[p.mention].First < 2 {
			return []arg{{p.entity, i, m.Span}}
		}
	}
	if m.Head == "it" && m.Kind == mention.Pronoun && len(kinds) == 1 {
		if p := c.spokenBefore(i); kinds[0] == graph.Agreement && p.entity != entity.None && m.Sentence-c.mentions[p.mention].Sentence < headSentences {
			return []arg{{p.entity, i, m.Span}}
		}
		if at := c.set.Latest(kinds[0], i); at != entity.None {
			return []arg{{at, i, m.Span}}
		}
	}
	for _, at := range c.set.Standing[i] {
		if slices.Contains(kinds, c.set.Entities[at].Kind) {
			out = append(out, arg{at, i, m.Span})
		}
	}
	if len(c.set.Standing[i]) == 0 && m.Kind == mention.Office && m.Of != mention.None && m.Head != "counterpart" {
		// An officer whom the text does not name stands for the body.
		if at := c.set.Body(c.set.One(m.Of)); at != entity.None && slices.Contains(kinds, c.set.Entities[at].Kind) {
			return []arg{{at, i, m.Span}}
		}
	}
	if out == nil && m.Kind == mention.Place && slices.Contains(kinds, graph.Country) && capitalActs[c.lower(m.First-1)] {
		if entry := c.set.Body(c.set.One(i)); entry != entity.None {
			return []arg{{entry, i, m.Span}}
		}
	}
	return out
}

// isThis tells whether an agreement is called "this Agreement", "the present Treaty":
// that which the document is, if it begins with one's title.
func (c *clause) isThis(m mention.Mention) bool {
	for j := max(0, m.First-2); j < m.Last; j++ {
		if w := c.lower(j); w == "this" || w == "present" {
			return true
		}
	}
	return false
}

// right reads the coordinated list of mentions of these kinds that begins at i.
func (c *clause) right(i, limit int, kinds []graph.Kind) []arg {
	var out []arg
	for j := i; j < limit && j < len(c.tokens); {
		if t := c.top[j]; t != mention.None {
			found := c.standing(t, kinds)
			if found == nil && !c.passes(t, kinds) && !c.isBodyOfHolder(t) {
				return out
			}
			if !c.isBodyOfHolder(t) && !c.owns(t) {
				out = appendArgs(out, found)
			}
			j = c.mentions[t].Last
			continue
		}
		if c.lower(j) == "(" && len(out) > 0 {
			if next := c.skipDate(j); next > j { // "X (since 2015) and Y"
				j = next
				continue
			}
		}
		holders := c.lower(j) == "of" && j > 0 && c.top[j-1] != mention.None && c.mentions[c.top[j-1]].Kind == mention.Person
		if !listSkips[c.lower(j)] && !(courtesy[c.lower(j)] && len(out) > 0) && !c.postNominal(j) && !holders && !(len(out) == 0 && (objectSkips[c.lower(j)] || c.callsPerson(j, kinds))) {
			return out
		}
		j++
	}
	return out
}

// skipDate is the token after a bracket at j that holds a date and no other name, or j.
func (c *clause) skipDate(j int) int {
	dated := false
	for k := j + 1; k < min(j+8, len(c.tokens)); k++ {
		if t := c.top[k]; t != mention.None {
			if c.mentions[t].Kind != mention.Date {
				return j
			}
			dated, k = true, c.mentions[t].Last-1
		} else if c.lower(k) == ")" && dated {
			return k + 1
		}
	}
	return j
}

// callsPerson tells whether the word at j says what the person who follows at once
// is: "by biologist Maya Orla", "the veteran diplomat Lenz".
func (c *clause) callsPerson(j int, kinds []graph.Kind) bool {
	if kinds[0] != graph.Person {
		return false
	}
	for k := j; k < min(j+3, len(c.tokens)); k++ {
		if t := c.top[k]; t != mention.None {
			return k > j && c.mentions[t].Kind == mention.Person
		}
		if tag := c.tokens[k].Tag; tag != text.Noun && tag != text.Adjective && tag != text.Determiner {
			return false
		}
	}
	return false
}

// postNominal tells whether letters of honour follow a person's name at i: "Ana Soto MP".
func (c *clause) postNominal(i int) bool {
	return i > 0 && c.tokens[i].Shape == text.Upper && len(c.tokens[i].Text) < 5 && c.top[i-1] != mention.None && c.mentions[c.top[i-1]].Kind == mention.Person
}

// passes tells whether a list goes on over a mention of another kind: an office
// between names, a bracket, a date.
func (c *clause) passes(t int, kinds []graph.Kind) bool {
	m := c.mentions[t]
	return m.Kind == mention.Office || m.Defines != mention.None || m.Form == mention.Adjective
}

func appendArgs(out, more []arg) []arg {
	for _, a := range more {
		if !slices.ContainsFunc(out, func(b arg) bool { return b.entity == a.entity }) {
			out = append(out, a)
		}
	}
	return out
}

// left reads the coordinated list that ends before token j.
func (c *clause) left(j int, kinds []graph.Kind) (out []arg, start int) {
	start = j
	joined := true
	for k := j - 1; k >= 0; {
		t := c.top[k]
		if t == mention.None {
			w := c.lower(k)
			if !listSkips[w] && !courtesy[w] && !c.postNominal(k) {
				break
			}
			joined = joined || w == "," || w == "and" || w == "&" || w == "well" || w == "("
			k--
			continue
		}
		if c.owns(t) { // "Ruritania's President Orla"
			k = c.mentions[t].First - 1
			continue
		}
		if c.isBodyOfHolder(t) { // "President Orla of Ruritania"
			k = c.mentions[t].First - 1
			for k > 0 && c.lower(k) != "of" {
				k--
			}
			k--
			continue
		}
		found := c.standing(t, kinds)
		if found == nil && !c.passes(t, kinds) || !joined && len(out) > 0 && !c.isHolderOf(t, out) {
			break
		}
		out = appendArgs(out, found)
		start = c.mentions[t].First
		joined = false
		k = start - 1
	}
	slices.Reverse(out)
	return out, start
}

// owns tells whether the mention is the body of the office after it, with "'s".
func (c *clause) owns(t int) bool {
	j := c.mentions[t].Last
	if c.lower(j) != "'s" || j+1 >= len(c.tokens) || c.top[j+1] == mention.None {
		return false
	}
	return c.mentions[c.top[j+1]].Is(mention.Office, mention.Person, mention.Organisation)
}

// isBodyOfHolder tells whether the mention is the body in "President Orla of
// Ruritania", which takes no part by itself.
func (c *clause) isBodyOfHolder(t int) bool {
	j := c.mentions[t].First - 1
	for j > 0 && determiners[c.lower(j)] {
		j--
	}
	if j < 1 || c.lower(j) != "of" || c.top[j-1] == mention.None {
		return false
	}
	return c.mentions[c.top[j-1]].Kind == mention.Person || c.mentions[c.top[j-1]].Kind == mention.Organisation
}

// isHolderOf tells whether the mention is the office of the person just read.
func (c *clause) isHolderOf(t int, out []arg) bool {
	return c.mentions[t].Kind == mention.Office
}

// subject is the subject of the verb: before a relative pronoun its antecedent,
// else the last bare list of mentions before the verb, over an earlier verb if
// the two share their subject.
func (c *clause) subject(v verb, kinds []graph.Kind) []arg {
	if v.partic && c.lower(v.start-1) == "and" {
		for i := len(c.verbs) - 1; i >= 0; i-- { // "organised by X and opened by Y"
			if p := c.verbs[i]; p.at < v.start && p.passive && !p.unreal {
				return c.subject(p, kinds)
			}
		}
	}
	if v.partic {
		end := v.start
		if c.lower(end-1) == "," {
			end--
		}
		return c.lastOf(c.nearest(end, kinds))
	}
	if w := c.lower(v.start - 1); w == "which" || w == "who" || w == "that" {
		end := v.start - 1
		for end > 0 && (c.lower(end-1) == "," || prepositions[c.lower(end-1)]) {
			end--
		}
		if out := c.nearest(end, kinds); out != nil {
			if plural[c.lower(v.at)] || plural[c.lower(v.start)] {
				return out
			}
			return c.lastOf(out)
		}
		return nil
	}
	begin, end := c.begins(v.at), v.start
	if begin > 0 && (c.lower(begin-1) == "which" || c.lower(begin-1) == "who" || c.lower(begin-1) == "that" || c.lower(begin-1) == "whose") && c.bare(begin, end, kinds) == nil {
		if c.lower(begin-1) != "whose" && begin >= 2 {
			e := begin - 1
			for e > 0 && c.lower(e-1) == "," {
				e--
			}
			return c.nearest(e, kinds)
		}
	}
	if begin > 1 && relatives[c.lower(begin-1)] && c.lower(end-1) == "," && c.finite(begin, end) { // "X, who chairs Y, met"
		e := begin - 1
		for e > 0 && c.lower(e-1) == "," {
			e--
		}
		return c.bare(c.begins(e), e, kinds)
	}
	if w := c.lower(end - 1); w == "and" || w == "," || w == "then" || w == "or" || v.ing {
		if first, ok := c.firstVerb(begin, end); ok {
			end = first
		}
	}
	out := c.bare(begin, end, kinds)
	if w := c.lower(v.start - 1); out == nil && w == "and" && begin > 0 && c.lower(begin-1) == "that" {
		for _, first := range slices.Backward(c.verbs) { // "X shared the view that …, and discussed"
			if first.at < begin-1 && !first.ing && !first.partic && !first.passive {
				return c.subject(first, kinds)
			}
		}
	}
	return out
}

var relatives = words("who which")

// finite tells whether a finite verb stands between two tokens.
func (c *clause) finite(i, end int) bool {
	for ; i < end; i++ {
		if c.top[i] == mention.None && (c.tokens[i].Tag == text.Finite || c.tokens[i].Tag == text.Auxiliary) {
			return true
		}
	}
	return false
}

// firstVerb is where the group of the first verb between begin and end starts.
func (c *clause) firstVerb(begin, end int) (int, bool) {
	for _, v := range c.verbs {
		if v.start > begin && v.start < end && !v.partic && !v.ing {
			return v.start, true
		}
	}
	return 0, false
}

// nearest is the list of mentions that ends at end, over a bracket or a date.
func (c *clause) nearest(end int, kinds []graph.Kind) []arg {
	out, _ := c.left(end, kinds)
	if out != nil {
		return out
	}
	for k := end - 1; k >= max(0, end-12); k-- {
		if t := c.top[k]; t != mention.None {
			if out := c.standing(t, kinds); out != nil {
				return out
			}
		}
	}
	return nil
}

func (c *clause) lastOf(out []arg) []arg {
	if len(out) > 1 {
		return out[len(out)-1:]
	}
	return out
}

// bare is the last list between begin and end that no preposition governs.
func (c *clause) bare(begin, end int, kinds []graph.Kind) []arg {
	for k := end - 1; k >= begin; k-- {
		t := c.top[k]
		if t == mention.None {
			continue
		}
		m := c.mentions[t]
		if c.lower(m.Last) == "'s" || c.standing(t, kinds) == nil {
			k = min(k, m.First)
			continue
		}
		out, start := c.left(m.Last, kinds)
		if start < begin {
			start = m.First
		}
		if d := c.lower(start - 1); (d == "–" || d == "-") && start > begin+2 { // the tail of a name before the dash
			k = start - 1
			continue
		}
		if p := c.governor(start); !prepositions[p] || c.sent(start) || p == "by" && c.lower(end) == "" {
			return out
		}
		k = min(k, start)
	}
	return nil
}

// sent tells whether "representatives of" or the like stands before start.
func (c *clause) sent(start int) bool {
	for j := start - 1; j > 0 && start-j < 4; j-- {
		if w := c.lower(j); w == "of" || w == "from" {
			return senders[c.lower(j-1)]
		}
	}
	return false
}

// governor is the word that rules the noun phrase at start, over its article and
// adjectives.
func (c *clause) governor(start int) string {
	for j := start - 1; j >= 0 && start-j < 5; j-- {
		w := c.lower(j)
		if c.top[j] != mention.None {
			return ""
		}
		if !determiners[w] && !adjectives[w] {
			return w
		}
	}
	return ""
}

// object is the list of these kinds after the verb: right after it, else the
// first one of its clause.
func (c *clause) object(v verb, kinds []graph.Kind) []arg {
	end := c.ends(v.at)
	for j := v.at + 1; j < end; j++ {
		t := c.top[j]
		if t == mention.None {
			if _, ok := c.verbIn(j); ok {
				return nil
			}
			continue
		}
		if c.standing(t, kinds) != nil {
			return c.right(j, end, kinds)
		}
		j = c.mentions[t].Last - 1
	}
	return nil
}

// directObject is the object if no preposition or dash stands before it.
func (c *clause) directObject(v verb, kinds []graph.Kind) []arg {
	out := c.object(v, kinds)
	if len(out) == 0 {
		return nil
	}
	for j := v.at + 1; j < c.mentions[out[0].mention].First; j++ {
		if w := c.lower(j); prepositions[w] || dashes[w] || w == "," {
			return nil
		}
	}
	return out
}

// verbIn tells whether a finite verb of another predicate stands at j.
func (c *clause) verbIn(j int) (verb, bool) {
	for _, v := range c.verbs {
		if v.at == j && !v.partic && !v.ing {
			return v, true
		}
	}
	return verb{}, false
}

// everyAfter are the lists after all of the prepositions: "with X and, in the
// evening, with Y".
func (c *clause) everyAfter(v verb, kinds []graph.Kind, preps ...string) []arg {
	var out []arg
	end := c.ends(v.at)
	for j := v.at + 1; j < end; j++ {
		if c.top[j] == mention.None && slices.Contains(preps, c.lower(j)) && (out == nil || c.lower(j-1) == "and" || c.lower(j-1) == ",") {
			out = appendArgs(out, c.right(j+1, end, kinds))
		}
	}
	return out
}

// after is the list of these kinds after the given preposition that follows the
// verb within its clause.
func (c *clause) after(v verb, kinds []graph.Kind, preps ...string) []arg {
	end := c.ends(v.at)
	for j := v.at + 1; j < end; j++ {
		if c.top[j] == mention.None && slices.Contains(preps, c.lower(j)) {
			if out := c.right(j+1, end, kinds); out != nil {
				return out
			}
		}
	}
	return nil
}
