package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
	"github.com/entente-kg/entente/ingest"
)

// TestKilledIngestSQLite kills the ingesting process at random moments: what it
// acknowledged is in, and the same command again ends where an undisturbed one does.
func TestKilledIngestSQLite(t *testing.T) {
	c := newCrashes(t, 160, func() string { return filepath.Join(t.TempDir(), "entente.db") })
	c.rounds(t, 5, 200)
}

// TestKilledIngestNeo4j is the same with a server, which must undo what the
// process had begun.
func TestKilledIngestNeo4j(t *testing.T) {
	url := neo4jtest.Start(t)
	c := newCrashes(t, crashRounds(60, 160), func() string {
		neo4jtest.Wipe(t, url)
		return url
	})
	c.rounds(t, 2, 30)
}

// TestKilledServer kills the server while a process ingests, and starts it again
// on the same data: the process goes on by itself.
func TestKilledServer(t *testing.T) {
	if os.Getenv("ENTENTE_LONG") != "1" {
		t.Skip("takes a quarter of a minute a round: is run with ENTENTE_LONG=1")
	}
	data := t.TempDir()
	server := neo4jtest.Launch(t, data)
	r := newRelay(t, server.URL())
	c := newCrashes(t, 160, func() string {
		neo4jtest.Wipe(t, server.URL())
		return r.url()
	})
	for round := range 10 {
		store := c.fresh()
		run := c.start(t, store)
		c.wait(t, run)
		server.Kill()
		before := run.acknowledged(t)
		server = neo4jtest.Launch(t, data)
		r.to.Store(server.URL())
		c.holds(t, store, before)
		if err := run.Wait(); err != nil {
			t.Errorf("round %d: %v\n%s", round, err, run.stderr.String())
		}
		c.holds(t, store, run.acknowledged(t))
		c.again(t, store)
		t.Logf("round %d: server killed when %d of %d documents were acknowledged", round, len(before), c.documents)
	}
}

// crashes are rounds in which something is killed while a folder is ingested.
type crashes struct {
	fresh     func() string // the address of a store without documents
	folder    string
	documents int           // in it: several batches, so that some are acknowledged before the last
	want      []byte        // the dump of an undisturbed run
	took      time.Duration // such a run
	extractor *ingest.Extractor
	rng       *rand.Rand
}

