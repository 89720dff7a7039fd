package neo4j

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// schemaVersion is kept on the (:Entente) node. Version 2 has day and seen, which
// lists by date walk; version 3 the log of changes.
const schemaVersion = 3

// index is one index, or a uniqueness constraint with its index.
type index struct {
	name       string
	on         string // label or type
	edge       bool
	properties []string
	unique     bool
	words      bool // full text, of terms that graph made
}

// indexes lists the schema.
func indexes() []index {
	var all []index
	for _, label := range []string{"Entente", "Entity", "Document", "Sentence", "Evidence", "Name", "Decision"} {
		all = append(all, index{name: strings.ToLower(label) + "_id", on: label, properties: []string{"id"}, unique: true})
	}
	for _, p := range graph.Predicates {
		all = append(all, index{name: strings.ToLower(string(p)) + "_id", on: string(p), edge: true, properties: []string{"id"}, unique: true})
	}
	for _, p := range graph.Predicates {
		for _, of := range []string{"day", "sources", "confidence"} {
			all = append(all, index{name: strings.ToLower(string(p)) + "_" + of, on: string(p), edge: true, properties: []string{of, "id"}})
		}
	}
	for _, of := range []string{"day", "seen", "documents"} {
		all = append(all, index{name: "entity_kind_" + of, on: "Entity", properties: []string{"kind", of, "id"}})
	}
	for _, p := range dating {
		all = append(all, index{name: strings.ToLower(string(p)) + "_dates", on: string(p), edge: true, properties: []string{"dates"}})
	}
	for _, of := range append([]graph.Qualifier{graph.Qualifier(graph.ConfidenceSeat)}, graph.AllQualifiers...) {
		all = append(all, index{name: "evidence_" + string(of), on: "Evidence", properties: []string{string(of) + "Rank"}})
	}
	return append(all,
		index{name: "entity_sort", on: "Entity", properties: []string{"sort", "id"}},
		index{name: "entity_kind_sort", on: "Entity", properties: []string{"kind", "sort", "id"}},
		index{name: "entity_identifiers", on: "Entity", properties: []string{"identifiers"}, words: true},
		index{name: "document_published_up", on: "Document", properties: []string{"publishedUp", "id"}},
		index{name: "document_published_down", on: "Document", properties: []string{"publishedDown", "id"}},
		index{name: "document_title", on: "Document", properties: []string{"titleSort", "id"}},
		index{name: "ingestitem_id", on: "IngestItem", properties: []string{"id"}},
		index{name: "ingestitem_job", on: "IngestItem", properties: []string{"job", "number"}},
		index{name: "change_n", on: "Change", properties: []string{"n"}},
		index{name: "evidence_fact", on: "Evidence", properties: []string{"fact"}},
		index{name: "mentions_seen", on: "MENTIONS", edge: true, properties: []string{"entitySeen"}},
		index{name: "mentions_raw", on: "MENTIONS", edge: true, properties: []string{"raw"}},
		index{name: "name_rank", on: "Name", properties: []string{"rank"}},
		index{name: "name_sort", on: "Name", properties: []string{"sort"}},
		index{name: "name_words", on: "Name", properties: []string{"terms", "variants"}, words: true},
		index{name: "sentence_words", on: "Sentence", properties: []string{"terms"}, words: true},
	)
}

// create is the statement that makes it.
func (x index) create() string {
	of := "(x:" + x.on + ")"
	if x.edge {
		of = "()-[x:" + x.on + "]-()"
	}
	properties := "x." + strings.Join(x.properties, ", x.")
	switch {
	case x.unique:
		return fmt.Sprintf("CREATE CONSTRAINT %s IF NOT EXISTS FOR %s REQUIRE %s IS UNIQUE", x.name, of, properties)
	case x.words:
		analyzer := "whitespace"
		if x.on == "Entity" {
			analyzer = "keyword" // identifiers are found whole
		}
		return fmt.Sprintf("CREATE FULLTEXT INDEX %s IF NOT EXISTS FOR %s ON EACH [%s] OPTIONS {indexConfig: {`fulltext.analyzer`: '%s'}}",
			x.name, of, properties, analyzer)
	}
	return fmt.Sprintf("CREATE INDEX %s IF NOT EXISTS FOR %s ON (%s)", x.name, of, properties)
}

