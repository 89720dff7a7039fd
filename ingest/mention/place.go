package mention

// placeHeads end the name of a stretch of land or water.
var placeHeads = words("river basin lake sea gulf strait bay island islands peninsula valley desert mountains region province district county canal delta")

// datelined tells whether the name opens a date line: "TARAMA, Peru, 3 May".
func (s *scanner) datelined(i, end int) bool {
	if i > 0 || end-i > 3 || !s.allUpper(i, end) || s.lower(end) != "," {
		return false
	}
	if _, date := s.days.read(s.tokens, min(end+1, len(s.tokens)-1)); date {
		return true
	}
	p, _, ok := s.gazetteer.match(s.tokens, end+1)
	return ok && s.gazetteer.Entries[p.entry].Kind == Country && !p.adjective
}
