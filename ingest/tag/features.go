package tag

import (
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// word is what the features ask of one token.
type word struct {
	senses           senses
	lower            uint64 // hash of the word in small letters
	end2, end3, end4 uint64 // its last bytes
	begin2, begin3   uint64 // its first bytes
	shape            uint64 // its capitals and marks, with the kind of sentence that it stands in
}

// window goes over the tokens of a sentence and knows the words around the
// current one and the tags that have been decided.
type window struct {
	lexicon                     map[string]senses
	tokens                      []text.Token
	at                          int
	style                       uint64 // whether the sentence is a heading
	before, word, after, after2 word
	tag2, tag1                  uint64 // the two tags before; 0 before the sentence
	list                        [featureCount]uint64
}

func newWindow(lexicon map[string]senses, tokens []text.Token) window {
	w := window{lexicon: lexicon, tokens: tokens, style: style(tokens)}
	w.before = word{lower: 2}
	w.word, w.after, w.after2 = w.look(0), w.look(1), w.look(2)
	return w
}

// next moves on by one token, of which the tag has been decided.
func (w *window) next(t text.Tag) {
	w.at++
	w.before, w.word, w.after, w.after2 = w.word, w.after, w.after2, w.look(w.at+2)
	w.tag2, w.tag1 = w.tag1, uint64(t)
}

// look describes the token at i.
func (w *window) look(i int) word {
	if i >= len(w.tokens) {
		return word{lower: uint64(3 + i - len(w.tokens))}
	}
	t := &w.tokens[i]
	s := t.Lower
	return word{w.lexicon[s], hash(s), suffix(s, 2), suffix(s, 3), suffix(s, 4), prefix(s, 2), prefix(s, 3), w.shape(t)}
}

func (w *window) shape(t *text.Token) uint64 {
	shape := uint64(t.Shape) | w.style<<3
	if t.Shape == text.Punct {
		return shape
	}
	if strings.IndexByte(t.Lower, '-') > 0 {
		shape |= 1 << 5
	}
	if strings.IndexByte(t.Lower, '.') > 0 {
		shape |= 1 << 6
	}
	if last := t.Lower[len(t.Lower)-1]; last >= '0' && last <= '9' {
		shape |= 1 << 7
	}
	return shape
}

// The styles of a sentence: what a capital tells in it.
const (
	running  = iota // capitals tell names
	titled          // "Joint Statement on the Future of the Partnership"
	capitals        // "JOINT STATEMENT"
)

// style tells whether a sentence is a heading, in which capitals say little: one
// of its words of five letters and more begins with a small letter in running text.
func style(tokens []text.Token) uint64 {
	upper, capital := 0, 0
	for i := range tokens {
		switch t := &tokens[i]; {
		case t.Shape == text.Small && len(t.Text) > 4:
			return running
		case t.Shape == text.Small:
			upper--
		case t.Shape == text.Upper:
			upper++
			capital++
		case t.Shape == text.Capital:
			upper--
			capital++
		}
	}
	switch {
	case upper > 1:
		return capitals
	case capital > 2:
		return titled
	}
	return running
}

// features lists the features of the current token, one for each template.
func (w *window) features() *[featureCount]uint64 {
	b, c, d, e := &w.before, &w.word, &w.after, &w.after2
	t1, t2 := w.tag1, w.tag1<<5|w.tag2
	w.list = [featureCount]uint64{
		mix(0, c.lower, 0),
		mix(1, c.end2, 0),
		mix(2, c.end3, 0),
		mix(3, c.end4, 0),
		mix(4, c.begin2, c.shape),
		mix(5, c.begin3, 0),
		mix(6, c.shape, t1),
		mix(7, c.shape<<16|b.shape<<8|d.shape, 0),
		mix(8, t2, 0),
		mix(9, t1, c.lower),
		mix(10, t2, c.end3),
		mix(11, t1, d.lower),
		mix(12, b.lower, 0),
		mix(13, d.lower, 0),
		mix(14, e.lower, 0),
		mix(15, b.lower, c.lower),
		mix(16, c.lower, d.lower),
		mix(17, b.lower, d.lower),
		mix(18, b.end3, 0),
		mix(19, d.end3, e.end2),
		mix(20, t2, c.lower),
		mix(21, uint64(d.senses), t1),
		mix(22, uint64(c.senses), uint64(d.senses)),
		mix(23, uint64(c.senses), t2),
		mix(24, uint64(d.senses), c.lower),
	}
	return &w.list
}

const featureCount = 25

// hash is FNV-1a.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// mix hashes a template's number with its two values.
func mix(template, a, b uint64) uint64 {
	h := (a ^ template*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd
	h = (h ^ h>>32 ^ b*0xd6e8feb86659fd93) * 0xc4ceb9fe1a85ec53
	return h ^ h>>29
}

// suffix is the last n bytes of s as a number.
func suffix(s string, n int) uint64 {
	v := uint64(0)
	for i := max(0, len(s)-n); i < len(s); i++ {
		v = v<<8 | uint64(s[i])
	}
	return v
}

// prefix is the first n bytes of s as a number.
func prefix(s string, n int) uint64 {
	v := uint64(0)
	for i := 0; i < min(n, len(s)); i++ {
		v = v<<8 | uint64(s[i])
	}
	return v
}
