package text

// Tag is the part of speech of a token: those of Universal Dependencies, with
// VERB parted into its forms.
type Tag uint8

// The tags.
const (
	Untagged          Tag = iota
	Adjective             // ADJ
	Adposition            // ADP: "of", "with"
	Adverb                // ADV
	Auxiliary             // AUX: "has", "will", and "is" as a copula
	Conjunction           // CCONJ: "and"
	Determiner            // DET
	Interjection          // INTJ
	Noun                  // NOUN
	Numeral               // NUM
	Particle              // PART: "to" before a verb, "not", "'s"
	Pronoun               // PRON
	ProperNoun            // PROPN
	Punctuation           // PUNCT
	Subordinator          // SCONJ: "that", "because"
	Symbol                // SYM
	Finite                // VERB, VerbForm=Fin: "signed", "meets"
	Infinitive            // VERB, VerbForm=Inf: "to sign", "will meet"
	PastParticiple        // VERB, VerbForm=Part, past: "was signed", "the treaty signed in"
	PresentParticiple     // VERB, VerbForm=Part or Ger: "signing"
	Unclassed             // X
)

// TagNames are the universal tags' names, with the form of a verb that is not finite.
var TagNames = [...]string{"", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
	"VERB", "VERB:Inf", "VERB:Past", "VERB:Pres", "X"}

func (t Tag) String() string { return TagNames[t] }

// Verb tells whether the tag is one of the verb's.
func (t Tag) Verb() bool { return t >= Finite && t <= PresentParticiple }

// Nominal tells whether the tag is that of a noun or a name.
func (t Tag) Nominal() bool { return t == Noun || t == ProperNoun }
