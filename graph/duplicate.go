package graph

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
)

// Duplicate is a proposal: two entities of a kind that may be one. Nothing is
// merged by it; a person decides, with SAME or DISTINCT.
type Duplicate struct {
	Entity Entity          `json:"entity"` // the better known one
	Other  Entity          `json:"other"`
	Reason DuplicateReason `json:"reason"`
	Name   string          `json:"name"`      // of Entity
	Like   string          `json:"otherName"` // the name of Other that is like it
}

// DuplicateReason says in what two names are alike, the strongest first.
type DuplicateReason string

// The reasons.
const (
	SameName        DuplicateReason = "SAME_NAME"       // to the letter, under two keys
	Diacritics      DuplicateReason = "DIACRITICS"      // but for marks, case and punctuation: Núñez, Nunez
	WordOrder       DuplicateReason = "WORD_ORDER"      // Jong Un Kim, Kim Jong Un
	Transliteration DuplicateReason = "TRANSLITERATION" // written as another alphabet allows: Sergey, Sergei
)

// DuplicateReasons are all of them, the strongest first.
var DuplicateReasons = []DuplicateReason{SameName, Diacritics, WordOrder, Transliteration}

// Duplicates proposes, the strongest reason first, then by name; of these kinds or
// all. Pairs that a decision calls DISTINCT are left out.
//
// It reads all mentioned entities with their names, page by page, and keeps one
// line for each name: 100 bytes or so.
func Duplicates(ctx context.Context, store Reader, kinds []Kind, w Window) (Page[Duplicate], error) {
	decisions, err := store.ListDecisions(ctx)
	if err != nil {
		return Page[Duplicate]{}, err
	}
	s := suspects{alike: map[likeness][]namesake{}, distinct: distinctPairs(decisions)}
	if err := s.read(ctx, store, kinds); err != nil {
		return Page[Duplicate]{}, err
	}
	var all []Placed[Duplicate]
	for _, d := range s.pairs() {
		all = append(all, Placed[Duplicate]{d, d.position()})
	}
	page := Pick(all, w, Order{}, false)
	return page, fillDuplicates(ctx, store, page.Items)
}

// position is the pair's place among all proposals.
func (d Duplicate) position() Position {
	return Position{Sort: strconv.Itoa(slices.Index(DuplicateReasons, d.Reason)) + d.Entity.Sort, ID: string(d.Entity.ID) + string(d.Other.ID)}
}

// likeness is what alike names share.
type likeness struct {
	kind Kind
	form string // folded words in order of the alphabet, or their skeletons
}

// namesake is an entity by one of its names.
type namesake struct {
	id        EntityID
	generic   bool // named as others are: two such are not even alike
	vouched   bool
	documents int
	sort      string
	name      string
}

type suspects struct {
	alike    map[likeness][]namesake
	distinct map[[2]EntityID]bool
}

func distinctPairs(decisions []Decision) map[[2]EntityID]bool {
	r, pairs := Resolve(decisions), map[[2]EntityID]bool{}
	for _, d := range decisions {
		if d = d.standing(); d.Kind == Distinct {
			a, b := r.Key("", d.Key).ID(), r.Key("", d.Other).ID()
			pairs[[2]EntityID{a, b}], pairs[[2]EntityID{b, a}] = true, true
		}
	}
	return pairs
}

func (s *suspects) read(ctx context.Context, store Reader, kinds []Kind) error {
	window := Window{Limit: 500}
	for {
		pages, err := store.ListEntities(ctx, EntityQuery{Where: EntityFilter{Kinds: kinds}, Window: window})
		if err != nil {
			return err
		}
		page := pages[0]
		ids := make([]EntityID, len(page.Items))
		for i, e := range page.Items {
			ids[i] = e.ID
		}
		names, err := store.ListNames(ctx, NameQuery{Entities: ids, Window: Window{Limit: 50}})
		if err != nil {
			return err
		}
		for i, e := range page.Items {
			for _, n := range names[i].Items {
				s.add(e, n)
			}
		}
		if !page.HasNext {
			return nil
		}
		window.After = page.At[len(page.At)-1]
	}
}

