package fact

import "strings"

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[strings.ReplaceAll(w, "_", " ")] = true
	}
	return m
}

// verbForm tells a past form or participle from the others.
type verbForm uint8

const (
	base verbForm = iota
	past
	gerund
)

type lemmaForm struct {
	lemma string
	form  verbForm
}

// lemmas are the verbs that patterns hang on, with their irregular forms;
// regular forms are made from the lemma.
var lemmas = makeLemmas(map[string]string{
	"meet": "met", "hold": "held", "speak": "spoke spoken", "take": "took taken", "leave": "left", "quit": "quit", "become": "became",
	"withdraw": "withdrew withdrawn", "have": "had", "pay": "paid", "begin": "began", "raise": "", "lead": "led", "bring": "brought", "belong": "",
	"give": "gave given", "foresee": "foresaw foreseen", "spell": "spelt", "make": "made", "put": "put", "comprise": "", "deal": "dealt", "set": "set", "say": "said", "tell": "told", "draw": "drew", "swear": "swore sworn", "run": "ran run", "sit": "sat", "come": "came", "build": "built", "do": "did done", "bind": "bound", "bear": "bore borne", "drop": "dropped", "lay": "laid", "dwell": "dwelt", "plead": "pleaded pled",
}, `sign initial adopt approve endorse ratify accede conclude host organise organize convene co-host co-organise co-organize co-convene attend address participate chair co-chair preside open inaugurate
	receive welcome confer talk grant host join denounce abandon replace succeed supersede amend cooperate co-operate collaborate partner coordinate work cover include
	encompass regulate concern focus devote relate envisage provide discuss review stress underline underscore emphasise emphasize highlight exchange
	inform brief note touch express reaffirm reiterate praise thank mention outline consult explore agree launch represent accompany accept deposit head
	deliver visit converse establish name elect appoint count call affirm commend discuss consider examine evoke recall present report gather moderate close
	commit place pledge condemn point acquaint applaud argue urge share release rejoin assume institute compose found ink renew occupy serve end start finish wrap kick admit group unite exit walk pull depart rescind implement carry conduct operate manage develop fund finance train maintain undertake execute pursue designate confirm install re-elect reappoint reelect relieve follow hand`+" "+speechLemmas)

func makeLemmas(irregular map[string]string, regular string) map[string]lemmaForm {
	m := map[string]lemmaForm{}
	for lemma, forms := range irregular {
		inflect(m, lemma)
		for _, f := range strings.Fields(forms) {
			m[f] = lemmaForm{lemma, past}
		}
	}
	for _, lemma := range strings.Fields(regular) {
		inflect(m, lemma)
	}
	return m
}

// inflect puts the regular forms of a verb.
func inflect(m map[string]lemmaForm, lemma string) {
	stem, s := lemma, "s"
	switch {
	case strings.HasSuffix(lemma, "y") && !strings.ContainsAny(lemma[len(lemma)-2:len(lemma)-1], "aeo"):
		m[lemma[:len(lemma)-1]+"ied"], m[lemma[:len(lemma)-1]+"ies"] = lemmaForm{lemma, past}, lemmaForm{lemma, base}
	case strings.HasSuffix(lemma, "e"):
		stem = lemma[:len(lemma)-1]
	case strings.HasSuffix(lemma, "ss") || strings.HasSuffix(lemma, "ch") || strings.HasSuffix(lemma, "sh"):
		s = "es"
	case lemma == "confer" || lemma == "run" || lemma == "sit" || lemma == "wrap" || lemma == "admit" || lemma == "quit" || lemma == "commit":
		stem = lemma + lemma[len(lemma)-1:]
	}
	put := func(form string, f verbForm) {
		if _, taken := m[form]; !taken {
			m[form] = lemmaForm{lemma, f}
		}
	}
	put(lemma, base)
	put(lemma+s, base)
	put(stem+"ed", past)
	put(stem+"ing", gerund)
}

// lemmaOf finds the verb of a word. The spelling "recieved" is common enough to be read.
func lemmaOf(w string) (string, verbForm, bool) {
	f, ok := lemmas[strings.Replace(w, "cie", "cei", 1)]
	if !ok || ok && w == "concerning" {
		f, ok = lemmas[w]
	}
	return f.lemma, f.form, ok
}

var (
	passiveAux = words("was were been being be is are")
	activeAux  = words("has have had having did does do got")
	negations  = words("not never n't neither nor without cannot failed refused declined no")
	modals     = words("will would should may might could shall can must 'll")
	adverbs    = words("also hereby thereby then yet formally officially jointly recently today yesterday further first now later already both again only just once all too still even later")
	realTo     = words("honored continued agreed_upon pleased happy proud honoured continue met able began used came went started decided")
	intentions = words(`plan plans planned hope hopes hoped expected expects intend intends intended invited wish wishes wished want wants wanted ready
		urged called calls proposed propose willingness readiness refuses refused unable asked offer offered postponed cancelled deferred prepared aims aim seek sought envisaged scheduled`)
	cooperation    = words("cooperate co-operate collaborate partner coordinate")
	happens        = words("open close end begin start come finish wrap kick") // what events do by themselves
	senders        = words("republic kingdom government governments state sultanate principality representatives delegations delegates officials ministers experts heads leaders officers envoys delegation ambassadors")
	determiners    = words("the a an its their his her this that these those our both all each said any some no")
	courtesy       = words("mr mr. ms ms. mrs mrs. dr dr. prof prof. h.e. hon. sir dame")
	adjectives     = words("new two three former outgoing joint first second other respective four five several many high-level annual then newly visiting late following outstanding founding foreign prime")
	prepositions   = words("of in on at with by for from to between under during after before within through against about into across among upon over without towards regarding concerning via as behalf near including than except excluding besides")
	clauseStarts   = words("which who whose while whereas but where when because although though that if since as")
	participleNext = words("by in on at between with to last this from yesterday today earlier as under")
	plural         = words("have were are include cover belong relate address concern belonged")
	delegations    = words("delegation side government authorities delegations party governments team officials mission embassy parliament")
	capitalActs    = words("and between ,")
	listSkips      = words(`of_ , and the & as well a an both also his her its " “ ” ( ) : representatives of from delegations together alike 's h.e. host hosts government governments`)
	objectSkips    = words("four five six seven eight nine ten i.e. namely with to by on between a an new his her several leaders ministers heads officials experts members former then delegation delegations among others in for")
)
