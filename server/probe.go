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
