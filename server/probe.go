package server

import (
	"context"
	"io"
	"net/http"
	"time"
)

// readyz says whether questions can be answered: the store is there and filled.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if s.busy.Load() {
		w.Header().Set("Retry-After", "1")
		writeText(w, http.StatusServiceUnavailable, "not ready: the store is being filled\n")
		return
	}
	if _, err := s.store.Statistics(ctx); err != nil {
		s.log.WarnContext(ctx, "not ready", "request", requestID(ctx), "error", err)
		writeText(w, http.StatusServiceUnavailable, "not ready: the store is away\n")
		return
	}
	writeText(w, http.StatusOK, "ready\n")
}

func writeText(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

// home tells who opens the address in a browser where to go on.
func home(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	_, _ = io.WriteString(w, homePage)
}

const homePage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Entente</title>
<h1>Entente</h1>
<p>A knowledge graph of diplomatic texts, in which every edge shows the sentence that it came from.</p>
<p>Send GraphQL to <code>/graphql</code> with POST:</p>
<pre>curl -s localhost:8080/graphql -H 'Content-Type: application/json' -d '{"query":
  "{ agreements(where: {covers: {any: [{name: \"narcotics\"}]}}) { nodes { name date parties { nodes { name } } } } }"}'</pre>
<p>The schema describes itself: ask for <code>__schema</code>, or give the address to any GraphQL client.</p>
</html>
`
