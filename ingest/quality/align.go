package quality

import (
	"cmp"
	"slices"
	"strings"
)

const topic = "Topic"

// align says which annotated entity each extracted one stands for, by id and key.
func align(gold Annotated, pred Extracted) map[string]string {
	type pair struct {
		score float64
		i, j  int
	}
	forms, owners := make([]set, len(gold.Entities)), map[string]int{}
	for j, g := range gold.Entities {
		forms[j] = folded(g.forms())
		for f := range forms[j] {
			owners[f]++
		}
	}
	var pairs []pair
	for i, p := range pred.Entities {
		said := folded(p.forms())
		for j, g := range gold.Entities {
			if score := likeness(p, g, said, forms[j], owners); score > 0 {
				pairs = append(pairs, pair{score, i, j})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	stands, used := map[string]string{}, set{}
	for _, p := range pairs {
		id, key := pred.Entities[p.i].ID, gold.Entities[p.j].Key
		if _, taken := stands[id]; !taken && !used[key] {
			stands[id], used[key] = key, true
		}
	}
	return stands
}

// likeness is what two entities share: a form that several annotated ones bear
// counts in parts, the name more, the kind a little. Persons may share the last word alone.
func likeness(p ExtractedEntity, g AnnotatedEntity, said, forms set, owners map[string]int) float64 {
	if (p.Kind == topic) != (g.Kind == topic) {
		return 0
	}
	if p.Kind == topic {
		return alike(p.forms(), g.forms())
	}
	var parts []float64
	for f := range said {
		if forms[f] {
			parts = append(parts, 1/float64(owners[f]))
		}
	}
	slices.Sort(parts) // a sum that does not hang on the order of a map
	score, name := 0.0, fold(p.Name)
	for _, part := range parts {
		score += part
	}
	if name == fold(g.Name) {
		score += 2
	}
	if said[name] && forms[name] {
		score++
	}
	if score == 0 && p.Kind == "Person" && g.Kind == "Person" && lastWord(name) == lastWord(fold(g.Name)) {
		score = 0.4
	}
	if score > 0 && p.Kind == g.Kind {
		score += 0.5
	}
	return score
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }
