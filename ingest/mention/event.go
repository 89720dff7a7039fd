package mention

import "strings"

// loneEvents are no events of their own without a name: "Negotiations on trade".
var loneEvents = words("talks negotiations consultations exhibition celebration exercise dialogue games")

// counting tells events of one series apart: "the Third Session", "the next Summit".
var counting = words(`first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth
	seventeenth eighteenth nineteenth twentieth next previous`)

// event reads the rest of an event's name, and the place after it.
func (s *scanner) event(start, h, end, owner int) int {
	if end == start+1 && (s.lower(h) == "meeting" && s.lower(end) == "with" || loneEvents[s.lower(h)]) {
		return end
	}
	from := len(s.out)
	start = s.ordinalBefore(start)
	end = s.extend(end, Event)
	s.nested(h+1, end, from)
	m := s.mention(Event, Named, start, end)
	m.Head, m.Of = singular(s.lower(h)), owner
	if owner == None {
		m.Of = s.lastInside(from)
	}
	s.add(m)
	return end
}

// ordinalBefore widens an event's name over "Second", "12th".
func (s *scanner) ordinalBefore(start int) int {
	w := s.lower(start - 1)
	if s.roman(start - 1) {
		return start - 1
	}
	if len(w) > 2 && (w[0] >= '0' && w[0] <= '9' && ordinalEnds[w[len(w)-2:]] || ordinals[w] && w != "the") {
		return start - 1
	}
	return start
}

var ordinalEnds = words("st nd rd th")

// roman tells whether the token is a Roman number, which counts the events of a series: "V EU-Africa Summit".
func (s *scanner) roman(i int) bool {
	return i >= 0 && i < len(s.tokens) && s.lower(i) != "i" && s.tokens[i].Named() && strings.ToUpper(s.tokens[i].Text) == s.tokens[i].Text && strings.Trim(s.lower(i), "ivxl") == ""
}