// add notes a name that identifies: a person's of two words at least; no acronym,
// which many bodies share, and no description.
func (s *suspects) add(e Entity, n Name) {
	words := strings.Fields(Fold(n.Text))
	if n.Class == AcronymName || n.Class == Description || len(words) == 0 || e.Key.Kind == Person && len(words) < 2 || len(words) == 1 && len(words[0]) < 5 {
		return
	}
	k := namesake{e.ID, e.Key.Generic(), e.Key.FromGazetteer(), e.Documents, e.Sort, n.Text}
	plain, heard := slices.Sorted(slices.Values(words)), make([]string, len(words))
	for i, w := range words {
		heard[i] = skeleton(w)
	}
	slices.Sort(heard)
	forms := []string{strings.Join(plain, " "), "/" + strings.Join(heard, " ")}
	for _, form := range forms {
		at := likeness{e.Key.Kind, form}
		s.alike[at] = append(s.alike[at], k)
	}
}

// pairs sets each entity against the best known one that it is like, and so
// proposes as many pairs as there are names and not as many as there are pairs.
func (s *suspects) pairs() []Duplicate {
	best := map[[2]EntityID]Duplicate{}
	for _, group := range s.alike {
		slices.SortFunc(group, func(a, b namesake) int {
			return cmp.Or(compareBool(b.vouched, a.vouched), cmp.Compare(b.documents, a.documents), cmp.Compare(a.id, b.id), cmp.Compare(a.name, b.name))
		})
		var named []namesake // those before that are not generic, so that thousands of generic ones are not set against each other
		for i, other := range group {
			before := group[:i]
			if other.generic {
				before = named
			} else {
				named = append(named, other)
			}
			for _, k := range before {
				pair := [2]EntityID{k.id, other.id}
				if k.id == other.id || s.distinct[pair] || k.vouched && other.vouched { // the vocabulary knows two of its own apart
					continue
				}
				d := Duplicate{Entity: Entity{ID: k.id, Sort: k.sort}, Other: Entity{ID: other.id, Sort: other.sort}, Reason: reason(k.name, other.name), Name: k.name, Like: other.name}
				if held, again := best[pair]; !again || compareDuplicates(d, held) < 0 {
					best[pair] = d
				}
				break
			}
		}
	}
	found := make([]Duplicate, 0, len(best))
	for _, d := range best {
		found = append(found, d)
	}
	slices.SortFunc(found, compareDuplicates)
	return found
}

func compareDuplicates(a, b Duplicate) int {
	return cmp.Or(cmp.Compare(slices.Index(DuplicateReasons, a.Reason), slices.Index(DuplicateReasons, b.Reason)), cmp.Compare(a.Entity.Sort, b.Entity.Sort),
		cmp.Compare(a.Entity.ID, b.Entity.ID), cmp.Compare(a.Other.ID, b.Other.ID), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Like, b.Like))
}

func reason(a, b string) DuplicateReason {
	x, y := Fold(a), Fold(b)
	switch {
	case a == b:
		return SameName
	case x == y:
		return Diacritics
	case slices.Equal(slices.Sorted(strings.FieldsSeq(x)), slices.Sorted(strings.FieldsSeq(y))):
		return WordOrder
	}
	return Transliteration
}

// fillDuplicates reads the records of the pairs.
func fillDuplicates(ctx context.Context, store Reader, pairs []Duplicate) error {
	var ids []EntityID
	for _, d := range pairs {
		ids = append(ids, d.Entity.ID, d.Other.ID)
	}
	records, err := store.Entities(ctx, ids)
	for i, d := range pairs {
		pairs[i].Entity, pairs[i].Other = records[d.Entity.ID], records[d.Other.ID]
	}
	return err
}

// romanised are the ways in which one sound of another alphabet is written in
// Latin letters, with what a skeleton has in their place; applied in this order.
var romanised = strings.NewReplacer(
	"ø", "o", "œ", "e", "æ", "e", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i",
	"shch", "s", "sch", "s", "tch", "c", "sh", "s", "zh", "z", "kh", "h", "gh", "g", "dh", "d", "th", "t", "ch", "c", "ph", "f",
	"tz", "c", "ts", "c", "dj", "j", "dz", "z", "gu", "g", "ou", "u", "oo", "u", "ee", "i", "ks", "x", "ck", "k", "q", "k", "w", "v", "y", "i", "j", "i",
)

// skeleton is a folded word as it may be heard: two romanisations of one word
// share it. In words of five letters and more the vowels inside are left out,
// since short ones are not written in Arabic and Persian.
func skeleton(word string) string {
	letters := []rune(romanised.Replace(word))
	var b strings.Builder
	last := rune(0)
	for i, r := range letters {
		inside := i > 0 && i < len(letters)-1
		if r == last || strings.ContainsRune("aeiou", r) && (inside && len(word) >= 5 || strings.ContainsRune("aeiou", last)) {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}
