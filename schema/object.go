package schema

import (
	"context"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
)

// Object is an object of an answer in the making. It does what gqlgen's FieldSet does, but
// for @defer: whatever is asked for is in the one answer.
type Object struct {
	Values   []graphql.Marshaler // of the fields, in their order
	Invalids uint32              // fields that must not be null and are
	fields   []graphql.CollectedField
	waiting  []waiting
}

// waiting is a field that a resolver makes.
type waiting struct {
	place   int
	invalid graphql.Marshaler // what makes the object invalid
	resolve func(context.Context) graphql.Marshaler
}

// NewObject makes an object of these fields.
func NewObject(fields []graphql.CollectedField) *Object {
	return &Object{fields: fields, Values: make([]graphql.Marshaler, len(fields))}
}

// ResolveConcurrently has a field resolved by Dispatch. If it panics, and guard is set, it is
// null, and the error names its place.
func (o *Object) ResolveConcurrently(op *graphql.OperationContext, place int, guard, required bool, resolve func(context.Context) graphql.Marshaler) {
	w := waiting{place: place, invalid: graphql.RequiredNull, resolve: resolve}
	if required {
		w.invalid = graphql.Null
	}
	if guard {
		w.resolve = func(ctx context.Context) graphql.Marshaler { return guarded(ctx, op, resolve) }
	}
	o.waiting = append(o.waiting, w)
}

// ResolveRootConcurrently is ResolveConcurrently with the context and the middleware of a root field.
func (o *Object) ResolveRootConcurrently(ctx context.Context, op *graphql.OperationContext, place int, guard, required bool, resolve func(context.Context) graphql.Marshaler) {
	o.ResolveConcurrently(op, place, false, required, func(context.Context) graphql.Marshaler {
		return op.RootResolverMiddleware(ctx, func(ctx context.Context) graphql.Marshaler {
			if guard {
				return guarded(ctx, op, resolve)
			}
			return resolve(ctx)
		})
	})
}

func guarded(ctx context.Context, op *graphql.OperationContext, resolve func(context.Context) graphql.Marshaler) (made graphql.Marshaler) {
	defer func() {
		if p := recover(); p != nil {
			op.Error(ctx, op.Recover(ctx, p))
			made = graphql.Null
		}
	}()
	return resolve(ctx)
}

// Dispatch resolves what waits.
func (o *Object) Dispatch(ctx context.Context) {
	if len(o.waiting) == 0 {
		return
	}
	var others sync.WaitGroup
	for _, w := range o.waiting[1:] {
		others.Go(func() { o.resolve(ctx, w) })
	}
	o.resolve(ctx, o.waiting[0])
	others.Wait()
}

func (o *Object) resolve(ctx context.Context, w waiting) {
	made := w.resolve(ctx)
	if o.Values[w.place] = made; made == w.invalid {
		atomic.AddUint32(&o.Invalids, 1)
	}
}

// MarshalGQL implements [graphql.Marshaler].
func (o *Object) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, `{`)
	for i, value := range o.Values {
		if o.repeats(i) {
			continue
		}
		if i > 0 {
			_, _ = io.WriteString(w, `,`)
		}
		_, _ = io.WriteString(w, `"`)
		_, _ = io.WriteString(w, o.fields[i].Alias) // a name, which needs no escapes
		_, _ = io.WriteString(w, `":`)
		value.MarshalGQL(w)
	}
	_, _ = io.WriteString(w, `}`)
}

// repeats tells whether an earlier field has the same name in the answer, as one that two
// fragments on types without anything in common ask for.
func (o *Object) repeats(i int) bool {
	return slices.ContainsFunc(o.fields[:i], func(f graphql.CollectedField) bool { return f.Alias == o.fields[i].Alias })
}
