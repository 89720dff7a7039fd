// Package otlp sends traces by the OpenTelemetry protocol over HTTP, in its JSON
// encoding, to the collector that the standard environment variables name. The
// exporter of OpenTelemetry's own Go libraries brings gRPC with it: eleven
// megabytes for a POST.
package otlp

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

// Provider makes spans and sends them, as the environment says: endpoint, headers
// and attributes of the resource by OTEL_EXPORTER_OTLP_… and OTEL_RESOURCE_ATTRIBUTES,
// the sampler by OTEL_TRACES_SAMPLER. Without an endpoint it is nil. Shut it down at the end.
func Provider(ctx context.Context, service string) (*trace.TracerProvider, error) {
	endpoint := os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
	if base := os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT"); endpoint == "" && base != "" {
		endpoint = strings.TrimSuffix(base, "/") + "/v1/traces"
	}
	if endpoint == "" {
		return nil, nil
	}
	if u, err := url.Parse(endpoint); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("the endpoint for traces is no http or https address: %q", endpoint)
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", service)), resource.WithFromEnv(), resource.WithTelemetrySDK())
	if err != nil {
		return nil, fmt.Errorf("attributes for traces: %w", err)
	}
	e := &exporter{endpoint: endpoint, headers: headers(cmp.Or(os.Getenv("OTEL_EXPORTER_OTLP_TRACES_HEADERS"), os.Getenv("OTEL_EXPORTER_OTLP_HEADERS")))}
	return trace.NewTracerProvider(trace.WithBatcher(e), trace.WithResource(about)), nil
}

// headers reads key=value pairs, percent-encoded and separated by commas.
func headers(list string) http.Header {
	h := http.Header{}
	for pair := range strings.SplitSeq(list, ",") {
		if name, value, found := strings.Cut(pair, "="); found {
			if plain, err := url.PathUnescape(strings.TrimSpace(value)); err == nil {
				h.Set(strings.TrimSpace(name), plain)
			}
		}
	}
	return h
}

// exporter posts batches of spans.
type exporter struct {
	endpoint string
	headers  http.Header
}

// sending is how long one batch may take.
const sending = 10 * time.Second

// ExportSpans implements [trace.SpanExporter].
func (e *exporter) ExportSpans(ctx context.Context, spans []trace.ReadOnlySpan) error {
	if len(spans) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, sending)
	defer cancel()
	body, err := json.Marshal(request(spans))
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, e.endpoint, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header = e.headers.Clone()
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("send traces: %w", err)
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 64<<10)) // so that the connection can be used again
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("send traces: %s answers %s", e.endpoint, response.Status)
	}
	return nil
}

// Shutdown implements [trace.SpanExporter].
func (e *exporter) Shutdown(context.Context) error { return nil }

type object = map[string]any

// request is an ExportTraceServiceRequest: ids in hexadecimal, 64-bit numbers as texts.
func request(spans []trace.ReadOnlySpan) object {
	list := make([]object, len(spans))
	for i, s := range spans {
		id, trace, parent := s.SpanContext().SpanID(), s.SpanContext().TraceID(), s.Parent().SpanID()
		list[i] = object{"traceId": hex.EncodeToString(trace[:]), "spanId": hex.EncodeToString(id[:]), "name": s.Name(), "kind": int(s.SpanKind()),
			"startTimeUnixNano": nanoseconds(s.StartTime()), "endTimeUnixNano": nanoseconds(s.EndTime()), "attributes": attributes(s.Attributes())}
		if s.Parent().IsValid() {
			list[i]["parentSpanId"] = hex.EncodeToString(parent[:])
		}
		if s.Status().Code == codes.Error {
			list[i]["status"] = object{"code": 2, "message": s.Status().Description}
		}
	}
	return object{"resourceSpans": []object{{
		"resource":   object{"attributes": attributes(spans[0].Resource().Attributes())},
		"scopeSpans": []object{{"scope": object{"name": spans[0].InstrumentationScope().Name}, "spans": list}},
	}}}
}

func nanoseconds(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 10) }

func attributes(all []attribute.KeyValue) []object {
	list := make([]object, len(all))
	for i, a := range all {
		value := object{"stringValue": a.Value.String()}
		switch a.Value.Type() {
		case attribute.INT64:
			value = object{"intValue": strconv.FormatInt(a.Value.AsInt64(), 10)}
		case attribute.BOOL:
			value = object{"boolValue": a.Value.AsBool()}
		case attribute.FLOAT64:
			value = object{"doubleValue": a.Value.AsFloat64()}
		}
		list[i] = object{"key": string(a.Key), "value": value}
	}
	return list
}
