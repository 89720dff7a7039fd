package text

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxTokens is the most tokens that a sentence has; a longer one is cut.
const MaxTokens = 400

// Sentences cuts a text into sentences. It reads on as far as they are asked for, and keeps
// none. The cells of signatures that stand side by side are sentences of their own.
func Sentences(s string) iter.Seq[Sentence] {
	return func(yield func(Sentence) bool) {
		paragraph, columns := 0, 0
		for start := 0; start < len(s); {
			end := blockEnd(s, start)
			if strings.TrimSpace(s[start:end]) != "" {
				columns = signatures(s, start, end, columns)
			}
			for _, cell := range cells(s, start, end, columns) {
				for sentence := range block(s, cell.Start, cell.End) {
					if sentence.Paragraph = paragraph; !yield(sentence) {
						return
					}
				}
			}
			start = end
			for start < len(s) && s[start] == '\n' {
				start++
			}
			if start-end > 1 {
				paragraph++
			}
		}
	}
}

// blockEnd finds the end of the block of lines at start: the next blank line,
// or a line end that no running sentence crosses.
func blockEnd(s string, start int) int {
	for from := start; ; {
		n := strings.IndexByte(s[from:], '\n')
		if n < 0 {
			return len(s)
		}
		at := from + n
		if endsBlock(s[start:at], s[at+1:]) {
			return at
		}
		from = at + 1
	}
}

