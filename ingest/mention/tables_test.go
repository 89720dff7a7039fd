package mention

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestTables holds the curated tables against what their READMEs promise.
func TestTables(t *testing.T) {
	for _, name := range []string{"gazetteer/countries", "gazetteer/organisations", "gazetteer/places", "gazetteer/regions", "thesaurus/thesaurus"} {
		t.Run(name, func(t *testing.T) {
			b, err := resources.ReadFile(name + ".tsv")
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range tableFaults(string(b)) {
				t.Error(p)
			}
		})
	}
	t.Run("links", func(t *testing.T) {
		for _, p := range linkFaults(rowsOf(t, "gazetteer/countries"), rowsOf(t, "gazetteer/organisations"), rowsOf(t, "gazetteer/places"), rowsOf(t, "thesaurus/thesaurus")) {
			t.Error(p)
		}
	})
	t.Run("forms", func(t *testing.T) {
		for name, columns := range map[string][]string{
			"gazetteer/countries":     {"name", "official", "aliases", "demonyms"},
			"gazetteer/organisations": {"name", "acronym", "aliases"},
			"gazetteer/places":        {"name", "aliases"},
			"thesaurus/thesaurus":     {"label", "synonyms"},
		} {
			for _, p := range sharedForms(rowsOf(t, name), columns) {
				t.Errorf("%s: %s", name, p)
			}
		}
	})
}

func rowsOf(t *testing.T, name string) []row {
	t.Helper()
	rows, err := readTable(name + ".tsv")
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// tableFaults are the faults of a table's form: its columns, its order, stray
// space, the article "the".
func tableFaults(table string) []string {
	var faults []string
	lines := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
	columns := strings.Count(lines[0], "\t")
	for i, line := range lines[1:] {
		fault := func(what string) { faults = append(faults, fmt.Sprintf("line %d: %s: %s", i+2, what, line)) }
		if n := strings.Count(line, "\t"); n != columns {
			fault(fmt.Sprintf("%d columns, want %d", n+1, columns+1))
		}
		if i > 0 && key(lines[i]) > key(line) {
			fault("not sorted")
		}
		for _, cell := range strings.FieldsFunc(line, func(r rune) bool { return r == '\t' || r == '|' }) {
			if cell != Squeeze(cell) {
				fault("stray space in " + cell)
			}
			if strings.HasPrefix(strings.ToLower(cell), "the ") && cell != "The Hague" { // the only name that has it within
				fault("an article in " + cell)
			}
		}
	}
	return faults
}

func key(line string) string {
	first, _, _ := strings.Cut(line, "\t")
	return first
}

// linkFaults are the references from table to table that lead nowhere or in a circle.
func linkFaults(countries, organisations, places, terms []row) []string {
	var faults []string
	ids := func(rows []row, id func(row) string) map[string]bool {
		m := map[string]bool{}
		for _, r := range rows {
			if m[id(r)] {
				faults = append(faults, id(r)+" stands twice")
			}
			m[id(r)] = true
		}
		return m
	}
	byID := func(r row) string { return r["id"] }
	country, organisation, term := ids(countries, byID), ids(organisations, byID), ids(terms, byID)
	place := ids(places, func(r row) string { return r["name"] + "/" + r["country"] })
	known := func(set map[string]bool, what, of string) {
		if what != "" && !set[what] {
			faults = append(faults, of+" refers to "+what+", which is not there")
		}
	}
	up := map[string][]string{}
	for _, r := range places {
		known(country, r["country"], r["name"])
	}
	for _, r := range organisations {
		known(organisation, r["parent"], r["id"])
		known(country, r["seat_country"], r["id"])
		if r["seat"] != "" && r["seat_country"] != "" {
			known(place, r["seat"]+"/"+r["seat_country"], r["id"])
		}
		up["organisation "+r["id"]] = []string{"organisation " + r["parent"]}
	}
	for _, r := range terms {
		for _, b := range r.list("broader") {
			known(term, b, r["id"])
			up["term "+r["id"]] = append(up["term "+r["id"]], "term "+b)
		}
	}
	for id := range up {
		if circles(up, id, id, 0) {
			faults = append(faults, id+" lies above itself")
		}
	}
	return faults
}

func circles(up map[string][]string, from, at string, depth int) bool {
	return depth < 20 && slices.ContainsFunc(up[at], func(next string) bool { return next == from || circles(up, from, next, depth+1) })
}

// sharedForms are the forms that two rows claim.
func sharedForms(rows []row, columns []string) []string {
	var faults []string
	owner := map[string]int{}
	for i, r := range rows {
		for _, c := range columns {
			for _, form := range r.list(c) {
				if at, taken := owner[form]; taken && at != i {
					faults = append(faults, fmt.Sprintf("%q belongs to rows %d and %d", form, at+2, i+2))
				}
				owner[form] = i
			}
		}
	}
	return faults
}

// TestTableFaults shows that the checks find what they look for.
func TestTableFaults(t *testing.T) {
	good := "id\tname\na\tA\nb\tB\n"
	if got := tableFaults(good); len(got) > 0 {
		t.Errorf("a good table: %v", got)
	}
	for what, table := range map[string]string{
		"not sorted": "id\tname\nb\tB\na\tA\n", "columns": "id\tname\na\tA\tx\n", "stray": "id\tname\na\tA |B\n", "article": "id\tname\na\tThe A\n",
	} {
		if got := strings.Join(tableFaults(table), "\n"); !strings.Contains(got, what) {
			t.Errorf("%q gives %q, want a fault: %s", table, got, what)
		}
	}
	links := linkFaults([]row{{"id": "PER"}}, []row{{"id": "a", "parent": "b"}, {"id": "b", "parent": "a"}, {"id": "c", "parent": "d", "seat": "Lima", "seat_country": "PER"}},
		[]row{{"name": "Quito", "country": "ECU"}}, []row{{"id": "x", "broader": "y"}, {"id": "x"}})
	for _, want := range []string{"organisation a lies above itself", "c refers to d,", "c refers to Lima/PER", "Quito refers to ECU", "x refers to y", "x stands twice"} {
		if !strings.Contains(strings.Join(links, "\n"), want) {
			t.Errorf("%v, want %q", links, want)
		}
	}
	if got := sharedForms([]row{{"name": "A"}, {"name": "B", "aliases": "C|A"}}, []string{"name", "aliases"}); len(got) != 1 {
		t.Errorf("a form of two rows gives %v", got)
	}
}
