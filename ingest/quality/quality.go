// Package quality is the ruler of the extraction: it scores what `entente extract
// --json` prints against documents in which people have marked every entity and
// fact.
//
// How things are matched, document by document:
//
//   - Entities, one to one: each extracted entity stands for at most one annotated
//     entity and the other way round, chosen by the surface forms that they share,
//     the kind breaking ties. One split in two loses a half, two merged into one
//     lose one. Topics are matched by their content words.
//   - Facts: the predicate is the same, and both ends stand for the annotated ends,
//     either way round for MET and COOPERATES_WITH; for HOLDS_OFFICE the title must
//     agree, too. An annotated fact is found once; all else that is extracted is
//     wrong, repetitions included.
//   - Qualifiers of facts that were found: date, place (MET, SIGNED, ADOPTED), mode
//     (MET); an invented value is as wrong as a missing one. A fact counts as
//     strictly right if its qualifiers are.
//   - Evidence is exact if its bytes stand in the text, and to the point if it
//     overlaps the annotated evidence and is at most three times as long, or 400
//     characters.
//   - Forbidden triples are what a naive reader is tempted to read and the text does
//     not say: plans, denials, what others hope for.
//
// A folder with a file named .blind is to score on and not to read: of it only
// totals are told.
package quality

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Annotated is a document as people have marked it.
type Annotated struct {
	ID, Title, Published, Text string
	Entities                   []AnnotatedEntity
	Facts, Forbidden           []AnnotatedFact
}

// AnnotatedEntity has a name, which need not occur in the text, and all other forms that stand for it.
type AnnotatedEntity struct {
	Key, Kind, Name string
	Aliases         []string
}

func (e AnnotatedEntity) forms() []string { return append([]string{e.Name}, e.Aliases...) }

// AnnotatedFact names its ends and its place by their keys.
type AnnotatedFact struct {
	Subject, Predicate, Object         string
	Date, Place, Title, Mode, Evidence string
}

// Extracted is one line of `entente extract --json`.
type Extracted struct {
	Document struct{ ID, Source, Text string }
	Entities []ExtractedEntity
	Facts    []ExtractedFact
}

// ExtractedEntity is an entity with what the text calls it.
type ExtractedEntity struct {
	ID, Kind, Name string
	Aliases        []string
	Mentions       []struct{ Text string }
}

func (e ExtractedEntity) forms() []string {
	forms := append([]string{e.Name}, e.Aliases...)
	for _, m := range e.Mentions {
		forms = append(forms, m.Text)
	}
	return slices.DeleteFunc(forms, func(f string) bool { return f == "" })
}

// ExtractedFact names its ends and its place by their ids.
type ExtractedFact struct {
	Subject, Predicate, Object string
	Qualifiers                 struct{ Date, Place, Title, Mode string }
	Evidence                   []struct {
		Start, End int
		Text       string
	}
}

// Folder is annotated documents by name.
type Folder struct {
	Documents []Annotated
	Blind     bool
}

// Read reads the annotated documents of a folder.
func Read(folder string) (Folder, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return Folder{}, err
	}
	if len(files) == 0 {
		return Folder{}, fmt.Errorf("no annotated documents in %s", folder)
	}
	var f Folder
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return Folder{}, err
		}
		var d Annotated
		if err := json.Unmarshal(raw, &d); err != nil {
			return Folder{}, fmt.Errorf("%s: %w", file, err)
		}
		f.Documents = append(f.Documents, d)
	}
	_, err = os.Stat(filepath.Join(folder, ".blind"))
	f.Blind = err == nil
	return f, nil
}

// ReadExtracted reads lines of `entente extract --json`, by the name of the
// annotated document that each belongs to: its id, or its source without folder
// and ending.
func ReadExtracted(lines []byte) (map[string]Extracted, error) {
	by := map[string]Extracted{}
	for line := range bytes.Lines(lines) {
		var x Extracted
		if err := json.Unmarshal(line, &x); err != nil {
			return nil, err
		}
		base := filepath.Base(x.Document.Source)
		by[x.Document.ID] = x
		by[strings.TrimSuffix(base, filepath.Ext(base))] = x
	}
	return by, nil
}
