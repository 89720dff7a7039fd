// Lexicon counts which words of diplomatic prose are no names:
//
//	go run ./ingest/mention/lexicon ../shared/data
//
// A capitalised phrase that no title, honorific or head noun explains may be a person ("Maya Orla")
// or a few ordinary words at the head of a sentence or in a heading ("Shared Waters"). What
// tells them apart is whether writers use its words in small letters too. So the program reads
// running text and counts for each word how often it stands in small letters and how often
// with a capital; a word is common if the small ones are not rare beside the others. Misprints
// are many among short words, which must therefore be frequent. The limits stand at
// [counts.common], and were chosen on documents that may be read, not on those that score.
//
// It writes common.txt beside itself, sorted, one word a line. The mention stage builds it in and asks it
// in many places, always "is this word one that a name would not have?"; a word more makes fewer
// names, a word less makes more. The texts are in the public domain, and the list holds
// single words only; README.md names the sources. The same texts give the same file, whatever
// the order in which a disk lists them, because only sums are kept.
//
// To change what is common, change the sources or the limits, run the command, and score
// with `go test ./ingest/quality -v`: the list weighs on persons first, then on organisations.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sources are the folders of texts in the public domain.
var sources = []string{"ungdc/TXT", "wh-joint-statements/docs", "wh-readouts-dev/docs", "open-treaties/data"}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "lexicon: error:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: lexicon DATA")
	}
	seen := counts{}
	for _, source := range sources {
		root := filepath.Join(args[0], filepath.FromSlash(source))
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			seen.read(string(b))
			return err
		})
		if err != nil {
			return err
		}
	}
	out := strings.Join(seen.common(), "\n") + "\n"
	return os.WriteFile(filepath.Join("ingest", "mention", "lexicon", "common.txt"), []byte(out), 0o644)
}

// count is how often a word stands in small letters and how often not.
type count struct{ small, capital int }

type counts map[string]*count

// read counts the words of a text: letters, joined by hyphens and apostrophes.
func (c counts) read(s string) {
	for _, field := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		w := strings.Trim(field, "-")
		lower := strings.ToLower(w)
		if c[lower] == nil {
			c[lower] = &count{}
		}
		if w == lower {
			c[lower].small++
		} else {
			c[lower].capital++
		}
	}
}

// common are the words of four letters and more that stand in small letters twice
// at least, and a twentieth as often as with a capital; shorter ones, among which
// misprints are many, only where they are frequent.
func (c counts) common() []string {
	var words []string
	for w, n := range c {
		letters := utf8.RuneCountInString(w)
		if letters > 2 && (letters > 3 && n.small >= 2 || n.small >= 20) && n.small*20 >= n.capital {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return words
}
