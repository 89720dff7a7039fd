package graph

import (
	"cmp"
	"hash/fnv"
	"slices"
	"sort"
	"strings"
)

// names are the names of an [Atlas], as a search looks for them: bound ones by
// folded text and id, with an index of their words and of the spellings one
// deletion away from these (see [Variants]), and those that came later, which are looked
// at one by one.
type names struct {
	all   []nameLine
	bound int
	words []string
	first []uint32            // where the names of each word begin in at
	at    []uint32            // names, by word
	near  []uint64            // hash of a variant, then the word that has it
	by    []uint32            // bound names, by entity
	later map[uint32][]uint32 // the others, by entity
}

type nameLine struct {
	entity uint32
	class  uint8
	gone   bool
	text   string
	sort   string // folded
}

// compare is the order in which candidates are cut off.
func (n *nameLine) compare(o *nameLine, entities []place) int {
	if order := cmp.Compare(n.sort, o.sort); order != 0 {
		return order
	}
	return cmp.Compare(n.id(entities), o.id(entities))
}

func (n *nameLine) id(entities []place) string {
	return Name{Entity: entities[n.entity].id, Class: NameClass(n.class), Text: n.text}.ID()
}

// bindNames puts names in order and makes their index.
func bindNames(all []nameLine, entities []place) names {
	all = slices.DeleteFunc(all, func(n nameLine) bool { return n.gone })
	slices.SortFunc(all, func(x, y nameLine) int { return x.compare(&y, entities) })
	n := names{all: all, bound: len(all), later: map[uint32][]uint32{}, by: make([]uint32, len(all))}
	of := map[string][]uint32{}
	for i := range all {
		n.by[i] = uint32(i)
		for _, w := range termsOf(all[i].sort) {
			if list := of[w]; len(list) == 0 || list[len(list)-1] != uint32(i) {
				of[w] = append(list, uint32(i))
			}
		}
	}
	slices.SortFunc(n.by, func(x, y uint32) int { return cmp.Or(cmp.Compare(all[x].entity, all[y].entity), cmp.Compare(x, y)) })
	n.words = make([]string, 0, len(of))
	for w := range of {
		n.words = append(n.words, w)
	}
	slices.Sort(n.words)
	for i, w := range n.words {
		n.first, n.at = append(n.first, uint32(len(n.at))), append(n.at, of[w]...)
		for _, v := range Variants(w) {
			n.near = append(n.near, nearKey(v)|uint64(i))
		}
	}
	n.first = append(n.first, uint32(len(n.at)))
	slices.Sort(n.near)
	return n
}

// nearKey is the hash of a variant in the upper half.
func nearKey(variant string) uint64 {
	h := fnv.New32a()
	h.Write([]byte(variant))
	return uint64(h.Sum32()) << 32
}

// ofEntity are the names of an entity.
func (n *names) ofEntity(entity uint32) []uint32 {
	from := sort.Search(len(n.by), func(i int) bool { return n.all[n.by[i]].entity >= entity })
	to := from
	for to < len(n.by) && n.all[n.by[to]].entity == entity {
		to++
	}
	return slices.Concat(n.by[from:to], n.later[entity])
}

// replace gives an entity these names.
func (n *names) replace(entity uint32, these []nameLine) {
	held := n.ofEntity(entity)
	same := func(i uint32, x nameLine) bool { return n.all[i].text == x.text && n.all[i].class == x.class }
	for _, i := range held {
		n.all[i].gone = !slices.ContainsFunc(these, func(x nameLine) bool { return same(i, x) })
	}
	for _, x := range these {
		if !slices.ContainsFunc(held, func(i uint32) bool { return same(i, x) }) {
			n.later[entity] = append(n.later[entity], uint32(len(n.all)))
			n.all = append(n.all, x)
		}
	}
}

// candidates gives the names that may match, as both stores' indexes find them: they
// have every word, as it stands, the last one also as a beginning, or a word that
// shares a variant with it. They come by folded text and id.
func (n *names) candidates(words Terms, entities []place, yield func(*nameLine) bool) {
	var found bits
	for i, w := range words {
		set := n.having(w, i == len(words)-1)
		if found == nil {
			found = set
		}
		for j := range found {
			found[j] &= set[j]
		}
	}
	var late []*nameLine
	tests := make([]func(string) bool, len(words))
	for i, w := range words {
		tests[i] = wordTest(w, i == len(words)-1)
	}
	for i := n.bound; i < len(n.all); i++ {
		terms := termsOf(n.all[i].sort)
		if !slices.ContainsFunc(tests, func(test func(string) bool) bool { return !slices.ContainsFunc(terms, test) }) {
			late = append(late, &n.all[i])
		}
	}
	slices.SortFunc(late, func(x, y *nameLine) int { return x.compare(y, entities) })
	for i := range found.each {
		for len(late) > 0 && late[0].compare(&n.all[i], entities) < 0 {
			if !yield(late[0]) {
				return
			}
			late = late[1:]
		}
		if !yield(&n.all[i]) {
			return
		}
	}
	for _, x := range late {
		if !yield(x) {
			return
		}
	}
}

// having are the bound names that have a word.
func (n *names) having(w string, last bool) bits {
	set := newBits(n.bound)
	add := func(word int) {
		for _, i := range n.at[n.first[word]:n.first[word+1]] {
			set.add(i)
		}
	}
	at, exact := slices.BinarySearch(n.words, w)
	if exact {
		add(at)
	}
	for ; last && at < len(n.words) && strings.HasPrefix(n.words[at], w); at++ {
		add(at)
	}
	if variants := Variants(w); len(variants) > 1 {
		for _, v := range variants {
			key := nearKey(v)
			i, _ := slices.BinarySearch(n.near, key)
			for ; i < len(n.near) && n.near[i]>>32 == key>>32; i++ {
				if word := int(uint32(n.near[i])); slices.Contains(Variants(n.words[word]), v) {
					add(word)
				}
			}
		}
	}
	return set
}

// wordTest tells whether a word of a name is one that having finds.
func wordTest(w string, last bool) func(string) bool {
	variants := Variants(w)
	return func(is string) bool {
		switch {
		case is == w || last && strings.HasPrefix(is, w):
			return true
		case len(variants) == 1 || len(is) > len(w)+4 || len(w) > len(is)+4: // a rune has four bytes at most
			return false
		}
		return slices.ContainsFunc(Variants(is), func(v string) bool { return slices.Contains(variants, v) })
	}
}

// each gives the members in order.
func (b bits) each(yield func(uint32) bool) {
	for i, word := range b {
		for n := uint32(i * 64); word != 0; word, n = word>>1, n+1 {
			if word&1 != 0 && !yield(n) {
				return
			}
		}
	}
}

// matchNames ranks at most MaxCandidates names.
func (p *pages) matchNames(words Terms, kinds []Kind, limit int) (hits []EntityHit, truncated bool) {
	of := kindSet(kinds)
	r := newRanking(words)
	seen := 0
	p.names.candidates(words, p.entities, func(n *nameLine) bool {
		e := &p.entities[n.entity]
		if n.gone || e.documents == 0 || of>>p.kinds[n.entity]&1 == 0 {
			return true
		}
		if seen++; seen > MaxCandidates {
			truncated = true
			return false
		}
		r.add(termsOf(n.sort), n.text, e.record)
		return true
	})
	return r.hits(limit), truncated
}
