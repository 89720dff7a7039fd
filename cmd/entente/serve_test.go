package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// serving is an entente serve that runs.
type serving struct {
	*exec.Cmd
	url    string
	stderr *bufio.Reader
	said   strings.Builder // what has been read of it
}

// startServer starts a server on a port of its own and waits for its invitation.
func startServer(t *testing.T, env []string, args ...string) *serving {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM")
	}
	cmd := exec.Command("entente", append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	s := &serving{Cmd: cmd, stderr: bufio.NewReader(pipe)}
	s.url = s.until(t, `listening on (http://\S+)`)
	return s
}

// until reads standard error up to a line that matches, and gives the match of the group.
func (s *serving) until(t *testing.T, pattern string) string {
	t.Helper()
	for {
		line, err := s.stderr.ReadString('\n')
		s.said.WriteString(line)
		if m := regexp.MustCompile(pattern).FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			return m[1]
		}
		if err != nil {
			t.Fatalf("%v after\n%s", err, s.said.String())
		}
	}
}

// stop sends SIGTERM and gives the exit status.
func (s *serving) stop(t *testing.T) int {
	t.Helper()
	if err := s.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, s.stderr)
	s.Wait()
	return s.ProcessState.ExitCode()
}

func do(t *testing.T, method, url, token, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(answer)
}

// TestServe is a newcomer's first hour: serve, the printed question, an ingest
// beside the server, and SIGTERM.
func TestServe(t *testing.T) {
	env := []string{"XDG_DATA_HOME=" + t.TempDir(), "XDG_CONFIG_HOME=" + t.TempDir()}
	s := startServer(t, env)
	body := s.until(t, `curl -s http.* -d '(.*)'$`)
	if status, answer := do(t, "GET", s.url+"/readyz", "", ""); status != http.StatusOK {
		t.Errorf("%d %s", status, answer)
	}
	status, answer := do(t, "POST", s.url+"/graphql", "", body)
	var found struct {
		Data struct {
			Agreements struct{ Nodes []struct{ Name string } }
		}
	}
	if err := json.Unmarshal([]byte(answer), &found); err != nil || status != http.StatusOK || len(found.Data.Agreements.Nodes) == 0 {
		t.Fatalf("%d %v %s", status, err, answer)
	}

	notice := filepath.Join(t.TempDir(), "notice.txt")
	if err := os.WriteFile(notice, []byte("In 2005, Kenya and Norway signed a Memorandum of Understanding. The memorandum covers narcotics."), 0o666); err != nil {
		t.Fatal(err)
	}
	beside := exec.Command("entente", "ingest", notice)
	beside.Env = s.Env
	if out, err := beside.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	question := fmt.Sprintf(`{"query": %s}`, quoted(`{ documents(first: 100) { nodes { source } } }`))
	if status, answer := do(t, "POST", s.url+"/graphql", "", question); status != http.StatusOK || !strings.Contains(answer, "notice.txt") {
		t.Errorf("%d %s", status, answer)
	}
	if status := s.stop(t); status != exitOK {
		t.Errorf("exit status %d", status)
	}

	again := startServer(t, env) // no sample on a store that holds something
	if status := again.stop(t); status != exitOK {
		t.Errorf("exit status %d", status)
	}
}

func TestServeWithAToken(t *testing.T) {
	env := []string{"XDG_DATA_HOME=" + t.TempDir(), "XDG_CONFIG_HOME=" + t.TempDir(), "ENTENTE_TOKEN=a long secret"}
	s := startServer(t, env, "--no-sample")
	question := `{"query": "{ __typename }"}`
	if status, answer := do(t, "POST", s.url+"/graphql", "", question); status != http.StatusUnauthorized {
		t.Errorf("without the token: %d %s", status, answer)
	}
	if status, answer := do(t, "POST", s.url+"/graphql", "a long secret", question); status != http.StatusOK {
		t.Errorf("with the token: %d %s", status, answer)
	}
	if status := s.stop(t); status != exitOK {
		t.Errorf("exit status %d", status)
	}
}

