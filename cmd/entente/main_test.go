package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"entente": main})
}

// TestScripts runs the sessions of testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_DATA_HOME", filepath.Join(e.WorkDir, "data"))
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, "config"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status, "sql": damage},
	})
}

// damage changes a store behind its back: sql graph.db 'DROP INDEX …'
func damage(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(args[1])
	ts.Check(err)
}

// status runs a command and checks its exit status: status 4 entente ingest …
func status(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		exit, ok := err.(*exec.ExitError)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// TestInterrupt presses Ctrl-C while an ingest waits for more: what was read is
// in, and the same command goes on from there.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows sends no interrupts to other processes")
	}
	var lines strings.Builder
	for i := range 120 {
		fmt.Fprintf(&lines, `{"source": "notice/%d", "text": "Kenya and Norway signed a treaty on extradition in %d."}`+"\n", i, 1900+i)
	}
	cmd := ingestLines(t)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	io.WriteString(stdin, lines.String())
	first := make([]byte, 1)
	if _, err := io.ReadFull(stdout, first); err != nil { // the first batch is in
		t.Fatal(err, stderr.String())
	}
	cmd.Process.Signal(os.Interrupt)
	rest, _ := io.ReadAll(stdout)
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != exitInterrupted {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	done := strings.Count(string(rest), `"added"`) - 1 // the summary has one too
	if want := fmt.Sprintf("entente: %s done; the same command again goes on from there\nentente: interrupted\n", counted(done, "document")); stderr.String() != want || done == 0 || done == 120 {
		t.Errorf("%q, want %q", stderr.String(), want)
	}
	again := ingestLines(t)
	again.Env, again.Stdin = cmd.Env, strings.NewReader(lines.String())
	out, err := again.Output()
	if want := fmt.Sprintf(`"added":%d,"updated":0,"unchanged":%d`, 120-done, done); err != nil || !strings.Contains(string(out), want) {
		t.Errorf("%v %s, want %s", err, out, want)
	}
}

func ingestLines(t *testing.T) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("entente", "ingest", "--json", "--format", "jsonl", "-")
	cmd.Env = append(os.Environ(), "XDG_DATA_HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	return cmd
}

func TestProgress(t *testing.T) {
	g := &progress{total: 1000, done: 250, documents: 1250, facts: 1}
	if got, want := g.line(10*time.Second), "1,250 documents, 1 fact, 125/s, 25%, 30s left"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	g = &progress{documents: 1}
	if got, want := g.line(time.Millisecond), "1 document"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	var b bytes.Buffer
	g = &progress{w: &b, start: time.Now()}
	g.add(10, 2)
	g.add(10, 2) // too soon to be drawn
	g.clear()
	g.clear()
	if got, want := b.String(), "\r\x1b[K1 document, 2 facts\r\x1b[K"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	var silent *progress
	silent.add(1, 1)
	silent.clear()
}

func TestByteSize(t *testing.T) {
	cases := map[string]byteSize{"1": 1, "64KiB": 64 << 10, "10MiB": 10 << 20, "1GiB": 1 << 30, "5B": 5,
		"": 0, "0": 0, "-1": 0, "ten": 0, "10MB": 0, "9999999999GiB": 0, "1.5MiB": 0}
	for in, want := range cases {
		var got byteSize
		if err := got.UnmarshalText([]byte(in)); got != want || (err == nil) != (want > 0) {
			t.Errorf("%q: %d %v, want %d", in, got, err, want)
		}
	}
}

// failing is a disk that is full.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestOutputRemembersItsFirstError(t *testing.T) {
	o := &output{w: failing{}}
	fmt.Fprint(o, "a")
	if o.err == nil {
		t.Error("no error")
	}
}

func TestPrintable(t *testing.T) {
	if got := printable("a\x1b[2Jb\nc\u009bd"); got != "a [2Jb\nc d" {
		t.Errorf("%q", got)
	}
}
