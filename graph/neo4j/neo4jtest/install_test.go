package neo4jtest

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// verdict records how a test would have ended. Like the real methods, Skip and Fatal end their goroutine.
type verdict struct {
	testing.TB
	word, text string
}

func (v *verdict) Helper()           {}
func (v *verdict) Skip(args ...any)  { v.end("skip", args) }
func (v *verdict) Fatal(args ...any) { v.end("fatal", args) }

func (v *verdict) end(word string, args []any) {
	v.word, v.text = word, fmt.Sprintln(args...)
	runtime.Goexit()
}

func TestRefuse(t *testing.T) {
	for _, c := range []struct {
		name    string
		err     error
		require string
		want    string
	}{
		{"missing tool", unavailable{errors.New("no mvn")}, "", "skip"},
		{"wrapped", fmt.Errorf("lock: %w", unavailable{errors.New("no locks")}), "", "skip"},
		{"missing tool where required", unavailable{errors.New("no mvn")}, "1", "fatal"},
		{"failed start", errors.New("out of memory"), "", "fatal"},
		{"failed start where required", errors.New("out of memory"), "1", "fatal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv(envRequire, c.require)
			v := &verdict{}
			done := make(chan struct{})
			go func() {
				defer close(done)
				refuse(v, c.err)
			}()
			<-done
			if want := fmt.Sprintln("neo4jtest:", c.err); v.word != c.want || v.text != want {
				t.Errorf("got %s %q, want %s %q", v.word, v.text, c.want, want)
			}
		})
	}
}

func TestMissingTools(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("JAVA_HOME", "")
	if _, _, err := findJava(); err == nil {
		t.Error("found java where there is none")
	}
	cache := t.TempDir()
	in := install{lib: filepath.Join(cache, "lib"), archive: filepath.Join(cache, "archive")}
	if err := in.complete(cache); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("fetch without mvn: got %v, want %v", err, exec.ErrNotFound)
	}
	if left, _ := filepath.Glob(filepath.Join(cache, "new-*")); exists(in.lib) || len(left) > 0 {
		t.Errorf("a failed fetch left %v", left)
	}
}

func TestCheckJava(t *testing.T) {
	for version, ok := range map[string]bool{
		"openjdk version \"17.0.15\" 2025-04-15\n":                              true,
		"Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version \"25-ea\" 2025\n": true,
		"openjdk version \"21\" 2023-09-19\n":                                   true,
		"java version \"1.8.0_311\"\n":                                          false,
		"openjdk version \"11.0.20\" 2023-07-18\n":                              false,
		"Eclipse\n": false,
	} {
		if err := checkJava("java", version); (err == nil) != ok {
			t.Errorf("%q: %v", version, err)
		}
	}
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := lock(path)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan error)
	go func() {
		f, err := lock(path)
		if err == nil {
			f.Close()
		}
		second <- err
	}()
	select {
	case <-second:
		t.Fatal("two hold the lock")
	case <-time.After(100 * time.Millisecond):
	}
	first.Close()
	if err := <-second; err != nil {
		t.Error(err)
	}
}
