package mention

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/ingest/text"
)

// TestFind names what is found as "kind form name", dates as they are resolved.
func TestFind(t *testing.T) {
	g, err := NewGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	finder := NewFinder(g)
	forms := []string{"named", "short", "adjective", "indefinite", "definite"}
	for _, c := range []struct {
		name, text string
		want       []string // are found
		not        []string // are not, whatever their form
	}{
		{"an office with its holder", "The Foreign Minister of Peru, Ana Soto, left.", []string{"Office definite Foreign Minister of Peru", "Country named Peru", "Person named Ana Soto"}, nil},
		{"a courtesy title", "H.E. Dr. Maya Orla spoke.", []string{"Person named Maya Orla"}, nil},
		{"plurals of titles", "SCO, ASEAN Secretary Generals met. ASEAN Defence Ministers Envoys met.", []string{"Organisation short SCO"}, []string{"Person"}},
		{"an acronym in brackets", "The Lake Vostok Forum (LVF) met. The LVF left.", []string{"Event short LVF"}, nil},
		{"an agreement between parties", "They signed the Agreement between Peru and Chile on Customs.", []string{"Agreement named Agreement between Peru and Chile on Customs", "Country named Peru"}, nil},
		{"parties with a hyphen", "The US-Kenya Trade Agreement is old.", []string{"Agreement named US-Kenya Trade Agreement", "Country short US", "Country named Kenya"}, nil},
		{"two words before the head", "The Partnership and Cooperation Agreement is old.", []string{"Agreement named Partnership and Cooperation Agreement"}, nil},
		{"a new agreement", "They signed a memorandum of understanding.", []string{"Agreement indefinite memorandum of understanding"}, nil},
		{"a vague head that no title has", "The framework is wide.", nil, []string{"Agreement"}},
		{"a vague head that a title has", "The Lima Framework on Trade is old. The framework is wide.", []string{"Agreement definite framework"}, nil},
		{"an adjective", "The Kenyan delegation left.", []string{"Country adjective Kenyan"}, nil},
		{"a group", "The two sides agreed.", []string{"Group definite The two sides"}, nil},
		{"the two", "The two also agreed.", []string{"Group definite The two"}, nil},
		{"dates", "On 4 May 2021, on Thursday and in 2019 they met.", []string{"Date 2021-05-04", "Date 2021-05-06", "Date 2019"}, nil},
		{"an acronym that acts", "DoQ officials left. The QVTC said so. He left with QVTC.", []string{"Organisation named DoQ", "Organisation named QVTC"}, nil},
		{"an office's acronym and a measure's", "EAM thanked Peru. The GDP of Peru fell.", nil, []string{"Organisation"}},
		{"a company by its legal form", "The Port Authority of Lima and Orlan Ports Ltd signed it.", []string{"Organisation named Port Authority of Lima", "Organisation named Orlan Ports Ltd"}, []string{"Person"}},
		{"a head in another language", "Agencia Orlana signed it.", []string{"Organisation named Agencia Orlana"}, []string{"Person"}},
		{"a parliament by its own name", "The Speaker of the Saeima left.", []string{"Organisation named Saeima"}, nil},
		{"a house of representatives", "The House of Representatives met.", []string{"Organisation named House of Representatives"}, nil},
		{"regions in a name", "The Department of South Asia and Oceania met the Ministry for Pacific Peoples.", []string{"Organisation named Department of South Asia and Oceania", "Organisation named Ministry for Pacific Peoples"}, nil},
		{"a number in a series", "Peru hosted the V EU-Peru Summit. The Council held its 12th session in Lima.", []string{"Event named V EU-Peru Summit", "Event named 12th session"}, nil},
		{"officers who meet", "The third meeting of OECS Foreign Ministers and the Meeting of the Trade Ministers of Peru, Chile and Fiji began.", []string{"Event named third meeting of OECS Foreign Ministers", "Event named Meeting of the Trade Ministers of Peru, Chile and Fiji"}, nil},
		{"a body's meeting", "The UN Security Council meeting on Haiti and the meeting of the Water Council began.", []string{"Event named UN Security Council meeting on Haiti", "Event named meeting of the Water Council"}, nil},
		{"states that are parties", "The 10th Conference of the States Parties to the Convention began.", []string{"Event named 10th Conference of the States Parties to the Convention"}, nil},
		{"a city's meeting", "The Oslo meeting ended.", []string{"Event named Oslo meeting"}, nil},
		{"a meeting that is no event", "The Peru meeting ended. The meeting was long.", nil, []string{"Event"}},
		{"the event that a name tells", "A two-day workshop on water and the Lima Forum began. This event was long.", []string{"Event indefinite two-day workshop on water", "Event definite event"}, nil},
		{"an exercise", "Peru hosted exercise Orlan Shield.", []string{"Event named exercise Orlan Shield"}, nil},
		{"armed forces", "The Armed Forces of Tonga and His Majesty's Armed Forces left.", []string{"Organisation named Armed Forces of Tonga", "Organisation named His Majesty's Armed Forces"}, nil},
		{"a state university", "They signed a Letter of Intent between Universitas Orlana and the State University of Zanzibar.", []string{"Organisation named Universitas Orlana", "Organisation named State University of Zanzibar"}, nil},
		{"a given name like a month", "Mr Jan Orla left.", []string{"Person named Jan Orla"}, []string{"Date"}},
		{"not the pronoun us", "He told us so.", nil, []string{"Country"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var found []string
			for _, m := range finder.Find(text.Document{Published: "2021-05-07", Text: c.text}, slices.Collect(text.Sentences(c.text))) {
				if m.Kind == Date {
					found = append(found, "Date "+m.Date)
				} else {
					found = append(found, fmt.Sprintf("%s %s %s", m.Kind, forms[m.Form], m.Name))
				}
			}
			for _, want := range c.want {
				if !slices.Contains(found, want) {
					t.Errorf("found %q, want %q", found, want)
				}
			}
			for _, kind := range c.not {
				if slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, kind+" ") }) {
					t.Errorf("found %q, want no %s", found, kind)
				}
			}
		})
	}
}