func newCrashes(t *testing.T, documents int, fresh func() string) *crashes {
	t.Helper()
	seed := uint64(1)
	if n, err := strconv.ParseUint(os.Getenv("ENTENTE_SEED"), 10, 64); err == nil {
		seed = n
	}
	c := &crashes{fresh: fresh, folder: t.TempDir(), documents: documents, rng: rand.New(rand.NewPCG(seed, 41))}
	for i := range documents {
		if err := os.WriteFile(filepath.Join(c.folder, fmt.Sprintf("notice-%03d.txt", i)), []byte(notice(c.rng)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if c.extractor, err = ingest.NewExtractor(); err != nil {
		t.Fatal(err)
	}
	store := c.fresh()
	begun := time.Now()
	entente(t, nil, "ingest", "--store", store, c.folder)
	c.took = time.Since(begun)
	c.want = entente(t, nil, "export", "--store", store)
	return c
}

// notice is a document of sentences that share countries, years and subjects with others.
func notice(rng *rand.Rand) string {
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	country := func() string { return pick("Kenya", "Norway", "Chile", "Portugal", "Nepal", "Ghana", "Japan", "Peru") }
	var b strings.Builder
	fmt.Fprintf(&b, "NAIROBI, %d May 2019 - The parties met.\n\n", 1+rng.IntN(28))
	for range 3 + rng.IntN(4) {
		a, z := country(), country()
		if a == z {
			continue
		}
		year, subject := 1950+rng.IntN(60), pick("extradition", "fisheries", "narcotics", "air transport", "taxation", "migration")
		fmt.Fprintf(&b, pick("%s and %s signed a treaty on %s in %d. ", "In the talks %s and %s discussed %s and the accord of %d. ",
			"%s and %s concluded an agreement on %s on 4 June %d. "), a, z, subject, year)
	}
	return b.String()
}

// crashRounds is a number of rounds, or of what makes one, more with ENTENTE_LONG.
func crashRounds(ordinary, long int) int {
	if os.Getenv("ENTENTE_LONG") == "1" {
		return long
	}
	return ordinary
}

// wait waits for the moment to kill: any while a run is at work or, every other
// time, one soon after some documents were acknowledged.
func (c *crashes) wait(t *testing.T, run *ingesting) {
	t.Helper()
	patience := c.took
	if c.rng.IntN(2) == 0 {
		some := 1 + c.rng.IntN(c.documents/2)
		for end := time.Now().Add(2 * c.took); len(run.acknowledged(t)) < some && time.Now().Before(end); {
			time.Sleep(5 * time.Millisecond)
		}
		patience = time.Since(run.begun) / 4 // by how fast this very run is: the machine may have been busy before
	}
	time.Sleep(time.Duration(c.rng.Int64N(int64(patience))))
}

// rounds kills the process that ingests, one to three times in each round.
func (c *crashes) rounds(t *testing.T, ordinary, long int) {
	rounds, kills, midway := crashRounds(ordinary, long), 0, 0
	for range rounds {
		store := c.fresh()
		acknowledged := map[graph.DocumentID]bool{}
		for range 1 + c.rng.IntN(3) {
			run := c.start(t, store)
			c.wait(t, run)
			run.Process.Kill()
			run.Wait()
			kills++
			for id := range run.acknowledged(t) {
				acknowledged[id] = true
			}
			if n := len(acknowledged); n > 0 && n < c.documents {
				midway++
			}
			c.holds(t, store, acknowledged)
		}
		c.again(t, store)
	}
	t.Logf("%d rounds, %d kills, %d of them when some documents were acknowledged and some were not; undisturbed a run takes %s", rounds, kills, midway, c.took.Round(time.Millisecond))
	if rounds >= 30 && midway == 0 {
		t.Error("no run was killed midway")
	}
}

// ingesting is an entente ingest that runs.
type ingesting struct {
	*exec.Cmd
	begun  time.Time
	stdout *os.File
	stderr bytes.Buffer
}

func (c *crashes) start(t *testing.T, store string) *ingesting {
	t.Helper()
	out, err := os.CreateTemp(t.TempDir(), "stdout") // a file can be read while it grows
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	run := &ingesting{Cmd: exec.Command("entente", "ingest", "--json", "--store", store, c.folder), begun: time.Now(), stdout: out}
	run.Env = append(os.Environ(), "XDG_CONFIG_HOME="+t.TempDir())
	run.Stdout, run.Stderr = out, &run.stderr
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	return run
}

// acknowledged reads which documents the run has said are in; what has no end of
// line yet is not said.
func (r *ingesting) acknowledged(t *testing.T) map[graph.DocumentID]bool {
	t.Helper()
	text, err := os.ReadFile(r.stdout.Name())
	if err != nil {
		t.Fatal(err)
	}
	in := map[graph.DocumentID]bool{}
	for line := range bytes.Lines(text) {
		if !bytes.HasSuffix(line, []byte("\n")) {
			break
		}
		var said reported
		if err := json.Unmarshal(line, &said); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		switch graph.Outcome(said.Outcome) {
		case "": // the summary
		case graph.Added, graph.Unchanged:
			in[said.ID] = true
		default:
			t.Errorf("%s", line)
		}
	}
	return in
}

// holds expects the documents in the store.
func (c *crashes) holds(t *testing.T, address string, ids map[graph.DocumentID]bool) {
	t.Helper()
	if len(ids) == 0 {
		return
	}
	store, err := (&program{store: storeAddress(address)}).open(t.Context(), c.extractor, require)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for id := range ids {
		found, err := store.Documents(t.Context(), []graph.DocumentID{id}, true)
		if err != nil {
			t.Fatal(err)
		}
		if d, in := found[id]; !in || d.Withdrawn || d.Text == "" {
			t.Errorf("document %s was acknowledged and is not in the store", id)
		}
	}
}

// again gives the same command once more, and expects the dump of an undisturbed run.
func (c *crashes) again(t *testing.T, store string) {
	t.Helper()
	entente(t, nil, "ingest", "--store", store, c.folder)
	same(t, c.want, entente(t, nil, "export", "--store", store))
}

// relay gives a server that moves one address.
type relay struct {
	net.Listener
	to atomic.Value // the URL of the server
}

func newRelay(t *testing.T, url string) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	r := &relay{Listener: l}
	r.to.Store(url)
	go r.accept()
	return r
}

func (r *relay) url() string { return "bolt://" + r.Addr().String() }

func (r *relay) accept() {
	for {
		client, err := r.Accept()
		if err != nil {
			return
		}
		go func() {
			defer client.Close()
			server, err := net.Dial("tcp", strings.TrimPrefix(r.to.Load().(string), "bolt://"))
			if err != nil {
				return
			}
			defer server.Close()
			go func() {
				io.Copy(client, server)
				client.Close()
			}()
			io.Copy(server, client)
		}()
	}
}
