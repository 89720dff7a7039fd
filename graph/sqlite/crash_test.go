//go:build linux

package sqlite_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/graphtest"
	"github.com/entente-kg/entente/graph/sqlite"
)

const envRoom = "ENTENTE_ROOM_CHILD" // limit and path of a process whose files may not grow

// outOfRoom is what a process reports that wrote until there was no room.
type outOfRoom struct {
	In      int // documents that Apply said are in
	Kind    graph.ErrorKind
	Hint    string
	Message string
}

// A store without room refuses a change whole, says so by Full, and holds what it
// acknowledged. The limit is that of a process (RLIMIT_FSIZE), so it takes one of
// its own: each writes one document at a time until a file may not grow.
func TestNoRoom(t *testing.T) {
	if child := os.Getenv(envRoom); child != "" {
		writeWithoutRoom(t, child)
		return
	}
	sizes := 8
	if os.Getenv("ENTENTE_LONG") == "1" {
		sizes = 200
	}
	corpus := graphtest.Corpus(1, roomDocuments, 12)
	want := []string{}
	reference := open(t, graphtest.Vocabulary)
	want = append(want, dump(t, reference))
	for _, c := range corpus {
		if _, err := reference.Apply(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		want = append(want, dump(t, reference))
	}
	full := 0
	for i := range sizes {
		path := filepath.Join(t.TempDir(), "graph.db")
		empty := openAt(t, path, graphtest.Vocabulary)
		if err := empty.Close(); err != nil {
			t.Fatal(err)
		}
		limit := 300<<10 + i*(2<<20)/sizes
		got := runWithoutRoom(t, path, limit)
		if got.Message != "" {
			full++
			if got.Kind != graph.Full || got.Hint == "" {
				t.Errorf("limit %d: %q of kind %q with hint %q, want Full and what to do", limit, got.Message, got.Kind, got.Hint)
			}
		}
		store := openAt(t, path, graphtest.Vocabulary)
		if dump(t, store) != want[got.In] {
			t.Errorf("limit %d: the dump is not that of the %d documents acknowledged", limit, got.In)
		}
		if _, err := store.Apply(t.Context(), corpus...); err != nil {
			t.Errorf("limit %d: with room again: %v", limit, err)
		}
		if dump(t, store) != want[len(corpus)] {
			t.Errorf("limit %d: with room again: not the dump of an undisturbed run", limit)
		}
		store.Close()
	}
	t.Logf("%d sizes, %d of which ran out of room", sizes, full)
	if full == 0 {
		t.Error("no size was too small")
	}
}

const roomDocuments = 30

func runWithoutRoom(t *testing.T, path string, limit int) outOfRoom {
	t.Helper()
	report := path + ".report"
	child := exec.Command(os.Args[0], "-test.run=^TestNoRoom$", "-test.count=1")
	child.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s", envRoom, limit, path))
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("limit %d: %v\n%s", limit, err, out)
	}
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	var got outOfRoom
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func writeWithoutRoom(t *testing.T, child string) {
	var limit uint64
	var path string
	if _, err := fmt.Sscan(child, &limit, &path); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ) // else the kernel ends the process where write would fail
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		t.Fatal(err)
	}
	var got outOfRoom
	tell := func(err error) {
		got.Kind, got.Hint, got.Message = graph.KindOf(err), graph.HintOf(err), err.Error()
	}
	store, err := sqlite.Open(t.Context(), path, sqlite.Options{Vocabulary: graphtest.Vocabulary})
	if err != nil {
		tell(err)
	} else {
		defer store.Close()
		for _, c := range graphtest.Corpus(1, roomDocuments, 12) {
			applied, err := store.Apply(t.Context(), c)
			got.In += len(applied)
			if err != nil {
				tell(err)
				break
			}
		}
	}
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path+".report", string(text))
}

func dump(t *testing.T, store graph.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := graph.WriteDump(t.Context(), &b, store); err != nil {
		t.Fatalf("dump: %v", err)
	}
	return b.String()
}
