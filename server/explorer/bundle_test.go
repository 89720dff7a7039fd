package explorer_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

var update = flag.Bool("update", false, "write the bundle instead of comparing it")

// The committed bundle is what the sources give.
func TestBundle(t *testing.T) {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	built := api.Build(api.BuildOptions{
		AbsWorkingDir: dir, EntryPointsAdvanced: []api.EntryPoint{{InputPath: "src/main.tsx", OutputPath: "app"}, {InputPath: "src/styles/app.css", OutputPath: "app"}},
		Outdir: ".", Bundle: true, Format: api.FormatESModule, Target: api.ES2022, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true, LegalComments: api.LegalCommentsNone,
		MangleProps: "^_[a-z]", // what Preact keeps to itself
		JSX:         api.JSXTransform, JSXFactory: "h", JSXFragment: "Fragment",
		Alias:  map[string]string{"preact": "./preact/src/index.js", "preact/hooks": "./preact/hooks/index.js"},
		Loader: map[string]api.Loader{".graphql": api.LoaderText},
		Banner: map[string]string{"js": "// Entente's explorer, bundled from server/explorer/src. Holds Preact 11.2.0 (MIT, Jason Miller): server/explorer/preact/LICENSE."},
	})
	for _, e := range built.Errors {
		t.Errorf("%v: %s", e.Location, e.Text)
	}
	total := 0
	for _, f := range built.OutputFiles {
		name := filepath.Base(f.Path)
		if *update {
			if err := os.WriteFile(name, f.Contents, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		committed, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(committed, f.Contents) {
			t.Errorf("%s is stale (%v): run go test ./server/explorer -run TestBundle -update", name, err)
		}
		total += packed(t, f.Contents)
	}
	html, err := os.ReadFile("index.html")
	if err != nil {
		t.Fatal(err)
	}
	total += packed(t, html)
	t.Logf("page, script and style: %.1f KB gzipped", float64(total)/1000)
	if total > 60_000 {
		t.Errorf("the page has %d bytes gzipped, allowed are 60,000", total)
	}
}

func packed(t *testing.T, content []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// No source knows a way from a text to markup, or to another origin.
func TestSourcesMakeNoMarkup(t *testing.T) {
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|new Function|https?://`)
	files, err := filepath.Glob("src/*.ts*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for number, line := range strings.Split(string(text), "\n") {
			if found := forbidden.FindString(line); found != "" && !strings.Contains(line, "xmlns") {
				t.Errorf("%s:%d has %s", file, number+1, found)
			}
		}
	}
}