// describes tells whether SHOW INDEXES shows this very index, and whether it lacks its
// constraint.
func (x index) describes(shown *neo4j.Record) (ours, orphaned bool) {
	v := values(shown.AsMap())
	kind := map[bool]string{true: "FULLTEXT", false: "RANGE"}[x.words]
	owned := v["owningConstraint"] != nil
	ours = v.text("type") == kind && slices.Equal(v.texts("labelsOrTypes"), []string{x.on}) && slices.Equal(v.texts("properties"), x.properties) && (x.unique || !owned)
	return ours, x.unique && !owned
}

// prepare checks whose database it is, makes the schema in an empty one and
// writes the vocabulary.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.driver.VerifyConnectivity(ctx); err != nil {
		return err
	}
	head, err := s.inspect(ctx)
	if err != nil {
		return err
	}
	if err := s.upgrade(ctx); err != nil {
		return err
	}
	if err := s.ensureSchema(ctx); err != nil {
		return err
	}
	if head.Version != "" {
		s.frozen = s.bookkeeper.Open(ctx, &ledger{head: head}) // compares the versions only
		return nil
	}
	err = s.write(ctx, "open", func(l graph.Ledger) error { return s.bookkeeper.Open(ctx, l) })
	if graph.KindOf(err) == graph.Conflict { // another process was faster, with another version
		s.frozen, err = err, nil
	}
	return err
}

// inspect reads the head, and refuses a database that is not ours. Where there
// was no head and then something else, the vocabulary of another process may have
// come in between, so that the head is looked for again.
func (s *Store) inspect(ctx context.Context) (graph.Statistics, error) {
	for looks := 0; ; looks++ {
		records, err := s.query(ctx, "open", `MATCH (e:Entente) RETURN properties(e) AS head`, nil)
		if err != nil {
			return graph.Statistics{}, err
		}
		if len(records) > 0 {
			return s.inspectHead(records)
		}
		if err = s.refuseStrangers(ctx); graph.KindOf(err) != graph.Conflict || looks == headLooks {
			return graph.Statistics{}, err
		}
		if err := pause(ctx); err != nil {
			return graph.Statistics{}, err
		}
	}
}

func (s *Store) inspectHead(records []*neo4j.Record) (graph.Statistics, error) {
	head := valuesOf(get[any](records[0], "head"))
	switch version := head.number("schema"); {
	case len(records) > 1 || head.text("id") != "entente" || version < 1:
		return graph.Statistics{}, graph.Errorf(graph.Conflict, "open: database %q has :Entente nodes that are not ours", s.database).
			WithHint("name another database with ENTENTE_NEO4J_DATABASE")
	case version > schemaVersion:
		return graph.Statistics{}, graph.Errorf(graph.Conflict, "open: database %q has schema version %d, this program knows %d", s.database, version, schemaVersion).
			WithHint("use the newer program that wrote it")
	}
	return headOf(head)
}

// upgrade writes what an older schema version lacks, in steps that may be done
// twice: what is cut off, or done by two processes at once, is done again.
func (s *Store) upgrade(ctx context.Context) error {
	records, err := s.query(ctx, "open", `MATCH (e:Entente) WHERE e.schema < $schema RETURN e.schema AS schema`, map[string]any{"schema": schemaVersion})
	if err != nil || len(records) == 0 {
		return err
	}
	session := s.session(ctx)
	defer session.Close(context.WithoutCancel(ctx))
	from := get[int64](records[0], "schema")
	steps := []string{
		`MATCH (n:Entity) CALL (n) { SET n.day = coalesce(n.date, ''), n.seen = coalesce(n.lastSeen, '') } IN TRANSACTIONS OF 10000 ROWS`,
		`MATCH ()-[r:` + edgeTypes(nil) + `]->() CALL (r) { SET r.day = coalesce(r.date, '') } IN TRANSACTIONS OF 10000 ROWS`,
		`MATCH (e:Entente) SET e.schema = ` + strconv.Itoa(schemaVersion),
	}
	if from >= 2 {
		steps = steps[2:]
	}
	for _, text := range steps {
		done, err := session.Run(ctx, text, nil) // CALL … IN TRANSACTIONS refuses a transaction around it
		if err == nil {
			_, err = done.Consume(ctx)
		}
		if err != nil {
			return fmt.Errorf("bring the schema from version %d to %d: %w", from, schemaVersion, err)
		}
	}
	return nil
}

