package main

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

// explain prints how a document was read; as JSON, one object a sentence.
func explain(p *program, source string, sentences iter.Seq[ingest.Explained]) error {
	if p.json {
		for s := range sentences {
			if err := p.printJSON(explainedJSON{source, s}); err != nil {
				return err
			}
		}
		return nil
	}
	b := bufio.NewWriter(p.stdout)
	wrapped(b, "", source)
	for s := range sentences {
		fmt.Fprintln(b)
		explainSentence(b, s)
	}
	fmt.Fprintln(b)
	return b.Flush()
}

type explainedJSON struct {
	Source string `json:"source"`
	ingest.Explained
}

// explainSentence prints a sentence, under it what is mentioned (=), what is stated (+) and what was turned down (-).
func explainSentence(w io.Writer, s ingest.Explained) {
	wrapped(w, "", s.Text)
	for _, m := range s.Mentions {
		wrapped(w, "  = ", explainedMention(m))
	}
	for _, f := range s.Facts {
		wrapped(w, "  + ", explainedFact(f))
		wrapped(w, "      ", explainedReason(f))
	}
	for _, r := range s.Rejected {
		what := "“" + r.At + "”"
		if r.Fact != "" {
			what = r.Fact
		}
		wrapped(w, "  - ", what+": "+r.Why)
	}
}

func explainedMention(m ingest.ExplainedMention) string {
	stands := strings.Join(m.Stands, " and ")
	switch {
	case stands == "" && m.Value != "":
		stands = m.Value
	case stands == "":
		stands = "nothing that was named"
	case m.Value != "":
		stands += " (" + m.Value + ")"
	}
	if stands == m.Text {
		return m.Kind + " “" + m.Text + "”"
	}
	return m.Kind + " “" + m.Text + "”: " + stands
}

func explainedFact(f ingest.ExplainedFact) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s", f.Subject, f.Predicate, f.Object)
	for _, q := range graph.AllQualifiers {
		if v := f.Qualifiers[q]; v != "" {
			fmt.Fprintf(&b, ", %s %s", q, v)
		}
	}
	return b.String()
}

// explainedReason tells which pattern read a fact, and from which words.
func explainedReason(f ingest.ExplainedFact) string {
	reason := f.Extractor + ", " + strconv.FormatFloat(float64(f.Confidence)/1000, 'f', 2, 64) + ": “" + f.SubjectAt + "” and “" + f.ObjectAt + "”"
	for _, a := range slices.Compact(f.Antecedents) {
		reason += "; who is meant, from “" + a + "”"
	}
	for _, d := range slices.Compact(f.DateFrom) {
		reason += "; when, from “" + d + "”"
	}
	return reason
}

// explainedWidth is the width of a terminal that nobody has made wider.
const explainedWidth = 80

// wrapped prints text behind a margin, broken at blanks; what follows stands under the first word.
func wrapped(w io.Writer, margin, s string) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(margin))
	line, empty := margin, true
	for _, word := range strings.Fields(printable(s)) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > explainedWidth {
			fmt.Fprintln(w, line)
			line, empty = indent, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	fmt.Fprintln(w, line)
}
