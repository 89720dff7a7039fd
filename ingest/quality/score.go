package quality

import (
	"cmp"
	"slices"
	"strings"
)

// Count is what was right, wrong and missed.
type Count struct{ Right, Wrong, Missed int }

func (c *Count) add(right, got, want int) {
	c.Right += right
	c.Wrong += got - right
	c.Missed += want - right
}

// Precision is the share of what was extracted that is right.
func (c Count) Precision() float64 { return Share{c.Right, c.Right + c.Wrong}.Value() }

// Recall is the share of what is annotated that was found.
func (c Count) Recall() float64 { return Share{c.Right, c.Right + c.Missed}.Value() }

// F1 is their harmonic mean.
func (c Count) F1() float64 { return Share{2 * c.Right, 2*c.Right + c.Wrong + c.Missed}.Value() }

// Share is a number of so many.
type Share struct{ Of, All int }

// Count adds one that is right or not.
func (s *Share) Count(right bool) {
	s.All++
	if right {
		s.Of++
	}
}

// Value is the share as a number from 0 to 1, of nothing 0.
func (s Share) Value() float64 { return float64(s.Of) / float64(max(s.All, 1)) }

// Mistake is a fact that was missed, or one that is wrong.
type Mistake struct{ Document, Subject, Predicate, Object, Detail string }

// Scores are what a folder comes to.
type Scores struct {
	Documents, Extracted int
	Entities             map[string]*Count // by kind
	Forms                Count             // surface forms of the entities found
	Facts                map[string]*Count // by predicate
	Strict               map[string]int    // right with all qualifiers, by predicate
	Qualifiers           map[string]*Share
	Exact, Pointed       Share // evidence
	Forbidden            Share // triples that were produced
	Missed, Wrong        []Mistake
}

var (
	kinds      = []string{"Person", "Organisation", "Country", "Agreement", "Event", "Place"}
	predicates = strings.Fields(`MET HOLDS_OFFICE MEMBER_OF PART_OF SIGNED ADOPTED PARTY_TO WITHDREW_FROM COVERS DISCUSSED COOPERATES_WITH
		PARTICIPATED_IN HOSTED HELD_IN SUCCEEDED`)
	qualifiers = []string{"date", "place", "mode"}
	symmetric  = []string{"MET", "COOPERATES_WITH"}
	placed     = []string{"MET", "SIGNED", "ADOPTED"}
)

// Score compares what was extracted, by document, with what is annotated.
func Score(folder Folder, extracted map[string]Extracted) *Scores {
	s := &Scores{Entities: map[string]*Count{}, Facts: map[string]*Count{}, Strict: map[string]int{}, Qualifiers: map[string]*Share{}}
	for _, k := range kinds {
		s.Entities[k] = &Count{}
	}
	for _, p := range predicates {
		s.Facts[p] = &Count{}
	}
	for _, q := range qualifiers {
		s.Qualifiers[q] = &Share{}
	}
	for _, gold := range folder.Documents {
		pred, found := extracted[gold.ID]
		s.Documents++
		if found {
			s.Extracted++
		}
		newScoring(s, gold, pred).score()
	}
	if folder.Blind {
		s.Missed, s.Wrong = nil, nil
	}
	return s
}

// Total is the count over all predicates but those left out; strictly, only facts
// whose qualifiers are right count as right.
func (s *Scores) Total(strict bool, without ...string) (total Count) {
	for p, c := range s.Facts {
		if slices.Contains(without, p) {
			continue
		}
		right := c.Right
		if strict {
			right = s.Strict[p]
		}
		total.add(right, c.Right+c.Wrong, c.Right+c.Missed)
	}
	return total
}

// triple is a fact without its qualifiers, by keys.
type triple struct{ subject, predicate, object string }

func (f AnnotatedFact) triple() triple { return triple{f.Subject, f.Predicate, f.Object} }

// scoring is one document.
type scoring struct {
	*Scores
	gold   Annotated
	pred   Extracted
	stands map[string]string // extracted ids by the key that they stand for
	keys   map[string]AnnotatedEntity
	names  map[string]string // of extracted entities
	text   string            // title and text, squeezed
	taken  []bool            // annotated facts that were found
	bans   map[triple][]AnnotatedFact
}

func newScoring(s *Scores, gold Annotated, pred Extracted) *scoring {
	d := &scoring{Scores: s, gold: gold, pred: pred, stands: align(gold, pred), keys: map[string]AnnotatedEntity{}, names: map[string]string{},
		text: squeeze(gold.Title + "\n\n" + gold.Text), taken: make([]bool, len(gold.Facts)), bans: map[triple][]AnnotatedFact{}}
	for _, e := range gold.Entities {
		d.keys[e.Key] = e
	}
	for _, e := range pred.Entities {
		d.names[e.ID] = e.Name
	}
	stated := map[triple]bool{}
	for _, f := range gold.Facts {
		stated[f.triple()] = f.Predicate != "HOLDS_OFFICE" // another title may be forbidden of one who holds an office there
	}
	for _, f := range gold.Forbidden {
		if !stated[f.triple()] {
			d.bans[f.triple()] = append(d.bans[f.triple()], f)
		}
	}
	return d
}

