package schema_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-kg/entente/schema"
)

// An object has its fields in the order of the query, each name once; one that panics
// is null, and tells that the object is invalid where it must not be.
func TestObject(t *testing.T) {
	ctx := graphql.WithResponseContext(t.Context(), graphql.DefaultErrorPresenter, func(context.Context, any) error { return errors.New("panicked") })
	op := &graphql.OperationContext{RecoverFunc: func(context.Context, any) error { return errors.New("panicked") }}
	var fields []graphql.CollectedField
	for _, name := range []string{"id", "facts", "id", "name"} {
		fields = append(fields, graphql.CollectedField{Field: &ast.Field{Name: name, Alias: name}})
	}
	for _, tc := range []struct {
		name     string
		required bool
		invalids uint32
	}{{"a field that may be null", false, 0}, {"one that may not", true, 1}} {
		t.Run(tc.name, func(t *testing.T) {
			o := schema.NewObject(fields)
			for i, f := range fields {
				o.Values[i] = graphql.MarshalString(f.Name)
			}
			o.ResolveConcurrently(op, 1, true, tc.required, func(context.Context) graphql.Marshaler { panic("no facts") })
			o.ResolveConcurrently(op, 3, true, true, func(context.Context) graphql.Marshaler { return graphql.MarshalString("Norov") })
			o.Dispatch(ctx)
			var b bytes.Buffer
			o.MarshalGQL(&b)
			if want := `{"id":"id","facts":null,"name":"Norov"}`; b.String() != want || o.Invalids != tc.invalids {
				t.Errorf("the object is %s, %d invalid; want %s, %d", b.String(), o.Invalids, want, tc.invalids)
			}
		})
	}
}