// refuseStrangers looks for what others keep under our labels and types.
func (s *Store) refuseStrangers(ctx context.Context) error {
	labels := []string{"Entity", "Document", "Sentence", "Evidence", "Name", "Decision", "IngestJob", "IngestItem", "Change"}
	for _, k := range graph.Kinds {
		labels = append(labels, string(k))
	}
	text := "MATCH (n:" + strings.Join(labels, "|") + ") RETURN ':' + head(labels(n)) AS found LIMIT 1 UNION ALL MATCH ()-[r:" +
		edgeTypes(nil) + "|MENTIONS|IN|FROM]->() RETURN ':' + type(r) AS found LIMIT 1"
	records, err := s.query(ctx, "open", text, nil)
	if err != nil || len(records) == 0 {
		return err
	}
	return graph.Errorf(graph.Conflict, "open: database %q holds data of another program (%s), which would mix with the graph", s.database, get[string](records[0], "found")).
		WithHint("name an empty database with ENTENTE_NEO4J_DATABASE")
}

// ensureSchema makes what is missing. An index of our name that is not ours is
// refused, since IF NOT EXISTS would pass over it in silence. While another
// process makes a constraint, its index already shows and has no owner yet, and if the server fell meanwhile it
// never will; so what differs is looked at again before it is dropped or refused.
func (s *Store) ensureSchema(ctx context.Context) error {
	for tries := 1; ; tries++ {
		missing, orphaned, foreign, err := s.compareSchema(ctx)
		switch {
		case err != nil:
			return err
		case foreign == "" && len(missing)+len(orphaned) == 0:
			return nil
		case foreign == "" && len(orphaned) == 0:
			if err := s.createIndexes(ctx, missing); !nameTaken(err) || tries > 2*schemaLooks {
				return err
			}
		case tries%schemaLooks != 0:
		case foreign == "" && tries == schemaLooks:
			if err := s.dropIndexes(ctx, orphaned); err != nil {
				return err
			}
		default:
			for _, x := range orphaned {
				foreign = x.name
			}
			return graph.Errorf(graph.Conflict, "open: database %q has an index %s that is not ours", s.database, foreign).
				WithHint("drop it, or name another database with ENTENTE_NEO4J_DATABASE")
		}
		if err := pause(ctx); err != nil {
			return err
		}
	}
}

// How often a schema that differs, and a head that is missing, are looked at
// again, and after what time: a constraint in an empty database takes well under
// a second, and what is half seen of a commit a few milliseconds.
const (
	schemaLooks = 12
	headLooks   = 4
	lookPause   = 250 * time.Millisecond
)

func pause(ctx context.Context) error {
	select {
	case <-time.After(lookPause):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// compareSchema gives the indexes that are missing, those that lack their constraint, and the name of
// one that is not ours.
func (s *Store) compareSchema(ctx context.Context) (missing, orphaned []index, foreign string, err error) {
	records, err := s.query(ctx, "open", `SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint`, nil)
	if err != nil {
		return nil, nil, "", err
	}
	shown := map[string]*neo4j.Record{}
	for _, r := range records {
		shown[get[string](r, "name")] = r
	}
	for _, x := range indexes() {
		r := shown[x.name]
		if r == nil {
			missing = append(missing, x)
			continue
		}
		ours, orphan := x.describes(r)
		if !ours {
			return nil, nil, x.name, nil
		}
		if orphan {
			orphaned = append(orphaned, x)
		}
	}
	return missing, orphaned, "", nil
}

func (s *Store) createIndexes(ctx context.Context, missing []index) error {
	if err := s.changeSchema(ctx, missing, index.create); err != nil {
		return err
	}
	_, err := s.query(ctx, "open", "CALL db.awaitIndexes(600)", nil)
	return err
}

func (s *Store) dropIndexes(ctx context.Context, orphaned []index) error {
	return s.changeSchema(ctx, orphaned, func(x index) string { return "DROP INDEX " + x.name + " IF EXISTS" })
}

// changeSchema runs a statement for each of some indexes.
func (s *Store) changeSchema(ctx context.Context, of []index, statement func(index) string) error {
	session := s.session(ctx)
	defer session.Close(context.WithoutCancel(ctx))
	_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		l := &ledger{store: s, tx: tx}
		for _, x := range of {
			if _, err := l.run(ctx, statement(x), nil); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	return err
}
