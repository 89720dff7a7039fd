package tag_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/entente-kg/entente/ingest/tag"
	"github.com/entente-kg/entente/ingest/text"
)

func newTagger(tb testing.TB) *tag.Tagger {
	tb.Helper()
	t, err := tag.New()
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// tagged writes the tokens of one sentence with their tags.
func tagged(t *tag.Tagger, s string) string {
	tokens := text.Tokens(s)
	t.Tag(tokens)
	var out []string
	for _, k := range tokens {
		out = append(out, k.Text+"/"+k.Tag.String())
	}
	return strings.Join(out, " ")
}

func Example() {
	t, _ := tag.New()
	fmt.Println(tagged(t, "The treaty signed in Lima was approved."))
	// Output: The/DET treaty/NOUN signed/VERB:Past in/ADP Lima/PROPN was/AUX approved/VERB:Past ./PUNCT
}

func TestTag(t *testing.T) {
	tagger := newTagger(t)
	cases := []struct{ name, text, want string }{
		{"finite and participle", "The ministers signed the accord negotiated by their deputies.",
			"The/DET ministers/NOUN signed/VERB the/DET accord/NOUN negotiated/VERB:Past by/ADP their/PRON deputies/NOUN ./PUNCT"},
		{"a noun of a verb's form", "They welcomed the visit and the talks.", "They/PRON welcomed/VERB the/DET visit/NOUN and/CCONJ the/DET talks/NOUN ./PUNCT"},
		{"infinitive", "Both sides agreed to visit the plant.", "Both/DET sides/NOUN agreed/VERB to/PART visit/VERB:Inf the/DET plant/NOUN ./PUNCT"},
		{"genitive", "Norland's envoy arrived.", "Norland/PROPN 's/PART envoy/NOUN arrived/VERB ./PUNCT"},
		{"capitals", "MINISTERS SIGN AGREEMENT ON TRADE", "MINISTERS/NOUN SIGN/VERB AGREEMENT/NOUN ON/ADP TRADE/NOUN"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := tagged(tagger, c.text); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestTagOddTokens(t *testing.T) {
	tagger := newTagger(t)
	for _, s := range []string{"", "é", "’s", "\x00", strings.Repeat("many ", 500)} {
		tokens := text.Tokens(s)
		tagger.Tag(tokens)
		for _, k := range tokens {
			if k.Tag == text.Untagged {
				t.Errorf("%q: %q has no tag", s, k.Text)
			}
		}
	}
}

func TestTagAllocatesNothing(t *testing.T) {
	tagger, tokens := newTagger(t), text.Tokens("The two ministers met in Vienna and reviewed the framework agreement.")
	if n := testing.AllocsPerRun(10, func() { tagger.Tag(tokens) }); n != 0 {
		t.Errorf("%v allocations a sentence, want none", n)
	}
}

func TestLoadRefusesWhatIsNoModel(t *testing.T) {
	for name, b := range map[string][]byte{"nothing": nil, "other bytes": []byte("a file of another kind"), "cut off": tag.Weights()[:100_000]} {
		if _, err := tag.Load(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func BenchmarkTag(b *testing.B) {
	tagger := newTagger(b)
	tokens := text.Tokens("On the margins of the summit, the Foreign Minister of Norland and her counterpart discussed regional security, reviewed the implementation of last year's memorandum, and agreed to hold the next round of consultations in the spring.")
	for b.Loop() {
		tagger.Tag(tokens)
	}
	b.ReportMetric(float64(b.N*len(tokens))/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newTagger(b)
	}
}
