package graphtest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// What a dump derives, made a second time from what it says documents, vocabulary
// and decisions are: all rows of a record at once, where the stores fold one after
// the other.

// derive is all entities, names and facts that there should be, a line each.
func (m *model) derive(v graph.Vocabulary) (entities, names, facts []string) {
	d := derivation{model: m, vocabulary: v}
	all := d.entities()
	allNames := d.names(all)
	allFacts := d.facts(all)
	for id, e := range all {
		e.Name, e.Acronym = best(allNames, id, graph.GazetteerName, graph.Description), best(allNames, id, graph.AcronymName, graph.AcronymName)
		e.Date = dated(allFacts, id)
		entities = append(entities, shown(e))
	}
	for _, n := range allNames {
		names = append(names, shown(n))
	}
	for _, x := range allFacts {
		facts = append(facts, shown(x))
	}
	return entities, names, facts
}

// derivation looks at everything once more for every record.
type derivation struct {
	*model
	vocabulary graph.Vocabulary
}

// known are the vocabulary's records that stand for an entity.
func (d derivation) known(id graph.EntityID) (records []graph.VocabularyEntity) {
	for _, e := range d.vocabulary.Entities {
		if d.resolution.Key("", e.Key).ID() == id {
			records = append(records, e)
		}
	}
	return records
}

func (d derivation) entities() map[graph.EntityID]graph.Entity {
	all := map[graph.EntityID]graph.Entity{}
	for doc, c := range d.changes {
		keys := map[graph.Key]bool{}
		for _, e := range c.Entities {
			keys[d.resolution.Key(doc, e.Key)] = true
		}
		for k := range keys {
			e := all[k.ID()]
			e.ID, e.Key = k.ID(), k
			e.Documents++
			if p := c.Document.Published; p != "" {
				e.FirstSeen, e.LastSeen = min(cmp.Or(e.FirstSeen, p), p), max(e.LastSeen, p)
			}
			all[e.ID] = e
		}
	}
	for _, v := range d.vocabulary.Entities {
		k := d.resolution.Key("", v.Key)
		e := all[k.ID()]
		e.ID, e.Key = k.ID(), k
		e.Vocabulary++
		e.Identifiers = append(e.Identifiers, v.Identifiers...)
		slices.SortFunc(e.Identifiers, func(a, b graph.Identifier) int {
			return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Value, b.Value))
		})
		e.Identifiers = slices.Compact(e.Identifiers)
		all[e.ID] = e
	}
	return all
}

// forms are the names that the vocabulary gives, with their classes.
func forms(v graph.VocabularyEntity) map[string]graph.NameClass {
	of := map[string]graph.NameClass{}
	if v.Acronym != "" {
		of[v.Acronym] = graph.AcronymName
	}
	for _, n := range v.Names {
		if _, better := of[n]; !better {
			of[n] = graph.ShortName
		}
	}
	of[v.Name] = graph.GazetteerName
	return of
}

func (d derivation) names(entities map[graph.EntityID]graph.Entity) []graph.Name {
	counted := map[graph.Name]graph.Name{}
	count := func(n graph.Name, documents, vocabulary, decisions int) {
		is, known := counted[n]
		if !known {
			is = n
		}
		is.Documents, is.Vocabulary, is.Decisions = is.Documents+documents, is.Vocabulary+vocabulary, is.Decisions+decisions
		counted[n] = is
	}
	for doc, c := range d.changes {
		for n := range d.namesIn(doc, c) {
			count(n, 1, 0, 0)
		}
	}
	for _, v := range d.vocabulary.Entities {
		id := d.resolution.Key("", v.Key).ID()
		given := map[graph.Name]bool{{Entity: id, Text: v.Name, Class: graph.GazetteerName}: true}
		for _, text := range v.Names {
			given[graph.Name{Entity: id, Text: text, Class: graph.ShortName}] = true
		}
		if v.Acronym != "" {
			given[graph.Name{Entity: id, Text: v.Acronym, Class: graph.AcronymName}] = true
		}
		for n := range given {
			count(n, 0, 1, 0)
		}
	}
	for _, a := range d.decisions {
		if id := d.resolution.Key("", a.Key).ID(); a.Kind == graph.Alias && entities[id].ID != "" {
			count(graph.Name{Entity: id, Text: a.Text, Class: graph.ShortName}, 0, 0, 1)
		}
	}
	return slices.Collect(maps.Values(counted))
}

// namesIn are the names that a document gives; one that the vocabulary gives too
// has its best class there.
func (d derivation) namesIn(doc graph.DocumentID, c graph.Change) map[graph.Name]bool {
	given := map[graph.Name]bool{}
	for _, e := range c.Entities {
		id := d.resolution.Key(doc, e.Key).ID()
		if e.Acronym != "" {
			given[graph.Name{Entity: id, Text: e.Acronym, Class: graph.AcronymName}] = true
		}
		for _, n := range e.Names {
			class, vouched := graph.Description+1, false
			for _, v := range d.known(id) {
				if of, gives := forms(v)[n.Text]; gives {
					class, vouched = min(class, of), true
				}
			}
			if !vouched {
				class = n.Class
			}
			given[graph.Name{Entity: id, Text: n.Text, Class: class}] = true
		}
	}
	return given
}

