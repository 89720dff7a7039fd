package sample_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/entente-kg/entente/ingest/sample"
)

type notice struct {
	Source    string `json:"source"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Text      string `json:"text"`
	FactsFrom string `json:"facts_from"`
}

// notices parses the corpus and fails the test on a line that is not one JSON object with the five known fields.
func notices(t *testing.T) []notice {
	t.Helper()
	if !bytes.HasSuffix(sample.JSONL, []byte("\n")) {
		t.Fatal("the last line does not end with a newline")
	}
	var all []notice
	for line := range bytes.Lines(sample.JSONL) {
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		var n notice
		if err := dec.Decode(&n); err != nil {
			t.Fatalf("line %d: %v", len(all)+1, err)
		}
		if dec.More() {
			t.Fatalf("line %d holds more than one value", len(all)+1)
		}
		all = append(all, n)
	}
	return all
}

func TestSize(t *testing.T) {
	if n := len(notices(t)); n < 35 || n > 45 {
		t.Errorf("%d notices, want 35 to 45", n)
	}
}

func TestSourcesAreUnique(t *testing.T) {
	slug := regexp.MustCompile(`^sample/[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, n := range notices(t) {
		if !slug.MatchString(n.Source) {
			t.Errorf("source %q is not of the form sample/lower-case-words", n.Source)
		}
		if seen[n.Source] {
			t.Errorf("source %q occurs twice", n.Source)
		}
		seen[n.Source] = true
	}
}

func TestFields(t *testing.T) {
	for _, n := range notices(t) {
		t.Run(n.Source, func(t *testing.T) {
			for name, value := range map[string]string{"title": n.Title, "text": n.Text, "facts_from": n.FactsFrom} {
				if value == "" {
					t.Errorf("%s is empty", name)
				}
				if value != strings.TrimSpace(value) {
					t.Errorf("%s has blanks at its ends", name)
				}
				if msg := dirt(value, name == "text"); msg != "" {
					t.Errorf("%s: %s", name, msg)
				}
			}
			if len(n.Title) > 100 {
				t.Errorf("title has %d bytes, want at most 100", len(n.Title))
			}
			if n.Published != "" {
				if _, err := time.Parse(time.DateOnly, n.Published); err != nil {
					t.Errorf("published: %v", err)
				}
			}
			if words := len(strings.Fields(n.Text)); words < 60 || words > 180 {
				t.Errorf("text has %d words, want 60 to 180", words)
			}
			paragraphs := strings.Split(n.Text, "\n\n")
			if len(paragraphs) < 2 || len(paragraphs) > 4 {
				t.Errorf("text has %d paragraphs, want 2 to 4", len(paragraphs))
			}
			for _, p := range paragraphs {
				if strings.Contains(p, "\n") || p != strings.Join(strings.Fields(p), " ") {
					t.Errorf("paragraph is not one line of single-spaced words: %q", p)
				}
				if !strings.HasSuffix(p, ".") {
					t.Errorf("paragraph does not end with a full stop: %q", p)
				}
			}
		})
	}
}

// weekday finds "on Tuesday" and, where it follows, the date that the text gives the day.
var weekday = regexp.MustCompile(`\bon ((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?:, (\d{1,2} [A-Z][a-z]+ \d{4}))?`)

// A day of the week must be that of the date beside it, else of the publication date.
func TestWeekdaysFitTheirDates(t *testing.T) {
	for _, n := range notices(t) {
		for _, m := range weekday.FindAllStringSubmatch(n.Text, -1) {
			layout, date := time.DateOnly, n.Published
			if m[2] != "" {
				layout, date = "2 January 2006", m[2]
			}
			day, err := time.Parse(layout, date)
			if err != nil {
				t.Errorf("%s: %q has no date to go by: %v", n.Source, m[0], err)
			} else if day.Weekday().String() != m[1] {
				t.Errorf("%s: %q, but %s is a %s", n.Source, m[0], date, day.Weekday())
			}
		}
	}
}

// dirt names what has no place in s: broken UTF-8, control characters, blanks other than the space, combining marks, which
// composed text (NFC) has no need of here.
func dirt(s string, lines bool) string {
	if !utf8.ValidString(s) {
		return "invalid UTF-8"
	}
	for _, r := range s {
		switch {
		case r == '\n' && lines:
		case unicode.IsControl(r):
			return fmt.Sprintf("control character %U", r)
		case unicode.IsSpace(r) && r != ' ', unicode.Is(unicode.Cf, r):
			return fmt.Sprintf("blank or format character %U", r)
		case unicode.Is(unicode.M, r):
			return fmt.Sprintf("combining mark %U", r)
		}
	}
	return ""
}
