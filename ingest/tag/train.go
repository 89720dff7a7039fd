package tag

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

// Example is a sentence whose tokens have their true tags.
type Example []text.Token

// Training says how to train; the zero value trains what is built in.
type Training struct {
	Buckets int // of the table, four features each
	Rounds  int // over all examples
}

// Train learns weights from examples. The same examples give the same bytes.
func Train(examples []Example, how Training) []byte {
	how.Buckets, how.Rounds = cmp.Or(how.Buckets, 24<<10), cmp.Or(how.Rounds, 10)
	l := learner{examples: slices.Clone(examples)}
	l.lexicon = lexicon(examples)
	l.model = model{lexicon: l.lexicon, buckets: uint64(how.Buckets), marks: l.choose(how.Buckets)}
	l.weights, l.sums = make([][classes]int32, how.Buckets*bucketRows), make([][classes]int64, how.Buckets*bucketRows)
	random := uint64(1)
	for range how.Rounds {
		shuffle(l.examples, &random)
		for _, e := range l.examples {
			l.learn(e)
		}
	}
	return l.file()
}

const (
	lexiconCount = 4   // how often a word of the lexicon occurs at least
	lexiconShare = 50  // of 1000 occurrences have each of its tags at least
	sureCount    = 30  // how often a word occurs at least that is not tagged but looked up
	sureShare    = 998 // of 1000 occurrences have its tag
)

// lexicon lists the tags of words that are not rare.
func lexicon(examples []Example) map[string]senses {
	counts := map[string]*[classes]int{}
	for _, e := range examples {
		for _, t := range e {
			if counts[t.Lower] == nil {
				counts[t.Lower] = new([classes]int)
			}
			counts[t.Lower][t.Tag-1]++
		}
	}
	found := map[string]senses{}
	for word, c := range counts {
		all := 0
		for _, n := range c {
			all += n
		}
		if all < lexiconCount || strings.ContainsAny(word, "\t\n") {
			continue
		}
		s, sure := senses(0), false
		for t, n := range c {
			if n*1000 >= all*lexiconShare {
				s |= 1 << tagOf(t)
			}
			sure = sure || all >= sureCount && n*1000 >= all*sureShare
		}
		if !sure {
			s |= 1 << text.Untagged
		}
		found[word] = s
	}
	return found
}

// learner holds what is learnt: of every row of the table the weights now, and
// what to take off them for the mean over all steps.
type learner struct {
	model
	examples []Example
	weights  [][classes]int32
	sums     [][classes]int64
	step     int64
}

// choose counts all features and gives every bucket its most frequent ones.
func (l *learner) choose(buckets int) []byte {
	counts := map[uint64]int{}
	for _, e := range l.examples {
		w := newWindow(l.lexicon, e)
		for i := range e {
			if _, known := w.word.senses.only(); !known {
				for _, f := range w.features() {
					counts[f]++
				}
			}
			w.next(e[i].Tag)
		}
	}
	order := make([]uint64, 0, len(counts))
	for f, n := range counts {
		if n > 1 {
			order = append(order, f)
		}
	}
	slices.SortFunc(order, func(a, b uint64) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	full, marks := make([]int, buckets), make([]byte, buckets*bucketRows*2)
	for _, f := range order {
		if at, mark := bucket(f, uint64(buckets)); full[at] < bucketRows {
			binary.LittleEndian.PutUint16(marks[(int(at)*bucketRows+full[at])*2:], uint16(mark))
			full[at]++
		}
	}
	return marks
}

// learn goes over one sentence with the tags that it finds itself.
func (l *learner) learn(e Example) {
	w := newWindow(l.lexicon, e)
	for i := range e {
		got, known := w.word.senses.only()
		if !known {
			got = l.guess(&w, e[i].Tag)
		}
		w.next(got)
	}
}

// guess tags one token, and learns if the tag is wrong.
func (l *learner) guess(w *window, want text.Tag) text.Tag {
	l.step++
	var rows [featureCount]int
	var score [classes]int32
	for i, f := range w.features() {
		rows[i] = l.row(f)
		if rows[i] >= 0 {
			for t, v := range &l.weights[rows[i]] {
				score[t] += v
			}
		}
	}
	got := 0
	for t, v := range score {
		if v > score[got] {
			got = t
		}
	}
	if tagOf(got) == want {
		return want
	}
	for _, r := range rows {
		if r >= 0 {
			l.weights[r][want-1]++
			l.sums[r][want-1] += l.step
			l.weights[r][got]--
			l.sums[r][got] -= l.step
		}
	}
	return tagOf(got)
}

// mean is the mean of a weight over all steps, times the number of steps.
func (l *learner) mean(row, t int) int64 {
	return int64(l.weights[row][t])*l.step - l.sums[row][t]
}

// file writes the model with its weights rounded to a byte each.
func (l *learner) file() []byte {
	var words []string
	for w, s := range l.lexicon {
		words = append(words, w+"\t"+s.String()+"\n")
	}
	slices.Sort(words)
	lines := strings.Join(words, "")
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(lines)))
	out = binary.LittleEndian.AppendUint32(out, uint32(l.buckets))
	out = append(out, lines...)
	out = append(out, l.marks...)
	unit := l.unit()
	for r := range l.weights {
		for t := range l.weights[r] {
			out = append(out, byte(128+rounded(l.mean(r, t), unit)))
		}
	}
	return out
}

// unit is the mean that becomes 1: so large that only one weight of a thousand that
// matter is cut off at 127.
func (l *learner) unit() int64 {
	var sizes []int64
	for r := range l.weights {
		for t := range l.weights[r] {
			if m := l.mean(r, t); m != 0 {
				sizes = append(sizes, max(m, -m))
			}
		}
	}
	if len(sizes) == 0 {
		return 1
	}
	slices.Sort(sizes)
	return max(1, sizes[len(sizes)-1-len(sizes)/1000]/127)
}

// rounded divides to the nearest and keeps to what a byte holds.
func rounded(v, unit int64) int64 {
	if v < 0 {
		return -rounded(-v, unit)
	}
	return min(127, (v+unit/2)/unit)
}

// shuffle is Fisher and Yates's with Marsaglia's xorshift: the same on every machine.
func shuffle(list []Example, random *uint64) {
	for i := len(list) - 1; i > 0; i-- {
		*random ^= *random << 13
		*random ^= *random >> 7
		*random ^= *random << 17
		j := int(*random % uint64(i+1))
		list[i], list[j] = list[j], list[i]
	}
}
