package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// node runs a script of testdata/node, which uses clients and linters of others,
// and gives what it prints.
func node(t *testing.T, script string, args ...string) string {
	t.Helper()
	dir, why := nodeModules()
	if why != "" {
		t.Skip(why)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", append([]string{filepath.Join(dir, script)}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", script, err, out, stderr.String())
	}
	return string(out)
}

// nodeModules is a folder with the scripts and what they import, installed as the
// lock says and kept between runs; or why there is none.
var nodeModules = sync.OnceValues(func() (dir, why string) {
	if _, err := exec.LookPath("npm"); err != nil {
		return "", "there is no Node with npm here"
	}
	lock, err := os.ReadFile("testdata/node/package-lock.json")
	if err != nil {
		return "", err.Error()
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", "there is no folder for what npm installs: " + err.Error()
	}
	sum := sha256.Sum256(lock)
	dir = filepath.Join(cache, "entente-tests", "node-"+hex.EncodeToString(sum[:6]))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", "there is no folder for what npm installs: " + err.Error()
	}
	files, _ := filepath.Glob("testdata/node/*")
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, filepath.Base(f)), data, 0o666)
		}
		if err != nil {
			return "", err.Error()
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "installed")); err == nil {
		return dir, ""
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	install := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		return "", "npm cannot install what the test needs: " + err.Error() + "\n" + string(out)
	}
	_ = os.WriteFile(filepath.Join(dir, "installed"), nil, 0o666)
	return dir, ""
})

// TestGraphQLOverHTTPAudits runs the audits of npm's graphql-http.
func TestGraphQLOverHTTPAudits(t *testing.T) {
	s := startServer(t, []string{"XDG_DATA_HOME=" + t.TempDir(), "XDG_CONFIG_HOME=" + t.TempDir()}, "--no-sample")
	out := strings.TrimSpace(node(t, "audits.mjs", s.url+"/graphql"))
	lines := strings.Split(out, "\n")
	if len(lines) != 61 {
		t.Errorf("%d audits, want 61", len(lines))
	}
	for _, line := range lines {
		if !strings.HasPrefix(line, "ok\t") {
			t.Error(line)
		}
	}
}

// TestSubscribeWithAClient follows a job with npm's graphql-sse.
func TestSubscribeWithAClient(t *testing.T) {
	s := startServer(t, []string{"XDG_DATA_HOME=" + t.TempDir(), "XDG_CONFIG_HOME=" + t.TempDir()}, "--no-sample")
	out := node(t, "subscribe.mjs", s.url+"/graphql")
	if !strings.HasSuffix(out, `{"data":{"ingestJob":{"state":"DONE","done":1}}}`+"\n"+`{"data":{"documents":{"nodes":[{"source":"wire/1"}]}}}`+"\n") {
		t.Errorf("%s", out)
	}
}

// TestRelayRules lints what entente schema prints.
func TestRelayRules(t *testing.T) {
	schema, err := exec.Command("entente", "schema").Output()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "schema.graphql")
	if err := os.WriteFile(path, schema, 0o666); err != nil {
		t.Fatal(err)
	}
	if out := node(t, "relay.mjs", path); out != "4 rules, 0 faults\n" {
		t.Errorf("%s", out)
	}
}
