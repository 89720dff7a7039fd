// Package sample holds a small corpus that shows what Entente does with diplomatic text before anyone has collected texts
// of their own.
//
// The corpus is a set of short notices in JSON Lines, one notice to a line: treaties and when they were signed, readouts of
// meetings and calls, joint statements, the members and seats of organisations. Each notice reports something that really
// happened. Its facts come from public data sets; its wording is the project's own. The README beside this file names the
// data sets and their licences, and every notice names its own in the field facts_from.
//
// The same organisations, countries, people and topics return from notice to notice, so that the facts form a network, and
// one subject is called by several names: illicit traffic in narcotic drugs, fentanyl, counternarcotics, the smuggling of
// drugs. A question such as "Which agreements cover narcotics?" therefore has several answers, and few of them use that word.
//
// The fields source, title, published and text are those that ingestion reads. Published is left out where a notice has no
// date of its own. An unknown field such as facts_from may be ignored by a reader:
//
//	for line := range bytes.Lines(sample.JSONL) {
//		var notice struct{ Source, Title, Published, Text string }
//		if err := json.Unmarshal(line, &notice); err != nil {
//			return err
//		}
//		// …
//	}
package sample

import _ "embed"

// JSONL is the corpus, one JSON object to a line, each line ended by a newline. Callers share the slice and must not change
// it.
//
//go:embed sample.jsonl
var JSONL []byte