// best is the first name of an entity between two classes: by class, then folded text, then text.
func best(names []graph.Name, id graph.EntityID, from, to graph.NameClass) string {
	var own []graph.Name
	for _, n := range names {
		if n.Entity == id && n.Class >= from && n.Class <= to {
			own = append(own, n)
		}
	}
	if len(own) == 0 {
		return ""
	}
	return slices.MinFunc(own, func(a, b graph.Name) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(graph.Fold(a.Text), graph.Fold(b.Text)), cmp.Compare(a.Text, b.Text))
	}).Text
}

func (d derivation) facts(entities map[graph.EntityID]graph.Entity) []graph.Fact {
	all, sources := map[graph.FactID]graph.Fact{}, map[graph.FactID]map[graph.DocumentID]bool{}
	for doc, c := range d.changes {
		for _, f := range c.Facts {
			s, o := d.resolution.Key(doc, c.Entities[f.Subject].Key).ID(), d.resolution.Key(doc, c.Entities[f.Object].Key).ID()
			if s == o {
				continue
			}
			x := graph.Fact{Predicate: f.Predicate, SubjectID: s, ObjectID: o, Tell: graph.Tell(f.Predicate, f.Qualifiers)}
			if f.Predicate == graph.Met || f.Predicate == graph.CooperatesWith {
				x.SubjectID, x.ObjectID = min(s, o), max(s, o)
			}
			x.ID = graph.NewFactID(x.Predicate, s, o, x.Tell)
			all[x.ID] = x
			if sources[x.ID] == nil {
				sources[x.ID] = map[graph.DocumentID]bool{}
			}
			sources[x.ID][doc] = true
		}
	}
	for _, v := range d.vocabulary.Facts {
		s, o := d.resolution.Key("", v.Subject).ID(), d.resolution.Key("", v.Object).ID()
		id := graph.NewFactID(v.Predicate, s, o, "")
		if x, known := all[id]; s != o {
			if !known {
				x = graph.Fact{ID: id, Predicate: v.Predicate, SubjectID: s, ObjectID: o}
			}
			x.Vocabulary++
			all[id] = x
		}
	}
	var facts []graph.Fact
	for id, x := range all {
		x.Sources, x.Review = len(sources[id]), d.resolution.Review(id)
		x.Confidence, x.Qualifiers = d.supported(id)
		if x.Sources == 0 {
			x.Confidence = 1000
		}
		both := entities[x.SubjectID].Documents > 0 && entities[x.ObjectID].Documents > 0
		x.Shown = x.Review != graph.Rejected && (x.Sources > 0 || both)
		facts = append(facts, x)
	}
	return facts
}

// supported is what the evidence of a fact comes to: for each qualifier the most
// precise date, then the value of the most confident evidence, then the smallest.
func (d derivation) supported(id graph.FactID) (confidence int, qualifiers graph.Qualifiers) {
	winners := map[graph.Qualifier]graph.Cited{}
	for _, v := range d.evidence {
		if v.Fact != id {
			continue
		}
		confidence = max(confidence, v.Confidence)
		for q, value := range v.Qualifiers {
			w, taken := winners[q]
			precise := 0
			if q == graph.OnDate || q == graph.UntilDate {
				precise = len(w.Qualifiers[q]) - len(value)
			}
			if !taken || cmp.Or(precise, w.Confidence-v.Confidence, strings.Compare(value, w.Qualifiers[q])) < 0 {
				winners[q] = v
			}
		}
	}
	for q, v := range winners {
		if qualifiers == nil {
			qualifiers = graph.Qualifiers{}
		}
		qualifiers[q] = v.Qualifiers[q]
	}
	return confidence, qualifiers
}

// dated is the date of an agreement or event: what its SIGNED facts show, else
// ADOPTED, else PARTY_TO, or HELD_IN, HOSTED, PARTICIPATED_IN; the most precise, then the smallest.
func dated(facts []graph.Fact, id graph.EntityID) graph.Date {
	for _, p := range []graph.Predicate{graph.Signed, graph.Adopted, graph.PartyTo, graph.HeldIn, graph.Hosted, graph.ParticipatedIn} {
		var dates []graph.Date
		for _, x := range facts {
			at := x.ObjectID
			if p == graph.HeldIn {
				at = x.SubjectID
			}
			if x.Predicate == p && at == id && x.Shown && x.Date() != "" {
				dates = append(dates, x.Date())
			}
		}
		if len(dates) > 0 {
			return slices.MinFunc(dates, func(a, b graph.Date) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
		}
	}
	return ""
}
