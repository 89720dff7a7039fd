package mention

import "github.com/entente-kg/entente/ingest/text"

// organisation reads the rest of an organisation's name.
func (s *scanner) organisation(start, h, end, owner int) int {
	from := len(s.out)
	end = s.extend(end, Organisation)
	s.nested(h+1, end, from)
	if s.lower(start-1) == "'s" && s.lower(start-2) == "majesty" { // "His Majesty's Armed Forces"
		start = max(start-3, 0)
	}
	m := s.mention(Organisation, Named, start, end)
	m.Head, m.Of = singular(s.lower(h)), owner
	if owner == None {
		m.Of = s.lastInside(from)
	}
	s.add(m)
	return end
}

// extend goes on over "of …", "for …", "on …" and "and …" within a name.
func (s *scanner) extend(j int, kind Kind) int {
	from, complement := j, false
	for steps := 0; steps < 8 && j < len(s.tokens); steps++ {
		w := s.lower(j)
		k := j + 1
		if s.lower(k) == "the" || kind == Event && w == "for" && s.lower(k) == "a" { // "Summit for a New Pact"
			k++
		}
		switch {
		case w == "on" && s.between && kind == Organisation && !topical[s.lower(from-1)]:
			return j
		case kind == Event && w == "of" && s.convenes(k):
			j, complement = k+1, true
		case kind == Event && w == "of" && s.lower(k) == "states" && s.convenes(k+1):
			j, complement = k+2, true
		case s.connects(w, kind, k > j+1) && s.isNamed(k) && !honorifics[s.lower(k)] || w == "to" && kind == Event && s.lower(j-1) == "parties" && s.isNamed(k):
			j, complement = s.part(k), true
		case w == "in" && kind == Organisation && s.isNamed(k) && s.seated(from, j):
			if p, e, ok := s.gazetteer.match(s.tokens, k); ok && !p.adjective && s.gazetteer.Entries[p.entry].Kind == Place {
				return e
			}
			return j
		case w == "and" && complement && kind == Organisation && s.isRegion(j-1) && s.isRegion(j+1):
			j = s.part(j + 1)
		case (w == "and" || w == "&" || w == "," && s.series(j)) && complement && s.isNamed(j+1) && !s.startsEntity(j+1):
			j = s.run(j + 1)
		case kind == Event && complement && s.officers(from, j) && s.listsCountry(j):
			if j++; s.lower(j) == "and" {
				j++
			}
			_, j, _ = s.gazetteer.match(s.tokens, j)
		case w == "," && s.lower(j+1) == "and" && complement && s.isNamed(j+2) && !s.startsEntity(j+2) && s.tokens[j-1].Named() && kind == Agreement:
			j = s.run(j + 2)
		default:
			return j
		}
	}
	return j
}

// officers tells whether a name that has been read up to j says whose officers meet:
// "Meeting of the Foreign Ministers of Peru".
func (s *scanner) officers(from, j int) bool {
	for i := from + 1; i < j; i++ {
		if s.lower(i) == "of" && pluralTitle(s.lower(i-1)) {
			return true
		}
	}
	return false
}

// listsCountry tells whether a comma or "and" at j goes on to another country.
func (s *scanner) listsCountry(j int) bool {
	if w := s.lower(j); w != "," && w != "and" {
		return false
	}
	if j++; s.lower(j) == "and" {
		j++
	}
	p, _, ok := s.gazetteer.match(s.tokens, min(j, len(s.tokens)-1))
	return ok && j < len(s.tokens) && !p.adjective && s.gazetteer.Entries[p.entry].Kind == Country
}

// topical are the bodies that have their names from a subject: "Commission on …".
var topical = words("commission committee council conference office group centre center institute panel forum")

// seated tells whether the name, whose head ends at from and which has been read
// up to j, is that of an office that a city tells apart: "Embassy of Peru in Quito".
func (s *scanner) seated(from, j int) bool {
	return s.tokens[j-1].Named() && seatedHeads[s.lower(from-1)]
}

var seatedHeads = words("office bureau embassy consulate mission delegation commission")

// part is the end of one member of a name's complement: an entity of the
// gazetteer as a whole, or a run.
func (s *scanner) part(k int) int {
	p, end, ok := s.gazetteer.match(s.tokens, k)
	if ok {
		if r := s.run(end); r > end && (p.adjective || !s.isOfficeOrName(end, r) || s.describe(end, r)) {
			return r
		}
		if p := s.officeHead(end, s.run(end)); p >= end && pluralTitle(s.lower(p)) { // "meeting of ASEAN Foreign Ministers"
			return p + 1
		}
		return end
	}
	end = s.beforePerson(k, s.run(k))
	if p := s.officeHead(k, end); p > k {
		if pluralTitle(s.lower(p)) { // "Council of Foreign Ministers"
			return p + 1
		}
		return p
	}
	return end
}

