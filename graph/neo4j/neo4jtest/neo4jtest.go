// Package neo4jtest gives tests a real Neo4j Community server, without Docker and without an installation: java and,
// for the first fetch, mvn are enough.
//
//	func TestStore(t *testing.T) {
//		url := neo4jtest.Start(t) // one server for all tests of the process
//		neo4jtest.Wipe(t, url)    // neither data nor schema of an earlier test
//		…
//	}
//
// A test that needs a server to itself, above all one that crashes it, uses [Launch]:
//
//	dir := t.TempDir()
//	server := neo4jtest.Launch(t, dir)
//	…
//	server.Kill()
//	server = neo4jtest.Launch(t, dir) // recovers what was acknowledged, on another port
//
// # Where the server comes from
//
// The jars, 123 MB, come from Maven Central the first time and then lie in $XDG_CACHE_HOME/entente/neo4j-VERSION/lib
// (without that variable, under [os.UserCacheDir]). Beside them lies an archive of the classes that a server loads,
// which halves the time of a start; it belongs to one Java and is made in a training run when it is missing. Any number
// of test processes may do this at the same time. Java must be 17 or newer. Neo4j is only run beside the tests, never
// linked or shipped.
//
// # Parallel packages
//
// Every test process starts a server of its own on a port of its own, so packages need not know of each other. Within
// a process the server is shared: tests that use it must not be parallel to one another, since [Wipe] and [Empty] are for all.
//
// Each server hangs on a pipe from its test process and dies with it, in whichever way that ends: os.Exit, the panic of
// -timeout, kill -9. Its data lie in a temporary directory that is then removed.
//
// # Environment
//
//   - ENTENTE_TEST_NEO4J=bolt://HOST:PORT makes [Start] use this running server, which must have authentication off. The
//     tests wipe all that it holds. As it is shared between processes, the first one keeps it until it ends and the
//     others wait; they see each other on one machine and for one user only.
//   - ENTENTE_REQUIRE_NEO4J=1, for CI, makes tests fail where they would be skipped because java or mvn is missing or
//     the jars cannot be fetched. A server that does not start is always a failure.
//   - ENTENTE_NEO4J_BENCH=1 gives a server for measuring: a heap of 2 GB, a page cache of 1 GB and the full compiler. Without
//     it a server is small and soon ready, but slower under load.
//   - JAVA_HOME names the Java to use; without it, it is the first on the PATH.
package neo4jtest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Version is the version of Neo4j that is fetched and run: of the 5.26 line, which has long-term support.
const Version = "5.26.30"

const (
	envServer  = "ENTENTE_TEST_NEO4J"
	envRequire = "ENTENTE_REQUIRE_NEO4J"
	envBench   = "ENTENTE_NEO4J_BENCH"
)

// Start returns the Bolt URL of the server that all tests of this process share. The first call starts it; it stops
// with the process. What earlier tests left is still there: see [Wipe] and [Empty]. Where there can be no server, Start
// skips the test, or fails it if the environment requires one.
func Start(tb testing.TB) string {
	tb.Helper()
	server, err := shared()
	if err == nil {
		err = server.alive()
	}
	if err != nil {
		refuse(tb, err)
	}
	return server.url
}

// unavailable marks an error as the want of something on this machine, as opposed to a fault of what is there.
type unavailable struct{ error }

func (u unavailable) Unwrap() error { return u.error }

// refuse ends a test that cannot have its server.
func refuse(tb testing.TB, err error) {
	tb.Helper()
	if errors.As(err, new(unavailable)) && os.Getenv(envRequire) != "1" {
		tb.Skip("neo4jtest:", err)
	}
	tb.Fatal("neo4jtest:", err)
}

// sharedServer is what Start hands out; process is nil if someone else runs it.
type sharedServer struct {
	url     string
	process *process
	lease   *os.File // held until the test process ends; a variable, lest the garbage collector close it
}

// alive returns an error with the end of the log if the server has exited, which explains more than the refused
// connection that a test would see.
func (s sharedServer) alive() error {
	if s.process == nil {
		return nil
	}
	return s.process.alive()
}

var shared = sync.OnceValues(func() (sharedServer, error) {
	if url := os.Getenv(envServer); url != "" {
		return borrow(url)
	}
	in, err := installed()
	if err != nil {
		return sharedServer{}, err
	}
	dir, err := os.MkdirTemp("", "entente-neo4j-")
	if err != nil {
		return sharedServer{}, err
	}
	p, err := in.launch(dir, launchOptions{throwaway: true})
	if err != nil {
		return sharedServer{}, err
	}
	return sharedServer{url: p.url, process: p}, nil
})

// borrow waits for its turn on a server that other test processes may be using.
func borrow(url string) (sharedServer, error) {
	cache, err := cacheDir()
	if err != nil {
		return sharedServer{}, err
	}
	lease, err := lock(filepath.Join(cache, fmt.Sprintf("neo4j-%.8x.lock", sha256.Sum256([]byte(url)))))
	if err != nil {
		return sharedServer{}, fmt.Errorf("lock %s: %w", url, err)
	}
	if err := within(url, dropSchema, deleteNodes); err != nil {
		return sharedServer{}, fmt.Errorf("%s=%s: %w", envServer, url, err)
	}
	return sharedServer{url: url, lease: lease}, nil
}

// verify tells whether a server answers at url.
func verify(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	driver, err := neo4j.NewDriverWithContext(url, neo4j.NoAuth())
	if err != nil {
		return err
	}
	defer driver.Close(ctx)
	return driver.VerifyConnectivity(ctx)
}
