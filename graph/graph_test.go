package graph_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
)

func TestParseDate(t *testing.T) {
	for text, ok := range map[string]bool{"": true, "2005": true, "2005-04": true, "2005-04-21": true, "2024-02-29": true,
		"2023-02-29": false, "2005-13": false, "05": false, "2005-4-1": false, "2005-04-21T00:00": false, "0000": false, "abcd": false} {
		if _, err := graph.ParseDate(text); (err == nil) != ok {
			t.Errorf("ParseDate(%q): %v, want ok %v", text, err, ok)
		}
	}
}

func TestDateOverlaps(t *testing.T) {
	for _, c := range []struct {
		date     graph.Date
		from, to graph.Date
		want     bool
	}{
		{"2005", "2005-06-01", "2005-06-30", true},
		{"2005-05", "2005-06-01", "", false},
		{"2005-05", "2005-05-31", "", true},
		{"2004-02", "", "2004-02-01", true},
		{"2004-02-29", "2004-02", "2004-02", true},
		{"2005-01-01", "", "2004", false},
		{"", "2004", "2006", false},
		{"", "", "", true},
	} {
		if got := (graph.DateRange{From: c.from, To: c.to}).Overlaps(c.date); got != c.want {
			t.Errorf("%q in %q–%q: %v, want %v", c.date, c.from, c.to, got, c.want)
		}
	}
}

