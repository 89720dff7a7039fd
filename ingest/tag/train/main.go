// Train learns the tagger's weights from treebanks:
//
//	go run ./ingest/tag/train ../shared/data
//
// The folder holds ud-english-ewt/ and gum/ as weights/README.md describes them. The program
// does four things:
//
//   - It reads the sentences of the training parts in CoNLL-U (treebank.go), of GUM only those of
//     genres whose licence lets a model be given away.
//   - It lays our tokens over the treebank's. Where the two cut otherwise ("can", "not" and "cannot") a
//     token of ours has the tag of the word that heads it. Some sentences are shown a second time in
//     capitals and as titles are written, because headings are so and treebanks have few.
//   - It calls [tag.Train], which is the learner itself, and knows nothing of files.
//   - It prints how many tokens the weights tag rightly in the development parts of both, which
//     train nothing, and writes tagger.bin into ingest/tag/weights.
//
// There is one random number generator, seeded with 1, and all numbers are integers: the same files give the
// same bytes on every machine, which `ENTENTE_LONG=1 go test ./ingest/tag/train` shows. New weights are a
// new version of the extractor, because a hash over them is part of it; `go test ./ingest -run Cases -update` and the
// diff then tell what is read otherwise.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/entente-kg/entente/ingest/tag"
	"github.com/entente-kg/entente/ingest/text"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "train: error:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: train DATA")
	}
	examples, err := trainingExamples(args[0])
	if err != nil {
		return err
	}
	weights := tag.Train(examples, tag.Training{})
	for _, name := range []string{"ewt", "gum"} {
		held, err := heldOut(args[0], name)
		if err != nil {
			return err
		}
		if err := report(name, weights, held); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join("ingest", "tag", "weights", "tagger.bin"), weights, 0o644)
}

// gumGenres are the genres of GUM whose licences let a model be given away.
var gumGenres = []string{"academic", "bio", "court", "interview", "news", "voyage"}

// gumHeldOut are GUM's own development documents of those genres: they are for measuring.
var gumHeldOut = strings.Fields(`academic_exposure academic_librarians bio_byron bio_emperor court_loan court_negligence interview_cyclone
	interview_gaming news_homeopathic news_iodine voyage_athens voyage_coron`)

// gumTest are GUM's test documents of those genres.
var gumTest = strings.Fields(`academic_discrimination academic_eegimaa bio_dvorak bio_jespersen court_insanity court_mitigation interview_hill
	interview_libertarian news_nasa news_sensitive`)

// trainingExamples reads the sentences that train.
func trainingExamples(data string) ([]tag.Example, error) {
	sentences, err := readFiles(filepath.Join(data, "ud-english-ewt", "en_ewt-ud-train.rebuilt.conllu"))
	if err != nil {
		return nil, err
	}
	gum, err := gumFiles(data, false)
	if err != nil {
		return nil, err
	}
	more, err := readFiles(gum...)
	return examples(append(sentences, more...)), err
}

// heldOut reads the sentences of one treebank that measure.
func heldOut(data, name string) ([]sentence, error) {
	if name == "ewt" {
		return readFiles(filepath.Join(data, "ud-english-ewt", "en_ewt-ud-dev.conllu"))
	}
	files, err := gumFiles(data, true)
	if err != nil {
		return nil, err
	}
	return readFiles(files...)
}

// gumFiles lists the documents of the permitted genres that train, or that measure.
func gumFiles(data string, measure bool) ([]string, error) {
	var out []string
	for _, genre := range gumGenres {
		files, err := filepath.Glob(filepath.Join(data, "gum", "dep", "GUM_"+genre+"_*.conllu"))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("no documents of GUM's genre %s in %s: %w", genre, data, err)
		}
		for _, f := range files {
			document := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), "GUM_"), ".conllu")
			if !slices.Contains(gumTest, document) && slices.Contains(gumHeldOut, document) == measure {
				out = append(out, f)
			}
		}
	}
	return out, nil
}

func readFiles(files ...string) ([]sentence, error) {
	var out []sentence
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		s, err := readTreebank(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, s...)
	}
	return out, nil
}

// examples makes each sentence an example as our tokeniser cuts it, and as the
// treebank does where that differs. One of eight is seen once more in capitals, one
// of eight as a title, so that headings are read as well.
func examples(sentences []sentence) []tag.Example {
	var out []tag.Example
	for i, s := range sentences {
		ours, theirs := s.asTokenised(), s.asTreebank()
		out = append(out, ours)
		if !slices.EqualFunc(ours, theirs, func(a, b text.Token) bool { return a.Span == b.Span }) {
			out = append(out, theirs)
		}
		switch i % 8 {
		case 0:
			out = append(out, recased(ours, strings.ToUpper))
		case 4:
			out = append(out, recased(ours, titled))
		}
	}
	return out
}

// recased is the example with its words written otherwise.
func recased(e tag.Example, change func(string) string) tag.Example {
	out := slices.Clone(e)
	for i, t := range e {
		out[i] = token(change(t.Text))
		out[i].Span, out[i].Tag = t.Span, t.Tag
	}
	return out
}

// titled is a word as it stands in a title.
func titled(w string) string {
	if len(w) < 4 {
		return w
	}
	first := string(firstRune(w))
	return strings.ToUpper(first) + w[len(first):]
}

// report prints how many of the tags of sentences are right.
func report(name string, weights []byte, sentences []sentence) error {
	t, err := tag.Load(weights)
	if err != nil {
		return err
	}
	for _, m := range measures {
		right, fine, all := accuracy(t, sentences, m.as)
		fmt.Printf("%s, %s: universal tags %d.%02d %%, with verb forms %d.%02d %% of %d\n", name, m.name,
			right*100/all, right*10000/all%100, fine*100/all, fine*10000/all%100, all)
	}
	return nil
}

// measures are the ways in which the sentences are put to the tagger.
var measures = []struct {
	name string
	as   func(sentence) tag.Example
}{
	{"the treebank's tokens", sentence.asTreebank},
	{"our tokens", sentence.asTokenised},
	{"our tokens in capitals", func(s sentence) tag.Example { return recased(s.asTokenised(), strings.ToUpper) }},
	{"our tokens as a title", func(s sentence) tag.Example { return recased(s.asTokenised(), titled) }},
}

// accuracy counts the tags that are right, without and with the forms of verbs.
func accuracy(t *tag.Tagger, sentences []sentence, as func(sentence) tag.Example) (right, fine, all int) {
	for _, s := range sentences {
		e := as(s)
		tokens := slices.Clone(e)
		t.Tag(tokens)
		for i := range e {
			want, got := e[i].Tag, tokens[i].Tag
			all++
			if want == got {
				fine++
			}
			if want == got || want.Verb() && got.Verb() {
				right++
			}
		}
	}
	return right, fine, all
}
