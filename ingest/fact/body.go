package fact

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/entity"
	"github.com/entente-kg/entente/ingest/mention"
	"github.com/entente-kg/entente/ingest/text"
)

// staff is what the document says of offices, indexed, and whom it sees with whom.
type staff struct {
	*reader
	ofPerson map[int][]entity.Office
	ofTitle  map[string][]entity.Office
	partners map[int][]int  // by person: whom he or she met
	home     map[int]int    // by country: how much speaks for its being the document's own
	found    map[int]int    // by person: the body that only the rest of the text told
	states   []int          // the countries, as the text names them
	bodies   []int          // the organisations that the text names most
	near     map[[2]int]int // by person and country: how often they share a sentence side by side
	beside   map[[2]int]int // by two countries: how often one stands beside the other
}

// mostOffices bounds what is compared of one person or one title in a document of
// enormous length.
const mostOffices = 60

func newStaff(r *reader) *staff {
	s := &staff{reader: r, ofPerson: map[int][]entity.Office{}, ofTitle: map[string][]entity.Office{}, partners: map[int][]int{}, found: map[int]int{}}
	for _, o := range r.set.Offices {
		title := mention.Fold(cleanTitle(o.Title))
		if len(s.ofPerson[o.Person]) < mostOffices {
			s.ofPerson[o.Person] = append(s.ofPerson[o.Person], o)
		}
		if len(s.ofTitle[title]) < mostOffices {
			s.ofTitle[title] = append(s.ofTitle[title], o)
		}
	}
	for _, f := range r.facts {
		if f.Predicate == graph.Met && len(s.partners[f.Subject]) < mostOffices && len(s.partners[f.Object]) < mostOffices {
			s.partners[f.Subject] = append(s.partners[f.Subject], f.Object)
			s.partners[f.Object] = append(s.partners[f.Object], f.Subject)
		}
	}
	s.countries()
	s.organisations()
	for _, o := range r.set.Offices {
		if _, known := s.found[o.Person]; !known && o.Body == entity.None && r.mentions[o.Mention].Of == mention.None && o.Head != "counterpart" {
			if body := s.bodyNear(o); body != entity.None && r.set.Entities[body].Kind == graph.Country {
				s.found[o.Person] = body
			}
		}
	}
	s.visits()
	return s
}

// bodyOf is where an office is held: as its own words say, else as those beside
// it do, else as the rest of the text does, entity.None if nothing tells.
func (s *staff) bodyOf(o entity.Office) int {
	m := s.mentions[o.Mention]
	if o.Body != entity.None || m.Of != mention.None {
		return s.whole(o.Body)
	}
	if body := s.bodyNear(o); body != entity.None {
		return body
	}
	if ofState(o) {
		return s.homeOf(o)
	}
	return s.homeBody(o)
}

// bodyNear is the body that the words around an office tell, or other mentions of
// it.
func (s *staff) bodyNear(o entity.Office) int {
	for _, look := range []func(entity.Office) int{s.bodyBeside, s.signedFor, s.bodyOfCounterpart, s.bodyOfOwner, s.bodyElsewhere, s.bodyOfSide, s.bodyOfParallel, s.bodyOfIts, s.bodyOfPlace, s.bodyOfTitle} {
		if body := look(o); body != entity.None {
			return body
		}
	}
	return entity.None
}

// bodyOfCounterpart is the country in "his Ruritanian counterpart, Minister Maya
// Orla".
func (s *staff) bodyOfCounterpart(o entity.Office) int {
	if o.Mention == 0 {
		return entity.None
	}
	m := s.mentions[o.Mention]
	for i := o.Mention - 1; i >= max(0, o.Mention-3); i-- {
		if n := s.mentions[i]; n.Sentence == m.Sentence && n.Head == "counterpart" && n.Of != mention.None && n.Last == m.First-1 && s.sentences[m.Sentence].Tokens[n.Last].Lower == "," {
			return s.set.Body(s.set.One(n.Of))
		}
	}
	return entity.None
}

// whole is the body whose inner organ the office leads: who chairs the Board of
// the Bank holds an office in the Bank.
func (s *staff) whole(body int) int {
	if body == entity.None {
		return body
	}
	e := s.set.Entities[body]
	if first, _, found := strings.Cut(strings.ToLower(e.Name), " of "); found && innerOrgans[first] && e.Of != entity.None {
		return e.Of
	}
	return body
}

var innerOrgans = words("board cabinet bureau presidium")

// ofState tells whether such an office is a state's and not some body's.
func ofState(o entity.Office) bool {
	title := strings.ToLower(o.Title)
	if strings.HasPrefix(title, "executive") || strings.HasSuffix(title, "secretary general") || strings.HasSuffix(title, "director general") {
		return false
	}
	return stateOffices[o.Head]
}

var stateOffices = words(`president minister chancellor premier ambassador adviser advisor king queen vice-president taoiseach emir sultan representative deputy envoy
	secretary prime-minister vice-minister undersecretary attorney-general negotiator consul attaché sherpa charge counselor counsellor`)

