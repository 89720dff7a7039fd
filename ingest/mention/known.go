package mention

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// memory is what the first pass saw.
type memory struct {
	names map[string][]knownName // by their first word
	heads map[string]bool        // vague heads that an agreement's title has: "the framework" is that one
}

func newMemory() memory { return memory{names: map[string][]knownName{}, heads: map[string]bool{}} }

type knownName struct {
	words []string
	kind  Kind
	form  Form
	upper bool   // an acronym: only so
	id    string // the gazetteer's key of what the document calls so
}

// learn takes the names of a first pass.
func (k memory) learn(mentions []Mention) {
	for _, m := range mentions {
		if m.Kind == Agreement && m.Form != Definite && m.Form != Indefinite && vagueHeads[m.Head] {
			k.heads[m.Head] = true
		}
		if m.Kind == Event && m.Form == Named {
			k.heads[m.Head], k.heads["event"] = true, true
		}
		if m.Defines != None && m.ID != "" {
			k.put(m.Name, m.Kind, m.Form, m.ID)
		}
		if m.ID != "" || m.Form == Definite || m.Form == Indefinite || m.Form == Adjective {
			continue
		}
		switch m.Kind {
		case Person:
			k.learnPerson(m)
		case Organisation, Agreement:
			if m.Defines != None {
				k.put(m.Name, m.Kind, m.Form, "")
			} else if !strings.Contains(m.Name, " ") && m.Kind == Organisation { // an acronym that has acted
				k.put(m.Name, m.Kind, m.Form, "")
			} else if short := Initials(m.Name); short != "" {
				k.put(short, m.Kind, Short, "")
			}
		case Event, Place:
			// What its head noun shows is read again, with its parts.
			if m.Defines != None || m.Kind == Place {
				k.put(m.Name, m.Kind, m.Form, "")
			}
		}
	}
	for first, names := range k.names {
		slices.SortStableFunc(names, func(a, b knownName) int { return len(b.words) - len(a.words) })
		k.names[first] = names
	}
}

// Initials is the acronym that a name of three capitalised words and more would
// have, else "".
func Initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(name) {
		if w[0] >= 'A' && w[0] <= 'Z' && !functionWords[strings.ToLower(w)] {
			b.WriteByte(w[0])
		}
	}
	if b.Len() < 3 || b.Len() > 8 {
		return ""
	}
	return b.String()
}

// learnPerson takes a full name, and its surname alone.
func (k memory) learnPerson(m Mention) {
	k.put(m.Name, Person, m.Form, "")
	words := strings.Fields(m.Name)
	for len(words) > 1 && honorifics[strings.ToLower(words[0])] {
		words = words[1:]
	}
	for n := len(words) - 1; n > 0; n-- {
		last := strings.Trim(words[n], ",.")
		if suffixes[strings.ToLower(last)] || len(last) < 2 {
			continue
		}
		k.put(last, Person, Short, "")
		if n > 1 && particles[strings.ToLower(words[n-1])] {
			k.put(strings.Join(words[n-1:], " "), Person, Short, "")
		}
		return
	}
}

var suffixes = words("jr sr kc qc mp ii iii iv phd")

func (k memory) put(name string, kind Kind, form Form, id string) {
	tokens := text.Tokens(name)
	if len(tokens) == 0 || len(tokens) > 12 {
		return
	}
	n := knownName{kind: kind, form: form, id: id, upper: len(tokens) == 1 && tokens[0].Shape == text.Upper}
	for _, t := range tokens {
		n.words = append(n.words, t.Lower)
	}
	if len(tokens) == 1 && (functionWords[n.words[0]] || officeHeads[n.words[0]] || titleWords[n.words[0]] || organisationHeads[n.words[0]]) {
		return
	}
	first := n.words[0]
	if !slices.ContainsFunc(k.names[first], func(o knownName) bool { return slices.Equal(o.words, n.words) }) && len(k.names[first]) < 64 {
		k.names[first] = append(k.names[first], n)
	}
}

// match finds the longest known name at i; nothing begins past the end.
func (k memory) match(tokens []text.Token, i int) (n knownName, end int, ok bool) {
	if i >= len(tokens) {
		return n, i, false
	}
	for _, n := range k.names[tokens[i].Lower] {
		end := i + len(n.words)
		if end > len(tokens) || !tokens[i].Named() && !(len(n.words) > 1 && particles[n.words[0]]) || n.upper && tokens[i].Shape != text.Upper {
			continue
		}
		same := true
		for j, w := range n.words {
			same = same && tokens[i+j].Lower == w
		}
		if same {
			return n, end, true
		}
	}
	return knownName{}, i, false
}
