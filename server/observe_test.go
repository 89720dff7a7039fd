package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/server"
)

// Whoever asks for the cost is told it; nobody else.
func TestCost(t *testing.T) {
	c := handMade(t)
	ask := func(extensions string) any {
		var body struct{ Extensions any }
		a := c.post(strings.NewReader(`{"query": "{ agreements(first: 5) { nodes { name topics(first: 2) { nodes { name } } } } }"` + extensions + `}`))
		if err := json.Unmarshal(a.Body, &body); err != nil || a.code() != "" {
			t.Fatalf("%s", a.Body)
		}
		return body.Extensions
	}
	cost := at(ask(`, "extensions": {"cost": true}`), "cost")
	if calls, _ := at(cost, "storeCalls").(float64); at(cost, "rows") != 15.0 || calls < 1 || calls > 5 || at(cost, "milliseconds").(float64) <= 0 {
		t.Errorf("%v", cost)
	}
	for _, other := range []string{``, `, "extensions": {"cost": false}`, `, "extensions": {"cost": "true"}`, `, "extensions": null`} {
		if e := ask(other); e != nil {
			t.Errorf("%s: %v", other, e)
		}
	}
}

func TestMetrics(t *testing.T) {
	c := working(t, openSQLite(t))
	c.data(`query Made_up_by_a_client { statistics { documents } }`, nil)
	c.ask(`{ nothing }`, nil)
	c.ask(`{ entity(ref: {name: "nobody at all"}) { id } }`, nil)
	c.handIn(map[string]any{"texts": []any{map[string]any{"source": "a", "text": notice}}})
	text := string(c.get("/metrics").Body)
	for _, line := range []string{
		`entente_operation_duration_seconds_count{code="",operation="query statistics"} 1`,
		`entente_operation_duration_seconds_count{code="NOT_FOUND",operation="query entity"} 1`,
		`entente_operation_duration_seconds_count{code="",operation="mutation ingest"} 1`,
		`entente_operation_store_calls_sum{operation="query statistics"} 1`,
		`entente_requests_refused_total{code="GRAPHQL_VALIDATION_FAILED"} 1`,
		`entente_job_documents_total{outcome="added"} 1`,
		`entente_requests_running 1`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("%s is not told", line)
		}
	}
	if strings.Contains(text, "Made_up") {
		t.Error("a client's words are a label")
	}
	if a := c.get("/metrics", "Host", "example.org"); a.Status != http.StatusForbidden {
		t.Errorf("for a foreign host: %d", a.Status)
	}
}

// slowly is a store that takes its time.
type slowly struct{ graph.Store }

func (s slowly) Resolve(ctx context.Context, refs []graph.Ref) ([][]graph.Entity, error) {
	time.Sleep(1100 * time.Millisecond)
	return s.Store.Resolve(ctx, refs)
}

// A slow question is logged with its cost and shape, and without what it asks for.
func TestSlowQuestionsAreLogged(t *testing.T) {
	var log bytes.Buffer
	store := openSQLite(t)
	c := client{t, server.New(slowly{store}, extractor(t), server.Options{Log: slog.New(slog.NewJSONHandler(&log, nil))}), store}
	a := c.ask(`query Secret1 { secret2: entity(ref: {name: "Secret3"}) { ...Secret4 } } fragment Secret4 on Entity { name facts(first: 3) { nodes { id } } }`, nil)
	var line struct {
		Level, Msg, Request, Operation, Shape, Code string
		MS                                          float64
		StoreCalls, Rows                            int
	}
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatalf("%v: %s", err, log.String())
	}
	if line.Level != "WARN" || line.Request != a.Header.Get("X-Request-Id") || line.Operation != "query entity" || line.MS < 1000 || line.StoreCalls != 1 || line.Rows != 3 ||
		line.Code != "NOT_FOUND" || line.Shape != " { entity(ref:) { ... on Entity { name facts(first:) { nodes { id } } } } }" {
		t.Errorf("%+v", line)
	}
	if strings.Contains(log.String(), "Secret") {
		t.Errorf("%s", log.String())
	}
	log.Reset()
	if c.data(`{ statistics { documents } }`, nil); log.Len() > 0 {
		t.Errorf("a quick one: %s", log.String())
	}
}

// One client may not take all there is.
func TestRequestsAtOnce(t *testing.T) {
	store := openSQLite(t)
	waits := &waiting{Store: store, begun: make(chan bool), end: make(chan bool)}
	c := client{t, server.New(waits, extractor(t), server.Options{Log: quiet}), store}
	done := make(chan bool)
	for range 64 {
		go func() { c.ask(`{ statistics { documents } }`, nil); done <- true }()
		<-waits.begun
	}
	a := c.ask(`{ __typename }`, nil)
	if a.Status != http.StatusTooManyRequests || a.code() != "LIMIT_EXCEEDED" || a.Errors[0].Extensions["limit"] != "requests at once" || a.Header.Get("Retry-After") == "" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	close(waits.end)
	for range 64 {
		<-done
	}
	c.data(`{ __typename }`, nil)
}

// waiting is a store whose statistics wait.
type waiting struct {
	graph.Store
	begun, end chan bool
}

func (w *waiting) Statistics(ctx context.Context) (graph.Statistics, error) {
	select {
	case w.begun <- true:
	case <-w.end:
	}
	<-w.end
	return w.Store.Statistics(ctx)
}

func TestIntrospectionCanBeHidden(t *testing.T) {
	store := openSQLite(t)
	c := client{t, server.New(store, extractor(t), server.Options{Log: quiet, NoIntrospection: true}), store}
	if a := c.ask(introspection, nil); at(a.Data, "__schema") != nil || len(a.Errors) == 0 {
		t.Errorf("%.300s", a.Body)
	}
	c.data(`{ __typename }`, nil)
}
