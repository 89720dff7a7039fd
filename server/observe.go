package server

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-kg/entente/graph"
)

// metrics are what /metrics tells. Every label has few values: an operation is its
// kind and its first field, never a name that a client made up.
type metrics struct {
	registry  *prometheus.Registry
	duration  *prometheus.HistogramVec
	calls     *prometheus.HistogramVec
	rows      *prometheus.HistogramVec
	refused   *prometheus.CounterVec
	running   prometheus.Gauge
	documents *prometheus.CounterVec
}

func newMetrics() *metrics {
	histogram := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		duration: histogram("entente_operation_duration_seconds", "How long operations took, by kind and first field, and by the code of their first error.",
			[]float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}, "operation", "code"),
		calls: histogram("entente_operation_store_calls", "How many statements operations sent to the store.", []float64{1, 2, 4, 8, 16, 32, 64, 128}, "operation"),
		rows:  histogram("entente_operation_rows", "How many rows operations asked for at most.", prometheus.ExponentialBuckets(1, 4, 9), "operation"),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "entente_requests_refused_total",
			Help: "Requests that never became an operation, by code."}, []string{"code"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{Name: "entente_requests_running", Help: "Requests that are being answered, streams included."}),
		documents: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "entente_job_documents_total",
			Help: "Documents of jobs that this server has read, by what became of them."}, []string{"outcome"}),
	}
	m.registry.MustRegister(m.duration, m.calls, m.rows, m.refused, m.running, m.documents,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 2})
}

func (m *metrics) read(items []graph.JobItem) {
	for _, i := range items {
		outcome := string(i.Result.Outcome)
		if i.Result.Error != nil {
			outcome = "failed"
		}
		m.documents.WithLabelValues(outcome).Inc()
	}
}

// slow is what a question takes that is written into the log.
const slow = time.Second

// cost is what an operation took.
type cost struct {
	Rows         int     `json:"rows"`         // asked for at most
	StoreCalls   int64   `json:"storeCalls"`   // statements
	Milliseconds float64 `json:"milliseconds"` // until it was answered
}

// observed runs an operation and takes its cost: into the metrics, into the log if it
// was slow (by its shape, never with what it asked for), and into the answer if
// the request has {"extensions": {"cost": true}}.
func (s *Server) observed(ctx context.Context, q *question) *graphql.Response {
	ctx, calls := graph.WithStatementCount(ctx)
	before, start := calls.Load(), time.Now()
	ctx, span := s.traced(ctx, q.op.Headers, q.op.Operation)
	r := s.answer(ctx, q)
	took := time.Since(start)
	c := cost{Rows: q.rows, StoreCalls: calls.Load() - before, Milliseconds: float64(took.Microseconds()) / 1000}

	ended(span, c, codeOf(r.Errors))
	name := operationName(q.op.Operation)
	s.metrics.duration.WithLabelValues(name, codeOf(r.Errors)).Observe(took.Seconds())
	s.metrics.calls.WithLabelValues(name).Observe(float64(c.StoreCalls))
	s.metrics.rows.WithLabelValues(name).Observe(float64(c.Rows))
	level := slog.LevelDebug
	if took >= slow && q.op.Operation.Operation == ast.Query {
		level = slog.LevelWarn
	}
	if s.log.Enabled(ctx, level) {
		s.log.Log(ctx, level, "operation", "request", requestID(ctx), "operation", name, "ms", c.Milliseconds, "rows", c.Rows,
			"storeCalls", c.StoreCalls, "bytes", len(r.Data), "code", codeOf(r.Errors), "shape", shape(q.op))
	}
	if wanted, _ := q.op.Extensions["cost"].(bool); wanted {
		if r.Extensions == nil {
			r.Extensions = map[string]any{}
		}
		r.Extensions["cost"] = c
	}
	return r
}

func codeOf(errs gqlerror.List) string {
	if len(errs) == 0 {
		return ""
	}
	code, _ := errs[0].Extensions["code"].(string)
	return code
}

// operationName is the kind of an operation and its first field.
func operationName(op *ast.OperationDefinition) string {
	for _, selection := range op.SelectionSet {
		if f, is := selection.(*ast.Field); is {
			return string(op.Operation) + " " + f.Name
		}
	}
	return string(op.Operation)
}

const mostShape = 2000 // bytes

// shape is what an operation selects: fields with the names of their arguments,
// without a value, an alias or a name that a client chose.
func shape(op *graphql.OperationContext) string {
	var b strings.Builder
	writeShape(&b, op, op.Operation.SelectionSet)
	if b.Len() > mostShape {
		return b.String()[:mostShape] + "…"
	}
	return b.String()
}

func writeShape(b *strings.Builder, op *graphql.OperationContext, set ast.SelectionSet) {
	if len(set) == 0 || b.Len() > mostShape {
		return
	}
	b.WriteString(" {")
	for _, selection := range set {
		switch x := selection.(type) {
		case *ast.Field:
			b.WriteString(" " + x.Name)
			if len(x.Arguments) > 0 {
				b.WriteString("(")
				for _, a := range x.Arguments {
					b.WriteString(a.Name + ":")
				}
				b.WriteString(")")
			}
			writeShape(b, op, x.SelectionSet)
		case *ast.InlineFragment:
			b.WriteString(" ... on " + x.TypeCondition)
			writeShape(b, op, x.SelectionSet)
		case *ast.FragmentSpread:
			if f := op.Doc.Fragments.ForName(x.Name); f != nil {
				b.WriteString(" ... on " + f.TypeCondition)
				writeShape(b, op, f.SelectionSet)
			}
		}
	}
	b.WriteString(" }")
}
