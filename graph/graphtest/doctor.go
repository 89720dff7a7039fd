package graphtest

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// Doctor proves that an examination finds nothing in a sound store and finds
// every damage, which are done behind the store's back, by name; and that after a repair
// the dump is the one before.
func Doctor(t *testing.T, in Databases, damages map[string]func(t *testing.T, address string)) {
	address := in.Fresh(t)
	store := in.Open(t, address, Vocabulary)
	if err := writeAll(t.Context(), store, shuffled(history(seedOf()), 1)); err != nil {
		t.Fatal(err)
	}
	if faults := faultsOf(t, store); len(faults) > 0 {
		t.Fatalf("in a sound store: %q", faults)
	}
	before := dumpOf(t, store)
	for _, name := range slices.Sorted(maps.Keys(damages)) {
		damages[name](t, address)
		if faults := faultsOf(t, store); len(faults) == 0 {
			t.Errorf("%s: nothing was found", name)
		}
		if err := store.Repair(t.Context(), readingOf(before), nil); err != nil {
			t.Fatalf("%s: repair: %v", name, err)
		}
		if faults := faultsOf(t, store); len(faults) > 0 {
			t.Errorf("%s: after the repair: %q", name, faults)
		}
		sameDump(t, name+", repaired", dumpOf(t, store), before)
	}
}

// BeyondRepair proves that an examination finds each damage to what is not derived, that
// a repair goes through all the same, and that the damage is told afterwards as one that no repair mends.
func BeyondRepair(t *testing.T, in Databases, damages map[string]func(t *testing.T, address string)) {
	for _, name := range slices.Sorted(maps.Keys(damages)) {
		address := in.Fresh(t)
		store := in.Open(t, address, Vocabulary)
		if err := writeAll(t.Context(), store, shuffled(history(seedOf()), 1)); err != nil {
			t.Fatal(err)
		}
		damages[name](t, address)
		if faults := faultsOf(t, store); len(faults) == 0 {
			t.Errorf("%s: nothing was found", name)
		}
		nothing := func(_ context.Context, documents []graph.Document) ([]graph.Change, error) {
			return make([]graph.Change, len(documents)), nil
		}
		if err := store.Repair(t.Context(), nothing, nil); err != nil {
			t.Errorf("%s: repair: %v", name, err)
		}
		findings, err := graph.Examine(t.Context(), store, Vocabulary)
		if err != nil {
			t.Fatal(err)
		}
		findings = slices.DeleteFunc(findings, func(f graph.Finding) bool { return !f.Fault || f.Check == "space" })
		if len(findings) != 1 || findings[0].Repair {
			t.Errorf("%s: after the repair: %+v, want one fault that is beyond it", name, findings)
		}
	}
}

func faultsOf(t *testing.T, store graph.Store) (faults []string) {
	t.Helper()
	findings, err := graph.Examine(t.Context(), store, Vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Fault && f.Check != "space" {
			faults = append(faults, f.Check+": "+f.Message)
		}
	}
	return faults
}

// readingOf reads documents as a dump has them.
func readingOf(dump string) graph.Reading {
	read := map[graph.DocumentID]graph.Change{}
	for _, r := range graph.ReadDump(bytes.NewReader([]byte(strings.TrimSpace(dump)))) {
		if c := r.Line.Document; c != nil {
			read[c.Document.ID] = *c
		}
	}
	return func(_ context.Context, documents []graph.Document) ([]graph.Change, error) {
		changes := make([]graph.Change, len(documents))
		for i, d := range documents {
			changes[i] = read[d.ID]
		}
		return changes, nil
	}
}
