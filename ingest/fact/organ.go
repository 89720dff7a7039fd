package fact

import (
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// organ reads "X, an organ of Y", "X, the Y's agency", "X and Y are agencies of Z".
func (c *clause) organ(v verb) {
	begin := v.at
	its := false
	for begin > 0 && c.top[begin-1] == mention.None && c.lower(begin-1) != "," && !passiveAux[c.lower(begin-1)] && v.at-begin < 6 {
		begin--
		its = its || c.lower(begin) == "its"
	}
	var parents []arg
	if c.lower(v.at+1) == "of" {
		parents = c.right(v.at+2, len(c.tokens), organisations)
	} else if begin > 0 && c.top[begin-1] != mention.None && c.lower(begin) == "'s" {
		parents = c.standing(c.top[begin-1], organisations)
		begin = c.mentions[c.top[begin-1]].First
		for begin > 0 && determiners[c.lower(begin-1)] {
			begin--
		}
	}
	if len(parents) == 0 && its {
		parents = c.bodyBefore(begin)
	}
	if len(parents) == 0 {
		return
	}
	if c.lower(begin-1) == "of" && c.lower(begin-2) == "one" {
		begin -= 2
	}
	var parts []arg
	switch w := c.lower(begin - 1); {
	case w == ",":
		parts = c.lastOf(c.nearest(begin-1, organisations))
	case passiveAux[w]:
		parts = c.subject(verb{at: v.at, start: begin - 1}, organisations)
	}
	c.each(graph.PartOf, parts, parents[:1], v, "organ", nil)
}

// bodyBefore is what "its" in an apposition or a predicate means: the organisation
// named last before the sentence.
func (c *clause) bodyBefore(i int) []arg {
	if at := c.set.Latest(graph.Organisation, c.from); c.from < len(c.mentions) && at != entity.None {
		return []arg{{entity: at, mention: mention.None}}
	}
	return nil
}

// innerBodies are the bodies that others have inside them, by their head nouns.
var innerBodies = words(`secretariat bureau office centre center commission council committee department division agency institute unit directorate mission
	branch board programme fund delegation court assembly academy section service facility observatory subcommittee sub-committee taskforce`)

// inner reads "INTERPOL's Regional Bureau", "the Food Programme of the United
// Nations", "its Technical Secretariat".
func (c *clause) inner(i int) {
	m := c.mentions[c.top[i]]
	if m.First != i || m.Kind != mention.Organisation || m.Of != mention.None || !innerBodies[headOf(m.Name)] {
		return
	}
	part := c.standing(c.top[i], organisations)
	v := verb{at: i, start: i}
	if c.lower(i-1) == "'s" && i > 1 && c.top[i-2] != mention.None {
		c.each(graph.PartOf, part, c.standing(c.top[i-2], organisations), v, "organ", nil)
		return
	}
	if w := c.lower(i - 1); w == "its" || w == "whose" {
		whole := c.lastOf(c.nearest(i-1, organisations))
		if w == "its" {
			whole = c.firstBody(i - 1)
		}
		c.each(graph.PartOf, part, whole, v, "organ", nil)
		return
	}
	j := c.nameEnd(c.top[i])
	for c.lower(j) == ")" || c.lower(j) == "(" {
		j = c.skipDefined(j)
	}
	if c.lower(j) == "of" {
		k := j + 1
		if c.lower(k) == "the" {
			k++
		}
		if k < len(c.tokens) && c.top[k] != mention.None && c.mentions[c.top[k]].First == k {
			c.each(graph.PartOf, part, c.standing(c.top[k], organisations), v, "organ", nil)
		}
	}
}

// skipDefined is the token after a bracket and the mention that it restates.
func (c *clause) skipDefined(j int) int {
	j++
	if j < len(c.tokens) && c.top[j] != mention.None && c.mentions[c.top[j]].Defines != mention.None {
		j = c.mentions[c.top[j]].Last
	}
	return j
}

// organs states PART_OF where a name holds the name of its parent.
func (r *reader) organs() {
	for i, m := range r.mentions {
		if m.Kind != mention.Organisation || m.Defines != mention.None {
			continue
		}
		at := r.set.One(i)
		if at == entity.None {
			continue
		}
		parent := r.set.One(m.Of)
		if entry, ok := r.set.Listed(at); ok && parent == entity.None && entry.Parent != "" {
			parent = r.parentNamed(m, entry.Parent)
		}
		if parent == entity.None || r.set.Entities[parent].Kind != graph.Organisation {
			continue
		}
		c := &clause{reader: r, n: m.Sentence, tokens: r.sentences[m.Sentence].Tokens}
		r.state(Fact{Predicate: graph.PartOf, Subject: at, Object: parent, Qualifiers: graph.Qualifiers{}, Place: entity.None, Confidence: 850, Extractor: "pattern/name",
			Spans: c.whole(), SubjectAt: graph.Span(m.Span), ObjectAt: graph.Span(m.Span)})
	}
}

// whole is the clause's sentence as evidence.
func (c *clause) whole() []graph.EvidenceSpan {
	return []graph.EvidenceSpan{{Span: graph.Span(c.sentences[c.n].Span), Role: graph.StatesFact}}
}

// parentNamed is the parent that the gazetteer gives, if the name holds the
// parent's name or acronym.
func (r *reader) parentNamed(m mention.Mention, parent string) int {
	entry, ok := r.set.Entry(parent)
	if !ok {
		return entity.None
	}
	name := " " + mention.Fold(m.Name) + " "
	for steps := 0; ok && steps < 4; steps++ { // the nearest whose name it holds
		for _, form := range append([]string{entry.Name, entry.Acronym}, entry.Names...) {
			if f := mention.Fold(form); f != "" && strings.Contains(name, " "+f+" ") {
				return r.set.FromGazetteer(entry.ID, m)
			}
		}
		entry, ok = r.set.Entry(entry.Parent)
	}
	return entity.None
}
