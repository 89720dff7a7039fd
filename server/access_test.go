package server_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/server"
)

const ping = `{"query": "{ __typename }"}`

func TestWhoMayAsk(t *testing.T) {
	store := openSQLite(t)
	open := client{t, server.New(store, extractor(t), server.Options{Log: quiet, AllowedHosts: []string{"graph.example", "named:9000"}}), store}
	closed := client{t, server.New(store, extractor(t), server.Options{Log: quiet, Token: "secret-token"}), store}
	for _, tc := range []struct {
		name    string
		server  client
		headers []string
		status  int
	}{
		{"localhost", open, []string{"Host", "localhost:8080"}, 200},
		{"127.0.0.1", open, []string{"Host", "127.0.0.1:8080"}, 200},
		{"another loopback address", open, []string{"Host", "127.9.9.9"}, 200},
		{"IPv6", open, []string{"Host", "[::1]:8080"}, 200},
		{"a name that was allowed", open, []string{"Host", "Graph.Example:443"}, 200},
		{"a name that was allowed with its port", open, []string{"Host", "named:9000"}, 200},
		{"that name with another port", open, []string{"Host", "named:9001"}, 403},
		{"a name given to our address", open, []string{"Host", "evil.example"}, 403},
		{"a name that begins like ours", open, []string{"Host", "localhost.evil.example"}, 403},
		{"another address", open, []string{"Host", "192.0.2.1:8080"}, 403},
		{"our own page", open, []string{"Host", "localhost:8080", "Origin", "http://localhost:8080"}, 200},
		{"a page on another port", open, []string{"Host", "localhost:8080", "Origin", "http://localhost:3000"}, 403},
		{"a page elsewhere", open, []string{"Host", "localhost:8080", "Origin", "https://evil.example"}, 403},
		{"a page from nowhere", open, []string{"Host", "localhost:8080", "Origin", "null"}, 403},
		{"the token", closed, []string{"Authorization", "Bearer secret-token"}, 200},
		{"the token in another spelling of the scheme", closed, []string{"Authorization", "bearer secret-token"}, 200},
		{"no token", closed, nil, 401},
		{"another token", closed, []string{"Authorization", "Bearer secret-toke"}, 401},
		{"another scheme", closed, []string{"Authorization", "Basic secret-token"}, 401},
		{"the token without a scheme", closed, []string{"Authorization", "secret-token"}, 401},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := tc.server.post(strings.NewReader(ping), tc.headers...)
			if a.Status != tc.status || (tc.status != 200) != (a.code() == "FORBIDDEN") {
				t.Errorf("%d %s, expected %d", a.Status, a.Body, tc.status)
			}
		})
	}
	if a := closed.get("/"); a.Status != 200 {
		t.Errorf("the page, which holds nothing and asks for the token, without it: %d", a.Status)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if a := closed.get(path, "Host", "10.0.0.7:8080"); a.Status != 200 {
			t.Errorf("%s without token: %d %s", path, a.Status, a.Body)
		}
	}
}

func (c client) get(path string, headers ...string) answer {
	c.Helper()
	r := httptest.NewRequestWithContext(c.Context(), http.MethodGet, "http://localhost"+path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return c.do(r)
}

func TestProbes(t *testing.T) {
	store := openSQLite(t)
	s := server.New(store, extractor(t), server.Options{Log: quiet})
	c := client{t, s, store}
	expect := func(path string, status int) {
		t.Helper()
		if a := c.get(path); a.Status != status {
			t.Errorf("%s is %d %s, expected %d", path, a.Status, a.Body, status)
		}
	}
	expect("/readyz", 200)
	s.SetReady(false)
	expect("/readyz", 503)
	expect("/healthz", 200)
	s.SetReady(true)
	expect("/readyz", 200)
	c.handler = server.New(broken{store, graph.Errorf(graph.Unavailable, "the database is away")}, extractor(t), server.Options{Log: quiet})
	expect("/readyz", 503)
	expect("/healthz", 200)
	expect("/nowhere", 404)
}

// broken is a store whose statistics fail, or panic if there is no error.
type broken struct {
	graph.Store
	err error
}

func (b broken) Statistics(context.Context) (graph.Statistics, error) {
	if b.err == nil {
		panic("secret panic")
	}
	return graph.Statistics{}, b.err
}

// What nobody foresaw is in the log in full, and in no answer.
func TestFaultsAreMasked(t *testing.T) {
	store := openSQLite(t)
	for name, fault := range map[string]error{"error": errors.New("secret error"), "panic": nil} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			c := client{t, server.New(broken{store, fault}, extractor(t), server.Options{Log: slog.New(slog.NewTextHandler(&log, nil))}), store}
			a := c.ask(`{ statistics { documents } }`, nil)
			if a.code() != "INTERNAL" || a.Errors[0].Message != "internal error" || bytes.Contains(a.Body, []byte("secret")) {
				t.Errorf("%s", a.Body)
			}
			if !strings.Contains(log.String(), "secret "+name) || !strings.Contains(log.String(), a.Header.Get("X-Request-Id")) {
				t.Errorf("the log has %s", log.String())
			}
			c.handler = server.New(broken{store, graph.Errorf(graph.Unavailable, "the database is away").WithHint("wait")}, extractor(t), server.Options{Log: quiet})
			if a := c.ask(`{ statistics { documents } }`, nil); a.code() != "UNAVAILABLE" || a.Errors[0].Extensions["hint"] != "wait" {
				t.Errorf("a known error: %s", a.Body)
			}
		})
	}
}

func TestThePage(t *testing.T) {
	c := handMade(t)
	for _, path := range []string{"/", "/app.js", "/app.css"} {
		a := c.get(path)
		if a.Status != 200 || len(a.Body) == 0 {
			t.Errorf("%s is %d with %d bytes", path, a.Status, len(a.Body))
		}
		if csp := a.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: Content-Security-Policy is %q", path, csp)
		}
		if again := c.get(path, "If-None-Match", a.Header.Get("ETag")); again.Status != 304 || len(again.Body) != 0 {
			t.Errorf("%s, known already, is %d", path, again.Status)
		}
		if packed := c.get(path, "Accept-Encoding", "gzip"); packed.Header.Get("Content-Encoding") != "gzip" || len(packed.Body) >= len(a.Body) {
			t.Errorf("%s is not packed: %d bytes", path, len(packed.Body))
		}
	}
}
