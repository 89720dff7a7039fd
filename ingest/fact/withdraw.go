package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
)

var leavable = []graph.Kind{graph.Organisation, graph.Agreement}

// leaving are the words after which what is left stands; a verb that is not here
// takes it as its object.
var leaving = map[string][]string{"withdraw": {"from"}, "walk": {"of"}, "pull": {"of", "from"}, "depart": {"from"}, "exit": {"from"}}

// withdraw reads "X withdrew from Y", "X left Y", "Y was denounced by X", and "X
// withdrew in 1976" of what was spoken of before.
func (c *clause) withdraw(v verb) {
	agents := c.subject(v, bodies)
	var what []arg
	switch preps := leaving[v.lemma]; {
	case v.passive:
		agents, what = c.after(v, bodies, "by"), c.subject(v, leavable)
	case preps == nil:
		if what = c.object(v, leavable); what == nil {
			what = c.leftIt(v)
		}
	case (v.lemma == "walk" || v.lemma == "pull") && c.lower(v.at+1) != "out":
		return
	default:
		if what = c.after(v, leavable, preps...); what == nil && v.lemma == "exit" {
			what = c.object(v, leavable)
		}
	}
	if what == nil && v.lemma == "withdraw" && !v.passive {
		what = c.leftUnnamed(v, agents)
	}
	if len(agents) == 1 && c.lower(v.at) == v.lemma && v.lemma != "quit" && v.start == v.at {
		return // "a proposal that X leave Y"
	}
	c.each(graph.WithdrewFrom, agents, what[:min(1, len(what))], v, "withdrew", nil)
}

// leftIt is what "it" after the verb means: one denounces an agreement and leaves a
// body.
func (c *clause) leftIt(v verb) []arg {
	if c.lower(v.at+1) != "it" {
		return nil
	}
	if v.lemma == "leave" || v.lemma == "quit" {
		return c.object(v, organisations)
	}
	return c.object(v, papers)
}

// leftUnnamed is the organisation that "withdrew" without "from" means: the one
// spoken of last, where nothing but a date follows the verb.
func (c *clause) leftUnnamed(v verb, agents []arg) []arg {
	next := v.at + 1
	if w := c.lower(next); w == "in" || w == "on" {
		next++
		if next >= len(c.tokens) || c.top[next] == mention.None || c.mentions[c.top[next]].Kind != mention.Date {
			return nil
		}
	} else if w != "." && w != "," {
		return nil
	}
	if len(agents) == 0 {
		return nil
	}
	at := c.set.Latest(graph.Organisation, c.firstAfter(v.at))
	if at == entity.None {
		return nil
	}
	return []arg{{entity: at, mention: mention.None, span: agents[0].span}}
}

// withdrawal reads "X's withdrawal from Y", "the withdrawal of X from Y".
func (c *clause) withdrawal(v verb) {
	if c.planned(v.at) {
		return
	}
	who := c.owner(v.at)
	if c.lower(v.at+1) == "of" {
		who = c.right(v.at+2, len(c.tokens), bodies)
	}
	c.each(graph.WithdrewFrom, who, c.after(v, leavable, "from"), v, "withdrawal", nil)
}
