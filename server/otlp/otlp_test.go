package otlp_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"

	"github.com/entente-kg/entente/server/otlp"
)

// A collector gets spans with their parents, and the headers that it wants.
func TestSpansAreSent(t *testing.T) {
	var got struct {
		ResourceSpans []struct {
			Resource   struct{ Attributes []struct{ Key string } }
			ScopeSpans []struct {
				Spans []struct {
					TraceID, SpanID, ParentSpanID, Name, StartTimeUnixNano string
					Attributes                                             []struct {
						Key   string
						Value struct{ IntValue, StringValue string }
					}
					Status struct{ Code int }
				}
			}
		}
	}
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/traces" || r.Header.Get("X-Key") != "a secret" || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %v", r.URL, r.Header)
		}
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
	}))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL+"/")
	t.Setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%20secret, other=1")
	provider, err := otlp.Provider(t.Context(), "entente")
	if err != nil || provider == nil {
		t.Fatal(provider, err)
	}
	ctx, outer := provider.Tracer("test").Start(t.Context(), "query agreements")
	_, inner := provider.Tracer("test").Start(ctx, "agreements")
	inner.SetAttributes(attribute.Int("rows", 12))
	inner.SetStatus(codes.Error, "TIMEOUT")
	inner.End()
	outer.End()
	if err := provider.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(got.ResourceSpans) != 1 || len(got.ResourceSpans[0].ScopeSpans[0].Spans) != 2 {
		t.Fatalf("%+v", got)
	}
	spans := got.ResourceSpans[0].ScopeSpans[0].Spans
	child, parent := spans[0], spans[1]
	if child.Name != "agreements" || child.ParentSpanID != parent.SpanID || child.TraceID != parent.TraceID || len(parent.TraceID) != 32 || parent.ParentSpanID != "" ||
		child.Attributes[0].Value.IntValue != "12" || child.Status.Code != 2 || parent.Status.Code != 0 || len(child.StartTimeUnixNano) != 19 {
		t.Errorf("%+v", spans)
	}
}

func TestEnvironment(t *testing.T) {
	if p, err := otlp.Provider(t.Context(), "x"); p != nil || err != nil {
		t.Errorf("without an endpoint: %v %v", p, err)
	}
	t.Setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "localhost:4318")
	if _, err := otlp.Provider(t.Context(), "x"); err == nil {
		t.Error("an endpoint that is no address is taken")
	}
}