// signedFor is the country of a signature: "For the Kingdom of X: Maya Orla,
// Minister of Trade".
func (s *staff) signedFor(o entity.Office) int {
	if body, ok := s.acting[o.Person]; ok && (s.set.Entities[body].Kind == graph.Organisation || ofState(o)) {
		return body
	}
	m := s.mentions[o.Mention]
	if s.sentences[m.Sentence].Tokens[0].Lower != "for" {
		return entity.None
	}
	for i := s.firstOf(m.Sentence); i < o.Mention; i++ {
		if s.mentions[i].First < m.First && s.mentions[i].Is(mention.Country, mention.Organisation) {
			return s.set.Body(s.set.One(i))
		}
	}
	return entity.None
}

// firstOf is the first mention of a sentence.
func (r *reader) firstOf(sentence int) int {
	at, _ := slices.BinarySearchFunc(r.mentions, sentence, func(m mention.Mention, n int) int { return m.Sentence - n })
	return at
}

// bodyBeside is the body that follows the office or its holder after a comma:
// "Director Maya Orla, Ministry of Trade", "Maya Orla (Minister, Ruritania)".
func (s *staff) bodyBeside(o entity.Office) int {
	m := s.mentions[o.Mention]
	last := m.Last
	if m.Holder != mention.None && s.mentions[m.Holder].Sentence == m.Sentence {
		last = max(last, s.mentions[m.Holder].Last)
	}
	tokens := s.sentences[m.Sentence].Tokens
	if last+2 < len(tokens) && tokens[last].Lower == "of" && tokens[last+2].Lower == "," { // "Head of Division, X"
		last += 2
	}
	if last+1 >= len(tokens) || tokens[last].Lower != "," {
		return entity.None
	}
	for i := s.firstOf(m.Sentence); i < len(s.mentions) && s.mentions[i].Sentence == m.Sentence && s.mentions[i].First <= last+1; i++ {
		n := s.mentions[i]
		if n.First != last+1 || n.Inside != mention.None || n.Form == mention.Adjective {
			continue
		}
		closed := n.Last >= len(tokens) || closing[tokens[n.Last].Lower]
		bracket := n.Last < len(tokens) && tokens[n.Last].Lower == ")"
		if n.Kind == mention.Organisation && (closed || offices[headOf(n.Name)] && tokens[n.Last].Lower != "'s") || n.Kind == mention.Country && bracket {
			return s.set.One(i)
		}
	}
	return entity.None
}

// closing stand after a body that is all that follows an office: "Director Orla,
// World Bank;".
var closing = words(", . ; )")

// offices are the bodies in which officers work, by their head nouns.
var offices = words("ministry department secretariat commission office agency authority university institute directorate embassy council chancellery treasury bureau")

// headOf is the head noun of a name: its last word before "of" or "for".
func headOf(name string) string {
	name = strings.ToLower(name)
	for _, prep := range []string{" of ", " for ", " on "} {
		name, _, _ = strings.Cut(name, prep)
	}
	return name[strings.LastIndex(name, " ")+1:]
}

// bodyOfOwner is the state in "Ruritania's Maya Orla, then Prime Minister", and
// in "his Deputy Minister" that of the one whose deputy it is.
func (s *staff) bodyOfOwner(o entity.Office) int {
	m := s.mentions[o.Mention]
	tokens := s.sentences[m.Sentence].Tokens
	if m.First > 0 && (tokens[m.First-1].Lower == "his" || tokens[m.First-1].Lower == "her") {
		for i := o.Mention - 1; i >= max(0, o.Mention-12) && m.Sentence-s.mentions[i].Sentence < 2; i-- {
			if body := s.bodyOfPerson(s.set.One(i)); body != entity.None {
				return body
			}
		}
	}
	if m.Holder == mention.None || !ofState(o) {
		return entity.None
	}
	h := s.mentions[m.Holder]
	if h.Sentence != m.Sentence || h.First < 2 || tokens[h.First-1].Lower != "'s" {
		return entity.None
	}
	for i := m.Holder - 1; i >= max(0, m.Holder-4); i-- {
		if n := s.mentions[i]; n.Sentence == m.Sentence && n.Last == h.First-1 && n.Kind == mention.Country {
			return s.set.One(i)
		}
	}
	return entity.None
}

// bodyOfPerson is the body of the office that the person is first said to hold.
func (s *staff) bodyOfPerson(person int) int {
	for _, o := range s.ofPerson[person] {
		if o.Body != entity.None {
			return s.whole(o.Body)
		}
	}
	if body, ok := s.found[person]; ok {
		return body
	}
	return entity.None
}

// bodyElsewhere is the body that the person's same office has elsewhere.
func (s *staff) bodyElsewhere(o entity.Office) int {
	for _, p := range s.ofPerson[o.Person] {
		if p.Body != entity.None && (p.Head == o.Head || strings.EqualFold(p.Title, o.Title)) {
			return s.whole(p.Body)
		}
	}
	return entity.None
}