// beforePerson is where a body's complement of portfolios ends if a person's name
// follows it at once: "Ministry of Foreign Affairs Maya Orla".
func (s *scanner) beforePerson(k, end int) int {
	j := k
	for j < end && portfolioWords[s.lower(j)] {
		j++
	}
	if j > k && end > j+1 && s.personLike(j, end) && !s.ordinary(j, end) {
		return j
	}
	return end
}

func (s *scanner) isOfficeOrName(i, end int) bool {
	h, _ := s.head(i, end)
	return h < 0
}

// describe tells whether ordinary words go on with a name: "Pacific Peoples".
func (s *scanner) describe(i, end int) bool {
	for ; i < end; i++ {
		if w := s.lower(i); s.tokens[i].Shape != text.Capital || !s.gazetteer.common[w] && !portfolioWords[w] || officeHeads[w] {
			return false
		}
	}
	return true
}

// isRegion tells whether the token belongs to the name of a region of several
// countries: departments have two of them, "Department of the Pacific and Africa".
func (s *scanner) isRegion(i int) bool {
	for from := i; from >= max(0, i-1); from-- {
		if p, end, ok := s.gazetteer.match(s.tokens, from); ok && end > i && !p.adjective {
			e := s.gazetteer.Entries[p.entry]
			return e.Kind == Place && e.Country == ""
		}
	}
	return false
}

// connects tells whether a preposition goes on with a name of that kind.
func (s *scanner) connects(w string, kind Kind, article bool) bool {
	switch w {
	case "of", "for", "on", "against":
		return true
	case "in":
		return article && kind == Organisation
	case "de", "du", "des", "del", "da", "do":
		return kind == Organisation
	}
	return false
}

// series tells whether the comma at j goes on with a list inside a name, which
// "and" ends: "Ministry of Trade, Industry and Labour".
func (s *scanner) series(j int) bool {
	for k := j + 1; k < min(j+12, len(s.tokens)); k++ {
		switch w := s.lower(k); {
		case w == "and" || w == "or":
			return (s.isNamed(k+1) || s.capital(k+1)) && !s.startsEntity(k+1) && k > j+1
		case w == "," || s.isNamed(k) && !s.startsEntity(k):
		default:
			return false
		}
	}
	return false
}

// startsEntity tells whether a new entity begins at i, so that the "and" before
// it joins two entities and not two words of a name.
func (s *scanner) startsEntity(i int) bool {
	if honorifics[s.lower(i)] {
		return true
	}
	if p, _, ok := s.gazetteer.match(s.tokens, i); ok && !p.adjective {
		return true
	}
	if _, _, ok := s.known.match(s.tokens, i); ok {
		return true
	}
	end := s.run(i)
	if s.officeHead(i, end) >= 0 || s.isCompany(i, end) {
		return true
	}
	h, kind := s.head(i, end)
	if h < 0 || kind == Agreement || portfolioWords[s.lower(h)] {
		return false
	}
	if s.lower(h) == "negotiations" { // "Enlargement Negotiations"
		return false
	}
	return kind != Organisation || singular(s.lower(h)) == s.lower(h) // "Safe Communities" are no body
}

// nested reads the entities of the gazetteer inside a name, for its links.
func (s *scanner) nested(i, end, from int) {
	for j := i; j < end; j++ {
		if !s.isNamed(j) {
			continue
		}
		if owner, e := s.listed(j); owner != None {
			if e > end {
				s.out = s.out[:owner]
				return
			}
			if of := s.headedWithin(owner, j, e, end); of > e {
				e = of
			}
			j = e - 1
		} else if len(s.out) == from && (j == i+1 || s.lower(j-1) == "the") && (s.lower(i) == "of" || s.lower(j-2) == "of") {
			if s.parentInside(j, end) {
				return
			}
		}
	}
}

// headedWithin makes "Council of Europe Office" of an owner and its organ.
func (s *scanner) headedWithin(owner, start, e, end int) int {
	h, kind := s.head(e, min(s.run(e), end))
	if h < 0 || kind != Organisation {
		return e
	}
	m := s.mention(Organisation, Named, start, h+1)
	m.Head, m.Of = singular(s.lower(h)), owner
	s.add(m)
	return h + 1
}

// parentInside adds the unlisted organisation that a name's "of the …" holds.
func (s *scanner) parentInside(j, end int) bool {
	r := min(s.run(j), end)
	h, kind := s.head(j, r)
	found := h >= 0 && kind == Organisation
	if found {
		s.nested(h+1, end, len(s.out))
		m := s.mention(Organisation, Named, j, end)
		if h == j && end == j+1 {
			m.Form = Definite
		}
		m.Head = singular(s.lower(h))
		s.add(m)
	}
	return found
}

// lastInside is the outermost organisation or country read since from.
func (s *scanner) lastInside(from int) int {
	for i := len(s.out) - 1; i >= from; i-- {
		if s.out[i].Is(Organisation, Country) && s.out[i].Defines == None {
			return i
		}
	}
	return None
}
