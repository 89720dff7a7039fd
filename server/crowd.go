package server

import (
	"net"
	"net/http"
	"sync"
)

// mostAtOnce bounds the requests of one client that are under way, streams
// included. A browser opens six connections, a careful program a few dozen.
const mostAtOnce = 64

// crowd counts the requests that are under way, by client: by address, as far as
// the network tells it.
type crowd struct {
	mu      sync.Mutex
	clients map[string]int
}

// enter tells how many requests of the client are under way, this one included; if
// these are not too many it has to leave again.
func (c *crowd) enter(client string) (n int, leave func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.clients == nil {
		c.clients = map[string]int{}
	}
	if n = c.clients[client] + 1; n > mostAtOnce {
		return n, nil
	}
	c.clients[client] = n
	return n, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.clients[client]--; c.clients[client] == 0 {
			delete(c.clients, client)
		}
	}
}

// oneByOne lets through what a client may ask at once.
func (s *Server) oneByOne(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		client, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil {
			client = r.RemoteAddr
		}
		n, leave := s.crowd.enter(client)
		if leave == nil {
			w.Header().Set("Retry-After", "1")
			writeErrors(w, mediaJSON, http.StatusTooManyRequests, refusal("requests at once", n, mostAtOnce))
			return
		}
		defer leave()
		s.metrics.running.Inc()
		defer s.metrics.running.Dec()
		next.ServeHTTP(w, r)
	})
}
