package schema

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// EachItem makes the items of a list, one after the other: what the first loads of
// a nested field it loads for its whole [Batch]. An item that panics is null, and
// the error names its place.
func EachItem(ctx context.Context, n int, item func(ctx context.Context, i int) graphql.Marshaler) graphql.Array {
	items, fields, places := make(graphql.Array, n), make([]graphql.FieldContext, n), make([]int, n)
	for i := range items {
		places[i], fields[i].Index = i, &places[i]
		items[i] = oneItem(graphql.WithFieldContext(ctx, &fields[i]), i, item)
	}
	return items
}

func oneItem(ctx context.Context, i int, item func(context.Context, int) graphql.Marshaler) (made graphql.Marshaler) {
	defer func() {
		if p := recover(); p != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, p))
			made = graphql.Null
		}
	}()
	return item(ctx, i)
}
