package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/ingest/tag"
	"github.com/entente-kg/entente/ingest/text"
)

// sentence is a sentence of a treebank.
type sentence struct {
	text  string
	words []word
}

// word is a syntactic word of a treebank.
type word struct {
	text.Span // in the sentence's text
	form      string
	tag       text.Tag
	relation  string
	head      int // its number, counted from 1; 0 at the root
}

// readTreebank reads a file in CoNLL-U.
func readTreebank(r io.Reader) ([]sentence, error) {
	var out []sentence
	var s sentence
	at, multi := 0, 0 // where the text is read on; the last word of the multiword token that is read
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		line := lines.Text()
		value, isText := strings.CutPrefix(line, "# text = ")
		switch {
		case line == "":
			out, s, at, multi = append(out, s), sentence{}, 0, 0
			continue
		case isText:
			s.text = value
		}
		if strings.HasPrefix(line, "#") {
			continue
		}
		if err := s.add(strings.Split(line, "\t"), &at, &multi); err != nil {
			return nil, fmt.Errorf("%w in %q", err, s.text)
		}
	}
	return out, lines.Err()
}

// add reads the line of a word. The words of a multiword token ("don't") share its letters.
func (s *sentence) add(columns []string, at, multi *int) error {
	if len(columns) != 10 {
		return fmt.Errorf("%d columns", len(columns))
	}
	number, form := columns[0], columns[1]
	if strings.Contains(number, ".") { // an empty node of the enhanced graph
		return nil
	}
	for *at < len(s.text) && strings.ContainsRune(" \u00a0", firstRune(s.text[*at:])) {
		*at += utf8.RuneLen(firstRune(s.text[*at:]))
	}
	if strings.Contains(number, "-") {
		_, err := fmt.Sscanf(number, "%d-%d", new(int), multi)
		return err
	}
	rest := s.text[*at:]
	if !strings.HasPrefix(rest, form) {
		if len(s.words)+1 > *multi {
			return fmt.Errorf("%q is not at %q", form, rest)
		}
		form = rest[:min(len(form), len(rest))] // "ai" of "aint"
	}
	t, err := tagOf(columns[3], columns[5])
	if err != nil {
		return err
	}
	w := word{Span: text.Span{Start: *at, End: *at + len(form)}, form: columns[1], tag: t, relation: columns[7]}
	_, err = fmt.Sscan(columns[6], &w.head)
	s.words, *at = append(s.words, w), w.End
	return err
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// tagOf is our tag for a universal one with its features.
func tagOf(universal, features string) (text.Tag, error) {
	if universal == "VERB" {
		switch {
		case strings.Contains(features, "VerbForm=Inf"):
			return text.Infinitive, nil
		case strings.Contains(features, "VerbForm=Ger"), strings.Contains(features, "Tense=Pres|VerbForm=Part"):
			return text.PresentParticiple, nil
		case strings.Contains(features, "VerbForm=Part"):
			return text.PastParticiple, nil
		}
		return text.Finite, nil
	}
	for t, name := range text.TagNames {
		if name == universal {
			return text.Tag(t), nil
		}
	}
	return text.Untagged, fmt.Errorf("unknown tag %q", universal)
}

// asTreebank is the sentence with a token for each word of the treebank.
func (s sentence) asTreebank() tag.Example {
	var e tag.Example
	for _, w := range s.words {
		t := token(w.form)
		t.Span, t.Tag = w.Span, w.tag
		e = append(e, t)
	}
	return e
}

// token makes one token of a form that the tokeniser might cut up.
func token(form string) text.Token {
	t := text.Tokens(form)
	if len(t) == 1 && t[0].Text == form {
		return t[0]
	}
	whole := text.Token{Text: form, Lower: strings.ReplaceAll(strings.ToLower(form), "’", "'")}
	if len(t) > 0 {
		whole.Shape = t[0].Shape
	}
	return whole
}

// asTokenised is the sentence as our tokeniser cuts it. It keeps together what the
// treebank parts: "well-known", "don't", "and/or".
func (s sentence) asTokenised() tag.Example {
	tokens := text.Tokens(s.text)
	from := 0
	for i := range tokens {
		for s.words[from].End <= tokens[i].Start {
			from++
		}
		to := from + 1
		for to < len(s.words) && s.words[to].Start < tokens[i].End {
			to++
		}
		tokens[i].Tag = s.together(tokens[i], from, to)
	}
	return tokens
}

// together is the tag of a token that holds the words from from to to: that of the
// first in "don't", of the last in "vice-president"; a compound that stands before
// a noun is an adjective: "high-level", "UN-led".
func (s sentence) together(t text.Token, from, to int) text.Tag {
	if to == from+1 {
		return s.words[from].tag
	}
	if strings.ContainsAny(t.Lower, "'") {
		return s.words[from].tag
	}
	last := to - 1
	for last > from && (s.words[last].tag == text.Punctuation || s.words[last].tag == text.Symbol) {
		last--
	}
	w := s.words[last]
	if (w.relation == "amod" || w.relation == "compound") && w.tag != text.ProperNoun && strings.Contains(t.Lower, "-") {
		return text.Adjective
	}
	return w.tag
}
