package fact

import (
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
)

// present reads "Also present were X and Y", "Participants included X and Y" of the
// event spoken of before.
func (c *clause) present() {
	for i := 0; i < min(6, len(c.tokens)); i++ {
		w := c.lower(i)
		if (w != "was" && w != "were" && w != "included") || i == 0 || c.top[i] != mention.None {
			continue
		}
		if p := c.lower(i - 1); p != "participants" && p != "attendees" && (w == "included" || p != "present" && p != "part" && p != "attending" && p != "attended") {
			return
		}
		v := verb{at: i, start: i}
		var who []arg
		for j := i + 1; j < len(c.tokens); j++ {
			if t := c.top[j]; t != mention.None {
				if !c.isBodyOfHolder(t) {
					who = appendArgs(who, c.standing(t, actors))
				}
				j = c.mentions[t].Last - 1
			}
		}
		c.each(graph.ParticipatedIn, c.withoutBodies(who), c.eventBefore(), v, "present", nil)
		return
	}
}

// bring reads "the Forum brought together delegations from X and Y".
func (c *clause) bring(v verb) {
	if c.lower(v.at+1) != "together" {
		return
	}
	what := c.subject(v, events)
	c.each(graph.ParticipatedIn, c.object(v, actors), what, v, "brought together", nil)
}