func TestTopics(t *testing.T) {
	thesaurus, err := NewThesaurus()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"gerunds that only lead", "combating terrorism, countering drug trafficking as well as cooperation in tourism", "terrorism|drug trafficking|tourism"},
		{"a preposition inside a term", "piracy and illicit traffic in narcotic drugs", "piracy|illicit traffic in narcotic drugs"},
		{"a sentence after a colon", "drug abuse: states must shield children", "drug abuse"},
		{"nothing but general words", "assistance, states and cooperation", ""},
		{"an \"and\" inside a term", "science and technology, and sport", "science and technology|sport"},
		{"a relative clause", "piracy, which harms trade", "piracy"},
		{"a term that goes on", "a trade and investment relationship, sport", "trade and investment relationship|sport"},
		{"semicolons", "(a) water; (b) the training of doctors; (c) support for tourism", "water|training of doctors|tourism"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			s := slices.Collect(text.Sentences(c.text))[0]
			for _, m := range thesaurus.Topics(c.text, s, 0, 0, len(s.Tokens)) {
				got = append(got, m.Name)
			}
			if got := strings.Join(got, "|"); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestLook(t *testing.T) {
	thesaurus, err := NewThesaurus()
	if err != nil {
		t.Fatal(err)
	}
	for phrase, want := range map[string]string{"narcotics": "drugs", "Illegal drug trafficking": "drug trafficking", "smuggling of wildlife": "wildlife trafficking", "securities": "", "moonlight": ""} {
		term, ok := thesaurus.Look(phrase)
		if term.Label != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", phrase, term.Label, want)
		}
	}
}
