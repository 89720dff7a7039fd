//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
	"github.com/entente-kg/entente/ingest/sample"
)

// unprivileged runs the program as somebody who is bound by permissions: root is not.
type unprivileged struct{ binary string }

const nobody = 65534

// newUnprivileged also gives a folder that nobody may look into.
func newUnprivileged(t *testing.T) (unprivileged, string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "entente-") // unlike t.TempDir, below no folder of ours alone
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	chmod(t, dir, 0o755)
	path, err := exec.LookPath("entente")
	if err != nil {
		t.Fatal(err)
	}
	u := unprivileged{filepath.Join(dir, "entente")}
	from, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := os.OpenFile(u.binary, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(to, from); err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return u, dir
}

func chmod(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func (u unprivileged) run(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := exec.Command(u.binary, args...)
	cmd.Dir = filepath.Dir(u.binary)
	cmd.Env = append(os.Environ(), "HOME="+cmd.Dir, "XDG_CONFIG_HOME="+filepath.Join(cmd.Dir, "config"))
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	err := cmd.Run()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	return out.String(), complaints.String(), cmd.ProcessState.ExitCode()
}

// refused expects a command to fail with an error and a hint that say this, and nothing else.
func (u unprivileged) refused(t *testing.T, errorSays, hintSays string, args ...string) {
	t.Helper()
	_, stderr, status := u.run(t, args...)
	lines := strings.Split(strings.TrimSuffix(stderr, "\n"), "\n")
	if status != exitFailure || len(lines) != 2 || !strings.HasPrefix(lines[0], "entente: error: ") || !strings.Contains(lines[0], errorSays) ||
		!strings.HasPrefix(lines[1], "entente: hint: ") || !strings.Contains(lines[1], hintSays) {
		t.Errorf("%v: exit status %d\n%swant an error with %q and a hint with %q", args, status, stderr, errorSays, hintSays)
	}
}

func (u unprivileged) reads(t *testing.T, store string, dump []byte) {
	t.Helper()
	for _, args := range [][]string{{"stats"}, {"search", "narcotics"}, {"doctor"}, {"export"}} {
		stdout, stderr, status := u.run(t, append(args, "--store", store)...)
		if status != exitOK || stdout == "" || stderr != "" {
			t.Errorf("%v: exit status %d, %d bytes\n%s", args, status, len(stdout), stderr)
		}
		if args[0] == "export" {
			same(t, dump, []byte(stdout))
		}
	}
}

// TestReadOnlyFile: a store that may not be written is read, and says so to who would write.
func TestReadOnlyFile(t *testing.T) {
	u, dir := newUnprivileged(t)
	corpus := filepath.Join(dir, "sample.jsonl")
	if err := os.WriteFile(corpus, sample.JSONL, 0o644); err != nil {
		t.Fatal(err)
	}
	news := filepath.Join(dir, "news.txt")
	if err := os.WriteFile(news, []byte("Kenya and Norway signed a treaty on extradition in 1950."), 0o644); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "store")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	store := filepath.Join(folder, "entente.db")
	entente(t, nil, "ingest", "--store", store, corpus)
	dump := entente(t, nil, "export", "--store", store)
	other, more := filepath.Join(dir, "other.db"), filepath.Join(dir, "more.jsonl")
	entente(t, nil, "ingest", "--store", other, news)
	entente(t, nil, "export", "--store", other, "--output", more)
	chmod(t, more, 0o644)
	defer os.Chmod(folder, 0o755) // else it could not be removed
	for name, modes := range map[string][2]os.FileMode{
		"file and folder": {0o444, 0o555}, "folder": {0o666, 0o555}, "file": {0o444, 0o777},
	} {
		t.Run(name, func(t *testing.T) {
			chmod(t, store, modes[0])
			chmod(t, folder, modes[1])
			u.reads(t, store, dump)
			const hint = "check the permissions of the file and of its folder"
			u.refused(t, "may not be written", hint, "ingest", "--store", store, news)
			u.refused(t, "may not be written", hint, "import", "--store", store, more)
			u.reads(t, store, dump) // refusing has changed nothing
		})
	}
	chmod(t, folder, 0o555)
	u.refused(t, "cannot be opened", "check that its folder exists and may be written", "ingest", "--store", filepath.Join(folder, "new.db"), news)
	u.refused(t, "cannot be opened", "check that its folder exists", "ingest", "--store", filepath.Join(dir, "missing", "new.db"), news)
	chmod(t, store, 0)
	u.refused(t, "cannot be opened", "may be written", "stats", "--store", store)
}

// TestReadOnlyDatabase is the same with a server that lets nobody write.
func TestReadOnlyDatabase(t *testing.T) {
	u, dir := newUnprivileged(t)
	news := filepath.Join(dir, "news.txt")
	if err := os.WriteFile(news, []byte("Kenya and Norway signed a treaty on narcotics in 1950."), 0o644); err != nil {
		t.Fatal(err)
	}
	other, more := filepath.Join(dir, "other.db"), filepath.Join(dir, "more.jsonl")
	entente(t, nil, "ingest", "--store", other, "--source", "other", news)
	entente(t, nil, "export", "--store", other, "--output", more)
	chmod(t, more, 0o644)
	data := t.TempDir()
	server := neo4jtest.Launch(t, data)
	entente(t, nil, "ingest", "--store", server.URL(), news)
	dump := entente(t, nil, "export", "--store", server.URL())
	server.Stop()
	server = neo4jtest.Launch(t, data, "server.databases.default_to_read_only=true")
	u.refused(t, "may not be written", "server.databases.read_only", "ingest", "--store", server.URL(), "--source", "other", news)
	u.refused(t, "may not be written", "server.databases.read_only", "import", "--store", server.URL(), more)
	u.reads(t, server.URL(), dump)
}