// TestJobsOutliveAServer kills a server that was handed texts; the next one reads them.
func TestJobsOutliveAServer(t *testing.T) {
	env := []string{"XDG_DATA_HOME=" + t.TempDir(), "XDG_CONFIG_HOME=" + t.TempDir(), "ENTENTE_AUTHOR=zoe"}
	s := startServer(t, env, "--no-sample")
	var texts strings.Builder
	for i := range 300 {
		fmt.Fprintf(&texts, `{source: "wire/%d", text: "Kenya and Norway signed a treaty on extradition in %d."} `, i, 1700+i)
	}
	const handIn = `mutation { ingest(input: {idempotencyKey: "k", texts: [%s]}) { job { id } errors { message } } }`
	_, answer := do(t, "POST", s.url+"/graphql", "", `{"query": `+quoted(fmt.Sprintf(handIn, texts.String()))+`}`)
	id := regexp.MustCompile(`"id":"(j[a-z2-7]+)"`).FindStringSubmatch(answer)
	if id == nil {
		t.Fatal(answer)
	}
	s.Process.Kill()
	s.Wait()
	again := startServer(t, env, "--no-sample")
	question := `{"query": ` + quoted(`{ ingestJob(id: "`+id[1]+`") { state author failed items(last: 1) { nodes { number outcome } } } statistics { documents } }`) + `}`
	for end := time.Now().Add(leaseOver); ; time.Sleep(100 * time.Millisecond) {
		_, answer := do(t, "POST", again.url+"/graphql", "", question)
		if answer == `{"data":{"ingestJob":{"state":"DONE","author":"zoe","failed":0,"items":{"nodes":[{"number":300,"outcome":"ADDED"}]}},"statistics":{"documents":300}}}` {
			break
		}
		if time.Now().After(end) {
			t.Fatal(answer)
		}
	}
	if status := again.stop(t); status != exitOK {
		t.Errorf("exit status %d", status)
	}
}

// leaseOver is long enough for what the killed server held to be taken again.
const leaseOver = 60 * time.Second

// TestTraces asks below a caller's span; what the server sends at its end names it.
func TestTraces(t *testing.T) {
	sent := make(chan string, 1)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sent <- string(body)
	}))
	defer collector.Close()
	s := startServer(t, []string{"XDG_DATA_HOME=" + t.TempDir(), "XDG_CONFIG_HOME=" + t.TempDir(), "OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.URL}, "--no-sample")
	r, err := http.NewRequestWithContext(t.Context(), "POST", s.url+"/graphql", strings.NewReader(`{"query": "{ statistics { documents } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if status := s.stop(t); status != exitOK {
		t.Errorf("exit status %d", status)
	}
	select {
	case spans := <-sent:
		for _, want := range []string{`"name":"query statistics"`, `"name":"statistics"`, `"parentSpanId":"00f067aa0ba902b7"`, `"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"`, `"entente.store_calls","value":{"intValue":"1"}`} {
			if !strings.Contains(spans, want) {
				t.Errorf("%s is not in %s", want, spans)
			}
		}
	default:
		t.Error("no spans came")
	}
}

// TestServeEndsWhileRequestsWait sends SIGTERM with a connection open that asks nothing.
func TestServeEndsWhileRequestsWait(t *testing.T) {
	s := startServer(t, []string{"XDG_DATA_HOME=" + t.TempDir(), "XDG_CONFIG_HOME=" + t.TempDir()}, "--no-sample")
	do(t, "GET", s.url+"/healthz", "", "") // the client keeps its connection
	start := time.Now()
	if status := s.stop(t); status != exitOK || time.Since(start) > closing/2 {
		t.Errorf("exit status %d after %s", status, time.Since(start))
	}
}

func TestLoopback(t *testing.T) {
	cases := map[string]bool{"127.0.0.1:8080": true, "localhost:0": true, "[::1]:80": true, "127.9.9.9:1": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:8080": false, "10.0.0.1:80": false, "example.org:80": false, "8080": false, "": false}
	for addr, want := range cases {
		if got := loopback(addr); got != want {
			t.Errorf("%q: %v", addr, got)
		}
	}
}
