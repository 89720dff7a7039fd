package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/ingest/tag"
)

// shared holds the treebanks, which are no part of the repository.
var shared = filepath.Join("..", "..", "..", "..", "shared", "data")

// sample is a treebank of invented sentences: number, word, lemma, tag, language's tag, features, head, relation, then two columns that nobody reads.
const sample = `# text = They don't sign high-level accords.
1	They	_	PRON	_	_	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	_	AUX	_	_	4	aux	_	_
3	n't	_	PART	_	_	4	advmod	_	_
4	sign	_	VERB	_	VerbForm=Inf	0	root	_	_
5	high	_	ADJ	_	_	7	amod	_	_
6	-	_	PUNCT	_	_	5	punct	_	_
7	level	_	NOUN	_	_	8	compound	_	_
8	accords	_	NOUN	_	_	4	obj	_	_
9	.	_	PUNCT	_	_	4	punct	_	_

# text = The accord was signed.
1	The	_	DET	_	_	2	det	_	_
2	accord	_	NOUN	_	_	4	nsubj:pass	_	_
3	was	_	AUX	_	_	4	aux:pass	_	_
4	signed	_	VERB	_	Tense=Past|VerbForm=Part|Voice=Pass	0	root	_	_
5	.	_	PUNCT	_	_	4	punct	_	_

`

func TestTokensOfTheTreebankAndOurs(t *testing.T) {
	sentences, err := readTreebank(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		got        tag.Example
	}{
		{"theirs", "They/PRON do/AUX n't/PART sign/VERB:Inf high/ADJ -/PUNCT level/NOUN accords/NOUN ./PUNCT", sentences[0].asTreebank()},
		{"ours", "They/PRON don't/AUX sign/VERB:Inf high-level/ADJ accords/NOUN ./PUNCT", sentences[0].asTokenised()},
	} {
		var words []string
		for _, k := range c.got {
			words = append(words, k.Text+"/"+k.Tag.String())
		}
		if got := strings.Join(words, " "); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestReadTreebankRefusesOtherFiles(t *testing.T) {
	for _, s := range []string{"no columns\n", "# text = Yes\n1\tNo\t_\tINTJ\t_\t_\t0\troot\t_\t_\n", "# text = Yes\n1\tYes\t_\tWORD\t_\t_\t0\troot\t_\t_\n"} {
		if _, err := readTreebank(strings.NewReader(s)); err == nil {
			t.Errorf("%q: no error", s)
		}
	}
}

func TestTrainingRepeats(t *testing.T) {
	train := func() []byte {
		sentences, err := readTreebank(strings.NewReader(strings.Repeat(sample, 20)))
		if err != nil {
			t.Fatal(err)
		}
		return tag.Train(examples(sentences), tag.Training{Buckets: 64, Rounds: 3})
	}
	first := train()
	if !bytes.Equal(first, train()) {
		t.Error("two trainings on the same sentences gave different weights")
	}
	tagger, err := tag.Load(first)
	if err != nil {
		t.Fatal(err)
	}
	sentences, _ := readTreebank(strings.NewReader(sample))
	if right, _, all := accuracy(tagger, sentences, sentence.asTreebank); right != all {
		t.Errorf("%d of %d tags of what was learnt are right", right, all)
	}
}

func TestBuiltInWeightsAreReproduced(t *testing.T) {
	if os.Getenv("ENTENTE_LONG") != "1" {
		t.Skip("trains for some seconds: set ENTENTE_LONG=1")
	}
	needShared(t)
	examples, err := trainingExamples(shared)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(tag.Train(examples, tag.Training{}), tag.Weights()) {
		t.Error("the treebanks do not give the built-in weights: run `go run ./ingest/tag/train` and look at what it reports")
	}
}

// TestAccuracy measures the built-in weights on the treebanks' development parts.
func TestAccuracy(t *testing.T) {
	needShared(t)
	tagger, err := tag.New()
	if err != nil {
		t.Fatal(err)
	}
	floors := map[string][]int{"ewt": {940, 935, 925, 920}, "gum": {945, 945, 920, 920}} // of 1000, by measure
	for _, treebank := range []string{"ewt", "gum"} {
		sentences, err := heldOut(shared, treebank)
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range measures {
			right, _, all := accuracy(tagger, sentences, m.as)
			if right*1000 < all*floors[treebank][i] {
				t.Errorf("%s, %s: %d of %d tags are right, want %d of 1000", treebank, m.name, right, all, floors[treebank][i])
			}
		}
	}
}

func needShared(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(shared); err != nil {
		t.Skipf("no treebanks beside the repository: %v", err)
	}
}