// bodyOfSide is the side that the officer acts for in the sentence: "the
// Ruritanian delegation was headed by the Minister of Trade, Maya Orla".
func (s *staff) bodyOfSide(o entity.Office) int {
	m := s.mentions[o.Mention]
	tokens := s.sentences[m.Sentence].Tokens
	side := entity.None
	for i := max(s.firstOf(m.Sentence), o.Mention-longestList); i < o.Mention; i++ {
		n := s.mentions[i]
		if n.Inside == mention.None && n.Is(mention.Country, mention.Organisation) && n.Last < m.First && sided(tokens, n, m.First) {
			side = s.set.Body(s.set.One(i))
		}
	}
	return side
}

// bodyOfParallel is the body of the office named before in the sentence where both
// are posts of one kind: "elected Chair of the Board and Lenz Vice-Chair",
// "Ambassador of Ruritania to X and Lenz as Consul in Y".
func (s *staff) bodyOfParallel(o entity.Office) int {
	m := s.mentions[o.Mention]
	for i := o.Mention - 1; i >= 0 && s.mentions[i].Sentence == m.Sentence; i-- {
		n := s.mentions[i]
		if n.Kind != mention.Office || n.Of == mention.None {
			continue
		}
		if envoys[n.Head] && envoys[m.Head] || n.Head == strings.TrimPrefix(m.Head, "vice-") && n.Head != m.Head {
			return s.whole(s.set.Body(s.set.One(n.Of)))
		}
		return entity.None
	}
	return entity.None
}

// bodyOfIts is the organisation that follows "its Director, Maya Orla, the Centre …".
func (s *staff) bodyOfIts(o entity.Office) int {
	m := s.mentions[o.Mention]
	if m.First == 0 || s.sentences[m.Sentence].Tokens[m.First-1].Lower != "its" {
		return entity.None
	}
	if at := s.nearest(o, nil); at != entity.None {
		return at
	}
	for i := o.Mention + 1; i < len(s.mentions) && s.mentions[i].Sentence == m.Sentence; i++ {
		if at := s.set.One(i); at != entity.None && s.mentions[i].Inside == mention.None && slices.Contains(bodies, s.set.Entities[at].Kind) {
			return at
		}
	}
	if m.First == 1 { // "Its minister, Maya Orla": of what the sentence before is about
		for i := s.firstOf(m.Sentence - 1); i < o.Mention && s.mentions[i].Sentence < m.Sentence; i++ {
			if at := s.set.One(i); at != entity.None && s.mentions[i].Inside == mention.None && slices.Contains(bodies, s.set.Entities[at].Kind) {
				return at
			}
		}
	}
	return entity.None
}

var envoys = words("ambassador commissioner consul envoy representative")

// longestList is how many mentions a list may have that still belongs to its head.
const longestList = 60

// sided tells whether the mention names a side: "the X delegation", "the
// delegation of X", "X was represented by".
func sided(tokens []text.Token, n mention.Mention, end int) bool {
	before := n.First - 1
	if before > 0 && tokens[before].Lower == "the" {
		before--
	}
	switch w := tokens[n.Last].Lower; {
	case delegations[w] && w != "embassy" && w != "mission":
		return true
	case before > 0 && (tokens[before].Lower == "of" || tokens[before].Lower == "from") && delegations[tokens[before-1].Lower] && tokens[before-1].Lower != "embassy":
		return true
	}
	for j := n.Last; j < min(n.Last+4, end); j++ {
		if tokens[j].Lower == "represented" {
			return true
		}
	}
	return false
}

// bodyOfPlace is the country in whose capital the sentence is set: "In Lima,
// Foreign Minister Orla …".
func (s *staff) bodyOfPlace(o entity.Office) int {
	m := s.mentions[o.Mention]
	tokens := s.sentences[m.Sentence].Tokens
	if !ofState(o) || tokens[0].Lower != "in" || len(s.partners[o.Person]) > 0 {
		return entity.None
	}
	i := s.firstOf(m.Sentence)
	if n := s.mentions[i]; n.Kind == mention.Place && n.First == 1 && n.Last < m.First && tokens[n.Last].Lower == "," && n.Last+1 == m.First {
		return s.set.Body(s.set.One(i))
	}
	return entity.None
}

// bodyOfTitle is the organisation in which the text elsewhere says that there is
// such an office, if it says so of one only.
func (s *staff) bodyOfTitle(o entity.Office) int {
	if ofState(o) {
		return entity.None
	}
	found := entity.None
	for _, p := range s.ofTitle[mention.Fold(cleanTitle(o.Title))] {
		body := s.whole(p.Body)
		if body == entity.None || s.set.Entities[body].Kind != graph.Organisation {
			continue
		}
		if found != entity.None && found != body {
			return entity.None
		}
		found = body
	}
	return found
}
