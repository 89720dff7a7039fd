package entity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/mention"
)

// Keys gives every entity its key. It comes last, because an agreement's key may
// need the parties and the year that facts tell. The part is that of the document, if it is
// read in several: 0, 1, …; what is local is local to it.
func (s *Set) Keys(document graph.DocumentID, part int) {
	here := string(document)
	if part > 0 {
		here += "." + strconv.Itoa(part)
	}
	taken := map[graph.Key]bool{}
	local := map[string]int{}
	for i := range s.Entities {
		e := &s.Entities[i]
		key, global := s.key(*e)
		k := graph.Key{Kind: e.Kind, Text: key}
		if !global || taken[k] {
			n := local[string(e.Kind)+key]
			local[string(e.Kind)+key]++
			k.Text = "local:" + here + "/" + key + "/" + strconv.Itoa(n)
		}
		taken[k] = true
		e.Key = k
	}
}

const longestKey = 900

// key is the text of an entity's key, and whether it is one across documents.
func (s *Set) key(e Entity) (text string, global bool) {
	if e.ID != "" {
		return e.ID, true
	}
	folded := clip(mention.Fold(e.Name))
	if folded == "" {
		return "unnamed", false
	}
	switch e.Kind {
	case graph.Person:
		return folded, strings.Contains(folded, " ")
	case graph.Organisation:
		return s.organisationKey(e, folded)
	case graph.Event:
		return s.eventKey(e, folded)
	case graph.Agreement:
		return s.agreementKey(e, folded)
	}
	return folded, true
}

// clip cuts a folded name to what a key holds, at a word.
func clip(s string) string {
	if len(s) <= longestKey {
		return s
	}
	if n := strings.LastIndexByte(s[:longestKey], ' '); n > 0 {
		return s[:n]
	}
	return strings.ToValidUTF8(s[:longestKey], "")
}

var genericWords = strings.Fields(`ministry department office commission secretariat general of for the and foreign affairs trade justice interior
	defence defense finance transport environment energy health education agriculture culture tourism industry economy parliament council board
	committee authority agency directorate national government central bank delegation mission embassy assembly senate cabinet police university`)

// organisationKey adds parent or country to a name that many bodies bear.
func (s *Set) organisationKey(e Entity, folded string) (string, bool) {
	for _, w := range strings.Fields(folded) {
		if !slices.Contains(genericWords, w) {
			return folded, true
		}
	}
	if e.Of == None {
		return folded, false
	}
	return folded + "/" + s.folded(e.Of), true
}

func (s *Set) folded(at int) string { return clip(mention.Fold(s.Entities[at].Name)) }

// eventKey adds host or place and the year. Without year it stays in its document.
func (s *Set) eventKey(e Entity, folded string) (string, bool) {
	where := ""
	if e.Of != None {
		where = s.folded(e.Of)
	} else if e.At != None {
		where = s.folded(e.At)
	}
	year := graph.Date(e.Date).Year()
	return strings.Join([]string{folded, where, year}, "/"), !e.Local && year != "" && (where != "" || len(strings.Fields(folded)) > 3)
}

// agreementKey is the proper title, with the parties if the title names none;
// without a proper title kind, parties and year.
func (s *Set) agreementKey(e Entity, folded string) (string, bool) {
	proper := !e.Local && len(strings.Fields(folded)) > 2 && folded != "memorandum of understanding"
	named := e.Parties
	if len(named) == 0 && !proper { // who signed a treaty of that title differs from text to text
		named = e.Signers
	}
	var parties []string
	for _, p := range named {
		for s.Entities[p].Kind == graph.Organisation && s.Entities[p].Of != None && s.Entities[s.Entities[p].Of].Kind == graph.Organisation && s.Entities[p].ID == "" {
			p = s.Entities[p].Of // organs count as their body
			if len(parties) > 64 {
				break
			}
		}
		parties = append(parties, cmp.Or(strings.ReplaceAll(s.Entities[p].ID, ":", " "), s.folded(p)))
	}
	slices.Sort(parties)
	parties = slices.Compact(parties)
	if proper {
		if e.Of == None && len(e.Subject.Parties) == 0 && len(parties) > 1 && len(parties) <= 4 {
			return clip(folded + "/" + strings.Join(parties, "+")), true
		}
		return folded, true
	}
	year := graph.Date(e.Date).Year()
	kind := string(graph.AgreementKindOf(e.Head))
	return clip(kind + "/" + strings.Join(parties, "+") + "/" + year), len(parties) > 1 && year != ""
}
