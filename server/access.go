package server

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/server/explorer"
	"github.com/entente-kg/entente/server/graphiql"
)

// ServeHTTP answers a request. Whatever it does, it does not panic.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := newRequestID()
	r = r.WithContext(context.WithValue(r.Context(), requestKey{}, id))
	h := w.Header()
	h.Set("X-Request-Id", id)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	defer func() {
		if p := recover(); p != nil && p != http.ErrAbortHandler {
			s.log.ErrorContext(r.Context(), "request panicked", "request", id, "panic", p, "stack", string(debug.Stack()))
			refuse(w, http.StatusInternalServerError, codeInternal, "internal error", "the server's log has more under request "+id)
		}
	}()
	s.handler.ServeHTTP(w, r)
}

type requestKey struct{}

func newRequestID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

func (s *Server) routes() http.Handler {
	protected := http.NewServeMux()
	protected.HandleFunc("/graphql", s.graphql)
	protected.Handle("GET /metrics", s.metrics.handler())
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { writeText(w, http.StatusOK, "ok\n") })
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.Handle("/", s.guard(s.oneByOne(protected), s.opts.Token))
	pages := s.guard(graphiql.Handler(), "") // a browser has no token before it has a page
	mux.Handle("GET /graphiql", pages)
	mux.Handle("GET /graphiql/", pages)
	page := s.guard(explorer.Handler(), "")
	for _, path := range []string{"GET /{$}", "GET /app.js", "GET /app.css"} {
		mux.Handle(path, page)
	}
	return mux
}

// guard lets through what was meant for this server by somebody who may ask:
// a web page elsewhere cannot reach it by giving its own name our address (DNS
// rebinding) nor by sending its own requests.
func (s *Server) guard(next http.Handler, secret string) http.Handler {
	token := sha256.Sum256([]byte(secret))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !s.knownHost(r.Host):
			refuse(w, http.StatusForbidden, string(graph.Forbidden), "this server is not called "+clip(r.Host), "call it localhost, or allow the name when it is started")
		case !sameOrigin(r):
			refuse(w, http.StatusForbidden, string(graph.Forbidden), "requests from other sites are not taken", "")
		case secret != "" && !bears(r, token):
			w.Header().Set("WWW-Authenticate", `Bearer realm="entente"`)
			refuse(w, http.StatusUnauthorized, string(graph.Forbidden), "the token is missing or wrong", "send it as Authorization: Bearer …")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func (s *Server) knownHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	if ip := net.ParseIP(name); ip != nil && ip.IsLoopback() {
		return true
	}
	return name == "localhost" || slices.ContainsFunc(s.opts.AllowedHosts, func(allowed string) bool {
		return strings.EqualFold(allowed, name) || strings.EqualFold(allowed, host)
	})
}

// sameOrigin believes what a browser says of where a request comes from. A link
// from elsewhere may open a page of ours.
func sameOrigin(r *http.Request) bool {
	site, opens := r.Header.Get("Sec-Fetch-Site"), r.Method == http.MethodGet && r.URL.Path != "/graphql"
	if site != "" && site != "same-origin" && site != "none" && !opens {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// bears compares hashes, so that neither content nor length of the token shows
// in how long it takes.
func bears(r *http.Request, token [sha256.Size]byte) bool {
	scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	sum := sha256.Sum256([]byte(strings.TrimSpace(given)))
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(sum[:], token[:]) == 1
}

// refuse answers a request that never became a query.
func refuse(w http.ResponseWriter, status int, code, message, hint string) {
	extensions := map[string]any{"code": code}
	if hint != "" {
		extensions["hint"] = hint
	}
	writeErrors(w, mediaJSON, status, &gqlerror.Error{Message: message, Extensions: extensions})
}
