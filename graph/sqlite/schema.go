package sqlite

// schemaVersion is kept in PRAGMA user_version; applicationID ("Ente") in
// PRAGMA application_id, so that somebody else's database is told from ours.
// Version 2 has the log of changes, which a file of version 1 is given when it is opened.
const (
	schemaVersion = 2
	applicationID = 0x456e7465
)

// schema makes an empty database. Ids are texts that stand for themselves;
// rank columns hold what the folds compare (graph.FactRanks), and their partial
// indexes give the next winner of a seat without reading the others.
const schema = changeTable + `;

CREATE TABLE head (only INTEGER PRIMARY KEY CHECK (only = 1), data TEXT NOT NULL) STRICT;

CREATE TABLE decision (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE document (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, title TEXT NOT NULL, title_sort TEXT NOT NULL,
  language TEXT NOT NULL, published TEXT NOT NULL, revision INTEGER NOT NULL, revision_published TEXT NOT NULL, hash TEXT NOT NULL,
  withdrawn INTEGER NOT NULL, ingested_at INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX document_published ON document (iif(published = '', '~', published), id) WHERE NOT withdrawn;
CREATE INDEX document_title ON document (title_sort, id) WHERE NOT withdrawn;

CREATE TABLE sentence (
  n INTEGER PRIMARY KEY, document TEXT NOT NULL, ordinal INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
  UNIQUE (document, ordinal)) STRICT;
CREATE VIRTUAL TABLE sentence_terms USING fts5 (terms, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 0");

CREATE TABLE mention (
  document TEXT NOT NULL, raw TEXT NOT NULL, id TEXT NOT NULL UNIQUE, entity TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  names TEXT NOT NULL, acronym TEXT NOT NULL, spans TEXT NOT NULL, seen TEXT NOT NULL,
  PRIMARY KEY (document, raw)) STRICT, WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity, document);
CREATE INDEX mention_seen ON mention (entity, seen) WHERE seen <> '';
CREATE INDEX mention_raw ON mention (raw, document);

CREATE TABLE evidence (
  document TEXT NOT NULL, ordinal INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, fact TEXT NOT NULL, sentence INTEGER NOT NULL, row TEXT NOT NULL,
  confidence TEXT NOT NULL, date TEXT, until TEXT, place TEXT, title TEXT, mode TEXT, status TEXT, role TEXT,
  PRIMARY KEY (document, ordinal)) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_confidence ON evidence (fact, confidence, id);
CREATE INDEX evidence_date ON evidence (fact, date) WHERE date IS NOT NULL;
CREATE INDEX evidence_until ON evidence (fact, until) WHERE until IS NOT NULL;
CREATE INDEX evidence_place ON evidence (fact, place) WHERE place IS NOT NULL;
CREATE INDEX evidence_title ON evidence (fact, title) WHERE title IS NOT NULL;
CREATE INDEX evidence_mode ON evidence (fact, mode) WHERE mode IS NOT NULL;
CREATE INDEX evidence_status ON evidence (fact, status) WHERE status IS NOT NULL;
CREATE INDEX evidence_role ON evidence (fact, role) WHERE role IS NOT NULL;

CREATE TABLE entity (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, sort TEXT NOT NULL, acronym TEXT NOT NULL,
  agreement_kind TEXT NOT NULL, date TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, documents INTEGER NOT NULL,
  vocabulary INTEGER NOT NULL, identifiers TEXT NOT NULL, name_rank TEXT NOT NULL, acronym_rank TEXT NOT NULL, dated_rank TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX entity_sort ON entity (sort, id) WHERE documents > 0;
CREATE INDEX entity_kind_sort ON entity (kind, sort, id) WHERE documents > 0;
CREATE INDEX entity_kind_date ON entity (kind, iif(date = '', '~', date), id) WHERE documents > 0;
CREATE INDEX entity_last_seen ON entity (iif(last_seen = '', '~', last_seen), id) WHERE documents > 0;
CREATE INDEX entity_documents ON entity (documents, id) WHERE documents > 0;
CREATE INDEX entity_identifiers ON entity (identifiers) WHERE identifiers <> '[]';

CREATE TABLE name (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, entity TEXT NOT NULL, text TEXT NOT NULL, sort TEXT NOT NULL, class INTEGER NOT NULL,
  rank TEXT NOT NULL, documents INTEGER NOT NULL, vocabulary INTEGER NOT NULL, decisions INTEGER NOT NULL) STRICT;
CREATE INDEX name_rank ON name (entity, rank);
CREATE INDEX name_sort ON name (sort, entity);
CREATE VIRTUAL TABLE name_terms USING fts5 (terms, variants, content='', contentless_delete=1, detail=column, prefix='2 3', tokenize="unicode61 remove_diacritics 0");

CREATE TABLE fact (
  id TEXT PRIMARY KEY, predicate TEXT NOT NULL, subject TEXT NOT NULL, object TEXT NOT NULL, tell TEXT NOT NULL, date TEXT NOT NULL,
  qualifiers TEXT NOT NULL, confidence INTEGER NOT NULL, sources INTEGER NOT NULL, vocabulary INTEGER NOT NULL, review TEXT NOT NULL,
  shown INTEGER NOT NULL, ranks TEXT NOT NULL, confidence_rank TEXT NOT NULL, dated TEXT, dated_rank TEXT) STRICT, WITHOUT ROWID;
CREATE INDEX fact_subject ON fact (subject, predicate, object, sources) WHERE shown;
CREATE INDEX fact_object ON fact (object, predicate, subject, sources) WHERE shown;
CREATE INDEX fact_vocabulary ON fact (object, predicate, subject) WHERE vocabulary > 0;
CREATE INDEX fact_date ON fact (iif(date = '', '~', date), id) WHERE shown;
CREATE INDEX fact_subject_date ON fact (subject, iif(date = '', '~', date), id) WHERE shown;
CREATE INDEX fact_object_date ON fact (object, iif(date = '', '~', date), id) WHERE shown;
CREATE INDEX fact_dated ON fact (dated, dated_rank) WHERE dated IS NOT NULL;
`
