package sqlite_test

import (
	"testing"

	"github.com/entente-kg/entente/graph/graphtest"
)

func TestDoctor(t *testing.T) {
	damages := map[string]func(*testing.T, string){}
	for name, statement := range map[string]string{
		"an index is missing":                 `DROP INDEX fact_subject`,
		"an index of another version":         `DROP INDEX fact_date; CREATE INDEX fact_date ON fact (date)`,
		"an index of names is missing":        `DROP INDEX name_sort`,
		"a count that is too high":            `UPDATE fact SET sources = sources + 1 WHERE id = (SELECT min(id) FROM fact WHERE sources > 0)`,
		"an entity that nothing supports":     `INSERT INTO entity SELECT 'eaaaaaaaaaaaaaaaaaaaaaaaaaa', kind, key, name, sort, acronym, agreement_kind, date, first_seen, last_seen, documents, vocabulary, identifiers, name_rank, acronym_rank, dated_rank FROM entity LIMIT 1`,
		"an entity that is gone":              `DELETE FROM entity WHERE id = (SELECT max(id) FROM entity WHERE documents > 0)`,
		"a name that is gone":                 `DELETE FROM name WHERE n = (SELECT max(n) FROM name)`,
		"a fact that is gone":                 `DELETE FROM fact WHERE id = (SELECT max(id) FROM fact WHERE shown)`,
		"a wrong sort key":                    `UPDATE entity SET sort = 'zzz' WHERE id = (SELECT max(id) FROM entity WHERE documents > 0)`,
		"a wrong rank":                        `UPDATE fact SET confidence_rank = '0000' WHERE id = (SELECT max(id) FROM fact WHERE sources > 0)`,
		"evidence of a document that is gone": `INSERT INTO evidence SELECT 'dnowhere', ordinal, 'vnowhere', fact, sentence, row, confidence, date, until, place, title, mode, status, role FROM evidence LIMIT 1`,
		"a mention that is gone":              `DELETE FROM mention WHERE id = (SELECT max(id) FROM mention)`,
		"evidence that is gone":               `DELETE FROM evidence WHERE id = (SELECT max(id) FROM evidence)`,
		"a sentence that is gone":             `DELETE FROM sentence WHERE n = (SELECT max(n) FROM sentence)`,
		"terms that are gone":                 `DELETE FROM name_terms WHERE rowid = (SELECT max(n) FROM name)`,
		"counters that are wrong":             `UPDATE head SET data = json_set(data, '$.sentences', 7)`,
		"decisions that were not counted":     `UPDATE head SET data = json_set(data, '$.decisions', 1)`,
	} {
		damages[name] = func(t *testing.T, path string) { execute(t, path, statement) }
	}
	graphtest.Doctor(t, databases, damages)
}
