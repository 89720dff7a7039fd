package neo4j_test

import (
	"testing"

	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
)

func TestDoctor(t *testing.T) {
	neo4jtest.Start(t)
	damages := map[string]func(*testing.T, string){}
	for name, statement := range map[string]string{
		"an index is missing":                `DROP INDEX name_sort`,
		"a count that is too high":           `MATCH ()-[f:MET]->() WHERE f.sources > 0 WITH f ORDER BY f.id LIMIT 1 SET f.sources = f.sources + 1`,
		"an entity that is gone":             `MATCH (e:Person) WHERE e.documents > 0 WITH e ORDER BY e.id LIMIT 1 DETACH DELETE e`,
		"a node that nobody accounts for":    `CREATE (:Evidence {id: 'vnowhere', fact: 'fnowhere'})`,
		"evidence that is gone":              `MATCH (v:Evidence) WITH v ORDER BY v.id LIMIT 1 DETACH DELETE v`,
		"evidence of another fact":           `MATCH (v:Evidence) WHERE v.fact IS NOT NULL WITH v ORDER BY v.id LIMIT 1 SET v.fact = 'fnowhere'`,
		"a sentence that says otherwise":     `MATCH (s:Sentence) WITH s ORDER BY s.id LIMIT 1 SET s.text = 'lies'`,
		"a name that is called otherwise":    `MATCH (e:Person) WHERE e.documents > 0 WITH e ORDER BY e.id LIMIT 1 SET e.name = 'Nobody'`,
		"a relationship that nothing states": `MATCH (a:Person), (b:Person) WHERE a.id < b.id AND NOT (a)-[:MET]-(b) WITH a, b ORDER BY a.id, b.id LIMIT 1 CREATE (a)-[:MET {id: 'fnowhere', shown: true, sources: 1}]->(b)`,
	} {
		damages[name] = func(t *testing.T, url string) { cypher(t, url, statement, nil) }
	}
	graphtest.Doctor(t, databases, damages)
}
