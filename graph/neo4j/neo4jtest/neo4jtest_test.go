package neo4jtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// query returns the first value of each row.
func query(t *testing.T, url, text string) []any {
	t.Helper()
	ctx := t.Context()
	driver, err := neo4j.NewDriverWithContext(url, neo4j.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer driver.Close(context.WithoutCancel(ctx))
	result, err := neo4j.ExecuteQuery(ctx, driver, text, nil, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase(database))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var values []any
	for _, r := range result.Records {
		values = append(values, r.Values[0])
	}
	return values
}

func expect(t *testing.T, url, text string, want ...any) {
	t.Helper()
	if got := query(t, url, text); fmt.Sprint(got...) != fmt.Sprint(want...) {
		t.Errorf("%s: got %v, want %v", text, got, want)
	}
}

func TestStart(t *testing.T) {
	began := time.Now()
	url := Start(t)
	t.Logf("started after %v", time.Since(began))
	expect(t, url, "RETURN 1", 1)
	t.Logf("first query done after %v", time.Since(began))
	if again := Start(t); again != url {
		t.Errorf("a second Start gave %s, not %s", again, url)
	}
}

func TestWipe(t *testing.T) {
	url := Start(t)
	Wipe(t, url)
	const much = "UNWIND range(1, 12000) AS i CREATE (n:N {id: i, name: 'word'})-[:R {key: i}]->(:M)"
	for _, text := range []string{
		"CREATE CONSTRAINT `odd ``name` FOR (n:N) REQUIRE n.id IS UNIQUE",
		"CREATE CONSTRAINT FOR ()-[r:R]-() REQUIRE r.key IS UNIQUE",
		"CREATE INDEX FOR (n:N) ON (n.kind, n.name)",
		"CREATE FULLTEXT INDEX words FOR (n:N) ON EACH [n.name]",
		much,
	} {
		query(t, url, text)
	}
	began := time.Now()
	Empty(t, url)
	t.Logf("24,000 nodes, 12,000 relationships, 4 indexes: emptied in %v", time.Since(began))
	expect(t, url, "MATCH (n) RETURN count(n)", 0)
	expect(t, url, "SHOW INDEXES YIELD type WHERE type <> 'LOOKUP' RETURN count(type)", 4)
	query(t, url, much)
	began = time.Now()
	Wipe(t, url)
	t.Logf("24,000 nodes, 12,000 relationships, 4 indexes: wiped in %v", time.Since(began))
	expect(t, url, "MATCH (n) RETURN count(n)", 0)
	expect(t, url, "SHOW CONSTRAINTS YIELD name RETURN count(name)", 0)
	expect(t, url, "SHOW INDEXES YIELD type RETURN DISTINCT type", "LOOKUP")
	began = time.Now()
	for range 10 {
		Wipe(t, url)
	}
	t.Logf("nothing: wiped in %v", time.Since(began)/10)
}

func TestLaunch(t *testing.T) {
	dir := t.TempDir()
	server := Launch(t, dir, "db.tx_log.rotation.retention_policy=keep_none")
	expect(t, server.URL(), "SHOW SETTINGS 'db.tx_log.rotation.retention_policy' YIELD value", "keep_none")
	query(t, server.URL(), "CREATE (:Survivor)")
	server.Kill()
	if verify(server.URL()) == nil {
		t.Error("the killed server answers")
	}
	server.Kill() // of no effect
	server = Launch(t, dir)
	expect(t, server.URL(), "MATCH (n:Survivor) RETURN count(n)", 1)
	server.Stop()
	if verify(server.URL()) == nil {
		t.Error("the stopped server answers")
	}
}

func TestLaunchReportsFailure(t *testing.T) {
	in, err := installed()
	if err != nil {
		refuse(t, err)
	}
	_, err = in.launch(t.TempDir(), launchOptions{settings: []string{"no.such.setting=1"}})
	if err == nil || !strings.Contains(err.Error(), "no.such.setting") {
		t.Errorf("got %v, want the server's own words", err)
	}
	if errors.As(err, new(unavailable)) {
		t.Error("a server that does not start counts as unavailable")
	}
	shared := Start(t)
	address := strings.TrimPrefix(shared, "bolt://")
	_, err = in.try(t.TempDir(), launchOptions{settings: []string{"server.bolt.listen_address=" + address}})
	if os.Getenv(envServer) == "" && !errors.Is(err, errPortTaken) {
		t.Errorf("got %v, want %v", err, errPortTaken)
	}
}

// TestDiesWithTestProcess runs this test once more as a process of its own, and kills that.
func TestDiesWithTestProcess(t *testing.T) {
	const role = "NEO4JTEST_VICTIM"
	if os.Getenv(role) != "" {
		fmt.Println("url", Start(t))
		select {}
	}
	if _, err := installed(); err != nil {
		refuse(t, err)
	}
	tmp := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^TestDiesWithTestProcess$")
	cmd.Env = append(os.Environ(), role+"=1", "TMPDIR="+tmp, envServer+"=")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	url := ""
	for url == "" && lines.Scan() {
		url, _ = strings.CutPrefix(lines.Text(), "url ")
	}
	if err := verify(url); err != nil {
		t.Errorf("%q: %v", url, err)
	}
	cmd.Process.Kill()
	cmd.Wait()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		left, err := os.ReadDir(tmp)
		if err != nil {
			t.Fatal(err)
		}
		if len(left) == 0 && verify(url) != nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("10 s later the directory has %d entries, and the server at %s answers: %t", len(left), url, verify(url) == nil)
		}
	}
}
