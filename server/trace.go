package server

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// traced begins the span of an operation, below that of the caller if the request
// names one. Spans bear what the metrics do, and no value.
func (s *Server) traced(ctx context.Context, headers http.Header, op *ast.OperationDefinition) (context.Context, trace.Span) {
	ctx = propagation.TraceContext{}.Extract(ctx, propagation.HeaderCarrier(headers))
	return s.opts.Tracer.Start(ctx, operationName(op), trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(attribute.String("graphql.operation.type", string(op.Operation)), attribute.String("entente.request", requestID(ctx))))
}

// ended ends it.
func ended(span trace.Span, c cost, code string) {
	span.SetAttributes(attribute.Int("entente.rows", c.Rows), attribute.Int64("entente.store_calls", c.StoreCalls))
	if code != "" {
		span.SetStatus(codes.Error, code)
	}
	span.End()
}

// tracedField is a span for each field at the root.
func (s *Server) tracedField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	ctx, span := s.opts.Tracer.Start(ctx, graphql.GetRootFieldContext(ctx).Field.Name)
	defer span.End()
	return next(ctx)
}
