package fact

import (
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

// bound reads "X and Y are bound by the Convention", "the Convention binds X and Y".
func (c *clause) bound(v verb) {
	if !v.passive {
		c.each(graph.PartyTo, c.object(v, bodies), c.lastOf(c.subject(v, papers)), v, "bound", graph.Qualifiers{graph.WithStatus: graph.Party})
		return
	}
	if c.lower(v.at+1) == "by" {
		c.each(graph.PartyTo, c.subject(v, bodies), c.after(v, papers, "by"), v, "bound", graph.Qualifiers{graph.WithStatus: graph.Party})
	}
}

// bear reads "the Agreement bears the signatures of X and Y".
func (c *clause) bear(v verb) {
	for j := v.at + 1; j < min(v.at+4, len(c.tokens)); j++ {
		if w := c.lower(j); w == "signature" || w == "signatures" {
			c.each(graph.Signed, c.after(v, actors, "of"), c.lastOf(c.subject(v, papers)), v, "signatures", nil)
			return
		}
	}
}

// doneAt reads "the Agreement between X and Y, done at Z on …": its parties signed
// it there.
func (c *clause) doneAt(v verb) {
	if c.lower(v.at) != "done" || !v.partic {
		return
	}
	for _, a := range c.subject(v, papers) {
		if parties := c.partyArgs(a); len(parties) > 1 {
			c.each(graph.Signed, parties, []arg{a}, v, "done", nil)
		}
	}
}

// superseded reads "the Memorandum is hereby superseded" in a treaty: by the
// treaty itself.
func (c *clause) superseded(v verb) {
	hereby := false
	for j := v.start; j < min(v.at+8, len(c.tokens)); j++ {
		hereby = hereby || c.lower(j) == "hereby" || c.lower(j) == "present"
	}
	if paper := c.treaty(); hereby && v.passive && paper.entity != entity.None {
		c.each(graph.Succeeded, []arg{paper}, c.subject(verb{at: v.at, start: v.start}, papers), v, "superseded", nil)
	}
}

// legislative are the words by which bodies that approve treaties for a state are
// called.
var legislative = words("parliament assembly congress senate cabinet khural duma diet knesset majlis legislature chamber house seimas saeima riigikogu rada")

// isLegislative tells whether the entity is a body that approves treaties.
func (c *clause) isLegislative(at int) bool {
	e := c.set.Entities[at]
	if e.Kind != graph.Organisation {
		return false
	}
	for _, w := range strings.Fields(mention.Fold(e.Name)) {
		if legislative[w] {
			return true
		}
	}
	return false
}

// signedBetween states that the parties which an agreement's title names signed it
// where their officers are said to have done so.
func (r *reader) signedBetween() {
	signed := map[int]int{} // by agreement: the fact that tells of it
	for i, f := range r.facts {
		if _, known := signed[f.Object]; !known && f.Predicate == graph.Signed {
			signed[f.Object] = i
		}
	}
	for at := range r.set.Entities {
		e := r.set.Entities[at]
		i, ok := signed[at]
		if !ok || e.Kind != graph.Agreement || len(e.Parties) < 2 || len(e.Parties) > 4 {
			continue
		}
		for _, p := range e.Parties {
			f := r.facts[i]
			f.Subject, f.Qualifiers, f.Confidence, f.Extractor = p, cloneQualifiers(f.Qualifiers), 700, "pattern/parties signed"
			r.state(f)
		}
	}
}

func cloneQualifiers(q graph.Qualifiers) graph.Qualifiers {
	out := graph.Qualifiers{}
	for k, v := range q {
		out[k] = v
	}
	return out
}

// enter reads "the Convention entered into force for X": X is a party.
func (c *clause) enter(v verb) {
	if c.lower(v.at+1) != "into" {
		return
	}
	if c.lower(v.at+2) != "force" && !v.passive { // "X entered into the Convention with Y"
		c.each(graph.PartyTo, appendArgs(c.subject(v, bodies), c.after(v, bodies, "with")), c.object(v, papers), v, "concluded", graph.Qualifiers{graph.WithStatus: graph.Party})
		return
	}
	for j := v.at + 3; j < min(v.at+5, len(c.tokens)); j++ {
		if c.lower(j) == "for" {
			c.each(graph.PartyTo, c.right(j+1, c.ends(v.at), bodies), c.lastOf(c.subject(v, papers)), v, "in force", graph.Qualifiers{graph.WithStatus: graph.Party})
			return
		}
	}
}
