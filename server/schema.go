package server

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/entente-kg/entente/schema/generated"
)

// SDL is the schema in the schema definition language, with its descriptions.
func SDL() string {
	var b strings.Builder
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatSchema(generated.NewExecutableSchema(generated.Config{}).Schema())
	return b.String()
}

// Introspection is the schema as clients and tools read it: the answer to the
// introspection query, with data at its top.
func Introspection(ctx context.Context) ([]byte, error) {
	x := executor.New(generated.NewExecutableSchema(generated.Config{}))
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := x.CreateOperationContext(ctx, &graphql.RawParams{Query: introspectionQuery})
	if errs != nil {
		return nil, errs
	}
	op.DisableIntrospection = false
	next, ctx := x.DispatchOperation(ctx, op)
	response := next(ctx)
	if len(response.Errors) > 0 {
		return nil, response.Errors
	}
	var b bytes.Buffer
	err := json.Indent(&b, encodeResponse(response), "", "  ")
	return append(b.Bytes(), '\n'), err
}

// introspectionQuery is that of graphql-js, with all that this schema has.
const introspectionQuery = `query IntrospectionQuery {
  __schema {
    description
    queryType { name }
    mutationType { name }
    subscriptionType { name }
    types { ...FullType }
    directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL isOneOf
  fields(includeDeprecated: true) {
    name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
  }
  inputFields(includeDeprecated: true) { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
`
