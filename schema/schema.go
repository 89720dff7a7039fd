// Package schema is the GraphQL schema, one *.graphqls file per noun, and the Go
// types that stand for its objects.
//
// An object of the schema is a record of package graph that knows its [Batch]:
// the objects that the same load made. When a resolver is asked for a nested
// field of one object, it loads that field for the whole batch, and the others
// find it there. So a field costs as many statements as it stands in the query,
// however many parents it has, without timers and without guessing what will be
// asked next.
//
// Everything that gqlgen writes is in the package generated; resolvers are in
// the package server.
package schema

//go:generate go run ./generate
