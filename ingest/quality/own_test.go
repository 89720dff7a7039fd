package quality_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest/quality"
)

// TestQualityOwnDocuments checks the repository's own annotated documents: keys resolve, evidence
// stands in the text, predicates join their ends, and no fact is forbidden.
func TestQualityOwnDocuments(t *testing.T) {
	for _, folder := range []string{"dev", "blind"} {
		f, err := quality.Read(filepath.Join(own, folder))
		if err != nil {
			t.Fatal(err)
		}
		if f.Blind != (folder == "blind") {
			t.Errorf("%s: blind %v", folder, f.Blind)
		}
		for _, d := range f.Documents {
			t.Run(d.ID, func(t *testing.T) { checkAnnotation(t, d) })
		}
	}
}

func checkAnnotation(t *testing.T, d quality.Annotated) {
	kinds := map[string]graph.Kind{}
	squeezed := strings.ToLower(strings.Join(strings.Fields(d.Text), " ")) // no-break spaces, too
	for _, e := range d.Entities {
		kinds[e.Key] = graph.Kind(e.Kind)
		for _, a := range e.Aliases {
			if !strings.Contains(squeezed, strings.ToLower(a)) && !strings.Contains(strings.ToLower(d.Text), strings.ToLower(a)) {
				t.Errorf("%s: %q is not in the text", e.Name, a)
			}
		}
	}
	type triple struct{ subject, predicate, object, title string }
	stated := map[triple]bool{}
	for _, f := range d.Facts {
		stated[triple{f.Subject, f.Predicate, f.Object, f.Title}] = true
	}
	check := func(f quality.AnnotatedFact) {
		if !graph.Predicate(f.Predicate).Joins(kinds[f.Subject], kinds[f.Object]) || f.Subject == f.Object {
			t.Errorf("%s does not join %s %s and %s %s", f.Predicate, kinds[f.Subject], f.Subject, kinds[f.Object], f.Object)
		}
		if f.Evidence == "" || !strings.Contains(d.Text, f.Evidence) {
			t.Errorf("%s %s %s: %q is not in the text", f.Subject, f.Predicate, f.Object, f.Evidence)
		}
		if _, known := kinds[f.Place]; f.Place != "" && !known {
			t.Errorf("%s %s %s: place %s", f.Subject, f.Predicate, f.Object, f.Place)
		}
	}
	for _, f := range d.Facts {
		check(f)
	}
	for _, f := range d.Forbidden {
		check(f)
		if stated[triple{f.Subject, f.Predicate, f.Object, f.Title}] {
			t.Errorf("%s %s %s is a fact and forbidden", f.Subject, f.Predicate, f.Object)
		}
	}
}
