package neo4jtest

import "testing"

// A Server is a Neo4j that one test has to itself.
type Server struct {
	tb      testing.TB
	process *process
}

// Launch starts a server over a data directory, which is made if it does not exist and stays when the server stops, so
// that another can be launched over it. Settings have the form KEY=VALUE and win over the package's own. The server
// stops with the test at the latest. Where there can be no server, Launch does as [Start] does.
func Launch(tb testing.TB, dataDir string, settings ...string) *Server {
	tb.Helper()
	in, err := installed()
	if err != nil {
		refuse(tb, err)
	}
	p, err := in.launch(dataDir, launchOptions{settings: settings})
	if err != nil {
		refuse(tb, err)
	}
	s := &Server{tb, p}
	tb.Cleanup(s.Stop)
	return s
}

// URL returns the Bolt URL of the server.
func (s *Server) URL() string { return s.process.url }

// Kill ends the server as a crash would, with SIGKILL, and returns when it is gone.
func (s *Server) Kill() { s.end("KILL") }

// Stop ends the server in good order and returns when it is gone. It does nothing to a server that has ended.
func (s *Server) Stop() { s.end("TERM") }

func (s *Server) end(signal string) {
	s.tb.Helper()
	if err := s.process.end(signal); err != nil {
		s.tb.Error("neo4jtest:", err)
	}
}
