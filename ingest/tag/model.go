package tag

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/entente-kg/entente/ingest/text"
)

//go:embed weights/tagger.bin
var weights []byte

// Weights are the bytes of the built-in weights; the extractor's version depends on them.
func Weights() []byte { return weights }

// A model is a dictionary and a table from features to weights.
//
// The table is an array of buckets with room for four features each. A feature's
// hash tells its bucket and the 16 bits by which it is known there; what is in no
// bucket was too rare in training and weighs nothing. A row holds one weight for
// every tag, a byte each, counted from 128: eight are added at once, and the 128s are the
// same for every tag.
//
// The file: magic, the length of the dictionary, the number of buckets (both
// uint32, little endian), the dictionary's lines ("the\tDET"), the marks of all
// rows (uint16), the rows.
type model struct {
	lexicon map[string]senses
	buckets uint64
	marks   []byte
	rows    []byte
}

const (
	magic      = "EntenteTags1\n"
	bucketRows = 4
	rowBytes   = classes
	headBytes  = len(magic) + 8
)

func loadModel(b []byte) (model, error) {
	if len(b) < headBytes || string(b[:len(magic)]) != magic {
		return model{}, errors.New("tagger: these are no weights")
	}
	dictionary := int(binary.LittleEndian.Uint32(b[len(magic):]))
	buckets := int(binary.LittleEndian.Uint32(b[len(magic)+4:]))
	if rows := buckets * bucketRows; len(b) != headBytes+dictionary+rows*(2+rowBytes) {
		return model{}, fmt.Errorf("tagger: %d bytes of weights for %d rows", len(b), rows)
	}
	lines, table := string(b[headBytes:headBytes+dictionary]), b[headBytes+dictionary:]
	m := model{lexicon: map[string]senses{}, buckets: uint64(buckets), marks: table[:buckets*bucketRows*2], rows: table[buckets*bucketRows*2:]}
	for line := range strings.Lines(lines) {
		word, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		var tags senses
		for tag := range strings.SplitSeq(name, " ") {
			t, known := parse(tag)
			if !known {
				return model{}, fmt.Errorf("tagger: lexicon: unknown tag %q", tag)
			}
			tags |= 1 << t
		}
		m.lexicon[word] = tags
	}
	return m, nil
}

// senses is the set of tags that a word has; with [text.Untagged], not only these.
type senses uint32

// only is the tag of a word that has but one.
func (s senses) only() (text.Tag, bool) {
	return text.Tag(bits.TrailingZeros32(uint32(s))), s != 0 && s&(s-1) == 0
}

func (s senses) String() string {
	var out []string
	for t := text.Untagged; t <= text.Unclassed; t++ {
		if s&(1<<t) != 0 {
			out = append(out, t.String())
		}
	}
	return strings.Join(out, " ")
}

// parse is the tag of that name.
func parse(name string) (text.Tag, bool) {
	t := slices.Index(text.TagNames[:], name)
	return text.Tag(t), t >= 0
}

// bucket is where the feature would be, and mark how it is known there.
func bucket(feature, buckets uint64) (at uint64, mark uint64) {
	at, _ = bits.Mul64(feature, buckets)
	return at, max(feature&0xffff, 1)
}

// row finds the row of a feature, or -1.
func (m *model) row(feature uint64) int {
	at, mark := bucket(feature, m.buckets)
	const ones = 0x0001000100010001
	x := binary.LittleEndian.Uint64(m.marks[at*bucketRows*2:]) ^ mark*ones
	zero := (x - ones) &^ x & (ones << 15)
	if zero == 0 {
		return -1
	}
	return int(at)*bucketRows + bits.TrailingZeros64(zero)/16
}

// best is the tag for which the features speak most; of equals the first.
func (m *model) best(features *[featureCount]uint64) text.Tag {
	const lanes = 0x00ff00ff00ff00ff
	var a0, a1, b0, b1, c0, c1 uint64 // four sums of 16 bits each
	for _, f := range features {
		i := m.row(f)
		if i < 0 {
			continue
		}
		row := m.rows[i*rowBytes : (i+1)*rowBytes]
		a, b, c := binary.LittleEndian.Uint64(row), binary.LittleEndian.Uint64(row[8:]), uint64(binary.LittleEndian.Uint32(row[16:]))
		a0, a1 = a0+a&lanes, a1+a>>8&lanes
		b0, b1 = b0+b&lanes, b1+b>>8&lanes
		c0, c1 = c0+c&lanes, c1+c>>8&lanes
	}
	top, most := 0, uint64(0)
	for t := range classes {
		sum := [3][2]uint64{{a0, a1}, {b0, b1}, {c0, c1}}[t/8][t%2] >> (t % 8 / 2 * 16) & 0xffff
		if sum > most {
			top, most = t, sum
		}
	}
	return tagOf(top)
}
