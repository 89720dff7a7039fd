// Package graph is the domain of Entente: what a diplomatic knowledge graph
// consists of, how documents become one, and what a store has to do.
//
// # Nouns
//
// An [Entity] is an organisation, country, person, agreement, topic, place or
// event. A [Fact] is an edge between two of them, one of seventeen predicates
// whose rules stand in [Ontology]. An [Evidence] is the sentence of a [Document]
// that states a fact. A [Decision] is what a person said about any of it.
//
// # Identity
//
// The graph is a function of the set of documents (each in its highest
// [Revision]), of the set of decisions, and of one [Vocabulary] version; never of
// order, time or concurrency. A document contributes a [Change]: entities under
// keys that are computed from this document and the gazetteer alone, and facts
// between them. Equal keys are one entity across documents, and an id is the hash
// of kind and key, so two stores agree on ids without talking.
//
// # Folds
//
// Everything a record shows is a fold over rows keyed by document: the least of
// some ranks, texts whose byte order is the fold's order (ranks.go). [Bookkeeper]
// is the one place that computes them. It works on a [Ledger], which is all that a
// store has to implement for writing: rows and records in, rows and records out,
// and the next winner of a seat by index.
//
// # Reading
//
// [Reader] answers lists (filters, one order, keyset windows, a page for each
// parent), references, counts, and the steps that [Search], [Neighbourhood],
// [Neighbours] and [Paths] are made of. What decides order is made here, by [Fold], [NameTerms] and
// [SentenceTerms], and stored; so every store orders alike.
//
// The package imports no other of ours. Errors that a caller can do something
// about have an [ErrorKind].
package graph
