package schema_test

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-kg/entente/schema"
)

// An item that panics is null, its error names its place, and the others are whole.
func TestEachItem(t *testing.T) {
	ctx := graphql.WithResponseContext(t.Context(), graphql.DefaultErrorPresenter, func(context.Context, any) error { return errors.New("panicked") })
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: graphql.CollectedField{Field: &ast.Field{Alias: "nodes"}}})
	items := schema.EachItem(ctx, 3, func(ctx context.Context, i int) graphql.Marshaler {
		if i == 1 {
			panic("no such item")
		}
		return graphql.MarshalString(graphql.GetPath(ctx).String() + " of " + strconv.Itoa(i))
	})
	var b bytes.Buffer
	items.MarshalGQL(&b)
	if want := `["nodes[0] of 0",null,"nodes[2] of 2"]`; b.String() != want {
		t.Errorf("the list is %s, want %s", b.String(), want)
	}
	if errs := graphql.GetErrors(ctx); len(errs) != 1 || errs[0].Path.String() != "nodes[1]" {
		t.Errorf("the errors are %v, want one at nodes[1]", errs)
	}
}