// endsBlock tells whether the line break between before and after is more than
// the wrapping of a line.
func endsBlock(before, after string) bool {
	line := strings.TrimSpace(before[strings.LastIndexByte(before, '\n')+1:])
	next, _, _ := strings.Cut(after, "\n")
	next = strings.TrimSpace(next)
	if next == "" || line == "" {
		return true
	}
	first, _ := utf8.DecodeRuneInString(next)
	if strings.ContainsRune("-•*–—·▪○", first) || unicode.IsDigit(first) && strings.ContainsAny(next[:min(len(next), 4)], ".)") {
		return true
	}
	if isLettered(next) || isRow(line) || isRow(next) || strings.HasSuffix(line, ":") && unicode.IsUpper(first) && len(next) > 20 {
		return true
	}
	if key, _, ok := strings.Cut(next, ":"); ok && key != "" && unicode.IsUpper(first) && !strings.ContainsAny(key, " ,;") { // "Venue: …"
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	if unicode.IsLower(first) || strings.ContainsRune(",-–", last) {
		return false
	}
	if isPlaceAndDay(next) {
		return true
	}
	if strings.ToUpper(line) == line { // a heading in capitals goes on in capitals
		return strings.ToUpper(next) != next
	}
	return len(line) < 60
}

// isPlaceAndDay tells whether a line says in capitals where and when a treaty was
// made: "HELSINKI, 17 MARCH 1992".
func isPlaceAndDay(line string) bool {
	place, day, ok := strings.Cut(line, ", ")
	fields := strings.Fields(day)
	return ok && len(line) < 60 && strings.ToUpper(place) == place && len(fields) == 3 && unicode.IsDigit(rune(fields[0][0])) && len(fields[2]) == 4 && unicode.IsDigit(rune(fields[2][0]))
}

// isLettered tells whether a line is a member of a list: "(a) …", "(iv) …", "b) …".
func isLettered(line string) bool {
	mark, _, ok := strings.Cut(strings.TrimPrefix(line, "("), ")")
	return ok && mark != "" && len(mark) <= 4 && strings.Trim(mark, "abcdefghivx0123456789") == ""
}

// isRow tells whether a line is one of a table: "Fiji | 3 May 2001".
func isRow(line string) bool {
	return strings.ContainsAny(line, "|\t") || strings.Contains(line, "   ")
}

// signatures is how many columns of signatures the block at start belongs to, 0 for
// none: their first row says for whom each is, and those below have as many cells.
func signatures(s string, start, end, columns int) int {
	row := cells(s, start, end, 2)
	for _, cell := range row {
		words := strings.ToLower(strings.TrimSpace(s[cell.Start:cell.End]))
		if !strings.HasPrefix(words, "for ") && !strings.HasPrefix(words, "on behalf ") && len(row) != columns {
			return 0
		}
	}
	if len(row) == 1 {
		return 0
	}
	return len(row)
}

// cells are the parts of a row that wide spaces part, the whole block where there
// are less than two columns.
func cells(s string, start, end, columns int) []Span {
	if columns < 2 || end-start > longestRow {
		return []Span{{start, end}}
	}
	var out []Span
	from, gap := start, 0
	for i := start; i <= end; i++ {
		switch {
		case i < end && s[i] == '\t':
			gap = wide
		case i < end && s[i] == ' ':
			gap++
		default:
			if gap >= wide && strings.TrimSpace(s[from:i]) != "" {
				out = append(out, Span{from, i})
				from = i
			}
			gap = 0
		}
	}
	if strings.TrimSpace(s[from:end]) != "" {
		out = append(out, Span{from, end})
	}
	return out
}

const (
	longestRow = 400 // bytes of a line that may have columns
	wide       = 3   // spaces that part two of them
)

// stretch is how many tokens of a block are read at a time: those of a sentence and of what tells where it ends.
const stretch = 2 * MaxTokens

// block cuts one block of text into sentences.
func block(s string, start, end int) iter.Seq[Sentence] {
	return func(yield func(Sentence) bool) {
		tokens, at := tokenise(nil, s, start, end, stretch)
		dateline := datelineEnd(s, tokens)
		for len(tokens) > 0 {
			n := sentenceEnd(s, tokens, dateline)
			if !yield(Sentence{Span: Span{tokens[0].Start, tokens[n-1].End}, Tokens: tokens[:n:n]}) {
				return
			}
			tokens, dateline = tokens[n:], dateline-n
			if len(tokens) <= MaxTokens && at < end {
				tokens, at = tokenise(slices.Clone(tokens), s, at, end, stretch)
			}
		}
	}
}

// sentenceEnd is the number of tokens that the first sentence has.
func sentenceEnd(s string, tokens []Token, dateline int) int {
	for n := 1; n < min(len(tokens), MaxTokens); n++ {
		if n == dateline || !numbers(tokens[:n]) && endsSentence(s, tokens, n-1) {
			return n
		}
	}
	return min(len(tokens), MaxTokens)
}

// numbers tells whether the tokens are but the number of a list's member: "1.".
func numbers(tokens []Token) bool {
	return len(tokens) == 2 && tokens[0].Shape == Number && len(tokens[0].Text) <= 2 && tokens[1].Text == "."
}

// datelineEnd is the token after "GENEVA, 3 May 2021 -" or "WASHINGTON (Reuters) —" at
// the start of a block, 0 if there is none: it says where and when the report was
// written, and is no part of its first sentence.
func datelineEnd(s string, tokens []Token) int {
	if len(tokens) == 0 || tokens[0].Shape != Upper {
		return 0
	}
	for i := 1; i < min(len(tokens)-1, 14); i++ {
		t := tokens[i]
		apart := t.Start > tokens[i-1].End && i+len(tokens[0].Text) > 4 && tokens[i+1].Start > t.End
		if apart && (t.Text == "-" || t.Text == "–" || t.Text == "—" || t.Text == "--") && tokens[i+1].Shape != Small {
			return i + 1
		}
	}
	return 0
}

// endsSentence tells whether the token at i is the last of its sentence.
func endsSentence(s string, tokens []Token, i int) bool {
	next := tokens[i+1]
	gap := s[tokens[i].End:next.Start]
	if gap == "" || next.Shape == Small || isClosing(next.Text) {
		return false
	}
	end := i
	for end > 0 && isClosing(tokens[end].Text) {
		end--
	}
	switch tokens[end].Text {
	case "!", "?", "…":
		return true
	case ".":
		return next.Word() || isOpening(next.Text)
	}
	// A full stop may belong to an abbreviation and end the sentence as well.
	return end == i && strings.HasSuffix(tokens[i].Text, ".") && len(tokens[i].Text) > 2 && startsSentence[next.Text] && tokens[i].Text != "H.E."
}

var startsSentence = set("The A An In On At He She It They This These His Her Its Their We As For After Both")

func isClosing(t string) bool {
	return t == "\"" || t == "”" || t == ")" || t == "’" || t == "]" || t == "»"
}
func isOpening(t string) bool {
	return t == "\"" || t == "“" || t == "(" || t == "‘" || t == "[" || t == "«" || t == "•" || t == "-" || t == "–"
}