func (d *scoring) score() {
	d.entities()
	banned := map[triple]bool{}
	for _, f := range d.pred.Facts {
		d.quoted(f)
		if !slices.Contains(predicates, f.Predicate) {
			continue
		}
		if i := d.match(f); i >= 0 {
			d.found(f, i)
			continue
		}
		d.Facts[f.Predicate].Wrong++
		d.Wrong = append(d.Wrong, Mistake{d.gold.ID, d.names[f.Subject], f.Predicate, d.names[f.Object], f.Qualifiers.Title})
		for _, t := range d.triples(f) {
			for _, ban := range d.bans[t] {
				if f.Predicate != "HOLDS_OFFICE" || agree(ban.Title, f.Qualifiers.Title) {
					banned[t] = true
				}
			}
		}
	}
	d.Forbidden.Of += len(banned)
	d.Forbidden.All += len(d.bans)
	for i, f := range d.gold.Facts {
		if !d.taken[i] {
			d.Facts[f.Predicate].Missed++
			d.Missed = append(d.Missed, Mistake{d.gold.ID, d.keys[f.Subject].Name, f.Predicate, d.keys[f.Object].Name, squeeze(f.Evidence)})
		}
	}
}

// entities counts by kind, and the surface forms of those that were found.
func (d *scoring) entities() {
	for _, k := range kinds {
		right, got, want := 0, 0, 0
		for _, e := range d.gold.Entities {
			if e.Kind == k {
				want++
			}
		}
		for _, e := range d.pred.Entities {
			if e.Kind == k {
				got++
				if d.keys[d.stands[e.ID]].Kind == k {
					right++
				}
			}
		}
		d.Entities[k].add(right, got, want)
	}
	for _, e := range d.pred.Entities {
		if g, found := d.keys[d.stands[e.ID]]; found && g.Kind != topic {
			a, b := folded(e.forms()), folded(g.forms())
			d.Forms.add(a.common(b), len(a), len(b))
		}
	}
}

// quoted looks whether evidence stands in the text where it says.
func (d *scoring) quoted(f ExtractedFact) {
	raw := d.pred.Document.Text
	for _, e := range f.Evidence {
		inside := e.Start >= 0 && e.Start <= e.End && e.End <= len(raw)
		d.Exact.Count(e.Text != "" && inside && raw[e.Start:e.End] == e.Text && strings.Contains(d.text, squeeze(e.Text)))
	}
}

// triples is what a fact says of annotated entities, both ways round if it is symmetric.
func (d *scoring) triples(f ExtractedFact) []triple {
	t := triple{d.stands[f.Subject], f.Predicate, d.stands[f.Object]}
	if slices.Contains(symmetric, f.Predicate) {
		return []triple{t, {t.object, t.predicate, t.subject}}
	}
	return []triple{t}
}

// match finds the annotated fact that was found, preferably one of the same date and title; -1 is none.
func (d *scoring) match(f ExtractedFact) int {
	said, best, least := d.triples(f), -1, 0
	if said[0].subject == "" || said[0].object == "" {
		return -1
	}
	for i, g := range d.gold.Facts {
		if d.taken[i] || !slices.Contains(said, g.triple()) || f.Predicate == "HOLDS_OFFICE" && !agree(g.Title, f.Qualifiers.Title) {
			continue
		}
		off := 0
		if g.Date != f.Qualifiers.Date {
			off += 2
		}
		if fold(g.Title) != fold(f.Qualifiers.Title) {
			off++
		}
		if best < 0 || off < least {
			best, least = i, off
		}
	}
	return best
}

// found counts a fact that was found, with its qualifiers and evidence.
func (d *scoring) found(f ExtractedFact, i int) {
	gold, q := d.gold.Facts[i], f.Qualifiers
	d.taken[i] = true
	d.Facts[f.Predicate].Right++
	right := d.qualified("date", q.Date, gold.Date, q.Date == gold.Date)
	if slices.Contains(placed, f.Predicate) {
		place := cmp.Or(d.stands[q.Place], q.Place)
		same := place == gold.Place || place != "" && gold.Place != "" && folded(d.keys[gold.Place].forms())[fold(place)]
		right = d.qualified("place", q.Place, gold.Place, same) && right
	}
	if f.Predicate == "MET" {
		right = d.qualified("mode", q.Mode, gold.Mode, q.Mode == gold.Mode) && right
	}
	if right {
		d.Strict[f.Predicate]++
	}
	d.Pointed.Count(slices.ContainsFunc(f.Evidence, func(e struct {
		Start, End int
		Text       string
	}) bool {
		return d.pointed(e.Text, gold.Evidence)
	}))
}

// qualified counts a qualifier that either side gives.
func (d *scoring) qualified(name, got, want string, same bool) bool {
	if got != "" || want != "" {
		d.Qualifiers[name].Count(same)
		return same
	}
	return true
}

// pointed tells whether what is quoted overlaps what is annotated and is not much longer.
func (d *scoring) pointed(said, annotated string) bool {
	said, annotated = squeeze(said), squeeze(annotated)
	i, j := strings.Index(d.text, annotated), strings.Index(d.text, said)
	return said != "" && j >= 0 && j < i+len(annotated) && i < j+len(said) && len([]rune(said)) <= max(400, 3*len([]rune(annotated)))
}