// A stored date is compared with a range as text; it must mean what Overlaps means.
func FuzzDateText(f *testing.F) {
	f.Add("2005", "2005-06", "2006")
	f.Fuzz(func(t *testing.T, date, from, to string) {
		d, err1 := graph.ParseDate(date)
		a, err2 := graph.ParseDate(from)
		b, err3 := graph.ParseDate(to)
		r := graph.DateRange{From: a, To: b}
		if err1 != nil || err2 != nil || err3 != nil || d == "" || r.IsZero() {
			return
		}
		lo, hi := r.Bounds()
		if got := string(d) <= hi && string(d)+"~" >= lo; got != r.Overlaps(d) {
			t.Errorf("%q in %+v: text says %v", d, r, got)
		}
	})
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{"  Côte d’Ivoire ": "cote divoire", "U.S.": "us", "Łódź": "łodz", "STRASSE straße": "strasse strasse",
		"A\u00a0B—C": "a b c", "１９９９": "1999", "": "", "—": ""} {
		if got := graph.Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
	if long := graph.Fold(strings.Repeat("é", 5000)); len(long) > graph.MaxName {
		t.Errorf("a folded text of %d bytes", len(long))
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Ελλάδα İstanbul ﬁ")
	f.Fuzz(func(t *testing.T, s string) {
		once := graph.Fold(s)
		if twice := graph.Fold(once); twice != once || len(once) > graph.MaxName {
			t.Errorf("Fold(%q) = %q, again %q", s, once, twice)
		}
		for _, term := range graph.NameTerms(s) {
			if term == "" || strings.ContainsAny(term, " \"") {
				t.Errorf("term %q of %q", term, s)
			}
		}
		graph.SentenceTerms(s)
	})
}

// Two terms are within one edit exactly if a brute-force search says so, and
// then they share a variant, which is how stores find them.
func TestWithinOneEdit(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"norov", "norov", true}, {"norov", "norow", true}, {"norov", "nrov", true}, {"norov", "nroov", true}, {"norov", "noroovv", false},
		{"norov", "vorno", false}, {"abcd", "abdc", true}, {"abcde", "badce", false}, {"müller", "muller", true}} {
		if got := graph.WithinOneEdit(c.a, c.b); got != c.want || graph.WithinOneEdit(c.b, c.a) != got {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
		if c.want && !slices.ContainsFunc(graph.Variants(c.a), func(v string) bool { return slices.Contains(graph.Variants(c.b), v) }) {
			t.Errorf("%q and %q share no variant", c.a, c.b)
		}
	}
}

func TestAgreementKindOf(t *testing.T) {
	for title, want := range map[string]graph.AgreementKind{"Memorandum of Understanding on Trade": graph.Memorandum, "Protocol amending the Convention": graph.Protocol,
		"United Nations Convention on the Law of the Sea": graph.Convention, "Joint Statement": graph.Declaration, "Plan of Action 2021": graph.ActionPlan,
		"Free Trade Agreement": graph.Treaty, "Rome Statute": graph.Charter, "Artemis framework": graph.OtherKind} {
		if got := graph.AgreementKindOf(title); got != want {
			t.Errorf("%q is a %s, want %s", title, got, want)
		}
	}
}

func TestCursor(t *testing.T) {
	at := graph.Position{Sort: "côte\x01\"", ID: "e1"}
	cursor := graph.EncodeCursor("entities by name", at)
	if got, err := graph.DecodeCursor("entities by name", cursor); err != nil || got != at {
		t.Errorf("DecodeCursor = %+v, %v", got, err)
	}
	for _, bad := range []string{"", "x", cursor + "A", strings.Repeat("A", 1<<16)} {
		if _, err := graph.DecodeCursor("entities by name", bad); graph.KindOf(err) != graph.Invalid {
			t.Errorf("cursor %.20q: %v", bad, err)
		}
	}
	if _, err := graph.DecodeCursor("entities by date", cursor); graph.KindOf(err) != graph.Invalid {
		t.Errorf("a cursor of another list: %v", err)
	}
}

func FuzzDecodeCursor(f *testing.F) {
	f.Add(graph.EncodeCursor("l", graph.Position{Sort: "a", ID: "b"}))
	f.Fuzz(func(t *testing.T, cursor string) {
		if p, err := graph.DecodeCursor("l", cursor); err == nil && p == (graph.Position{}) && cursor == "" {
			t.Error("no cursor is a cursor")
		}
	})
}

// FuzzReadDump: whatever a dump holds, reading it ends with lines or an error.
func FuzzReadDump(f *testing.F) {
	f.Add(`{"entente":{"format":1,"version":"x"}}` + "\n" + `{"change":{"document":{"id":"d"}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		for n, result := range graph.ReadDump(strings.NewReader(text)) {
			if n < 1 {
				t.Error("line", n)
			}
			if result.Err == nil && result.Line.Document != nil {
				_ = result.Line.Document.Validate()
			}
		}
	})
}

// Decisions are a set: any order folds to the same resolution.
func TestResolveAnyOrder(t *testing.T) {
	key := func(s string) graph.Key { return graph.Key{Kind: graph.Person, Text: s} }
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var decisions []graph.Decision
	for _, d := range []graph.Decision{{Kind: graph.Same, Key: key("a"), Other: key("b")}, {Kind: graph.Same, Key: key("b"), Other: key("c")},
		{Kind: graph.Same, Key: key("c"), Other: key("d")}, {Kind: graph.Distinct, Key: key("a"), Other: key("d")}} {
		d.Author, d.At = "x", at
		d.ID = graph.NewDecisionID(d)
		decisions = append(decisions, d)
	}
	want := ids(graph.Resolve(decisions))
	for i := range decisions {
		rotated := slices.Concat(decisions[i:], decisions[:i])
		slices.Reverse(rotated)
		if got := ids(graph.Resolve(rotated)); got != want {
			t.Errorf("order %d: %s, want %s", i, got, want)
		}
	}
	r := graph.Resolve(decisions)
	if r.Key("", key("a")) == r.Key("", key("d")) {
		t.Error("a DISTINCT pair was joined")
	}
}

func ids(r *graph.Resolution) string {
	var all []string
	for _, k := range []string{"a", "b", "c", "d"} {
		all = append(all, r.Key("", graph.Key{Kind: graph.Person, Text: k}).Text)
	}
	return strings.Join(all, " ")
}

func TestIDKind(t *testing.T) {
	for _, id := range []string{"", "e", "xaaaaaaaaaaaaaaaaaaaaaaaaaa", "eAAAAAAAAAAAAAAAAAAAAAAAAAA", string(graph.NewDocumentID("x")) + "a"} {
		if graph.IDKind(id) != 0 {
			t.Errorf("%q passes for an id", id)
		}
	}
	if graph.IDKind(string(graph.NewDocumentID("x"))) != 'd' {
		t.Error("a document's id is not known")
	}
}
