package server_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/entente-kg/entente/server/graphiql"
)

// The examples of the page find something in the sample.
func TestExamplesOfGraphiQL(t *testing.T) {
	c := sampled(t, openSQLite(t))
	all := graphiql.Examples()
	if len(all) != 5 {
		t.Errorf("%d examples, want 5", len(all))
	}
	for _, query := range all {
		data := fmt.Sprint(c.data(query, nil))
		if !strings.Contains(data, "name:") && !strings.Contains(data, "text:") {
			t.Errorf("%s\nfinds nothing: %s", query, data)
		}
	}
}

// The page names nothing outside of this server, and everything that it names is there.
func TestGraphiQLIsWhole(t *testing.T) {
	c := handMade(t)
	page := c.get("/graphiql")
	policy := page.Header.Get("Content-Security-Policy")
	if page.Status != http.StatusOK || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("%d %v", page.Status, page.Header)
	}
	if outside := regexp.MustCompile(`(?:src|href)="(?:[a-z]+:)?//`).Find(page.Body); outside != nil {
		t.Errorf("%s", outside)
	}
	if regexp.MustCompile(`(?s)<script[^>]*>[^<]|<style|style=| on[a-z]+=`).Match(page.Body) {
		t.Error("the policy forbids what stands in the page")
	}
	paths := regexp.MustCompile(`"(/graphiql/[^"]+)"`).FindAllStringSubmatch(string(page.Body), -1)
	for _, path := range append(paths, []string{"", "/graphiql/examples.json"}) {
		plain, packed := c.get(path[1]), c.get(path[1], "Accept-Encoding", "gzip")
		body := io.Reader(strings.NewReader(string(packed.Body)))
		if packed.Header.Get("Content-Encoding") == "gzip" {
			var err error
			if body, err = gzip.NewReader(body); err != nil {
				t.Fatal(err)
			}
		}
		unpacked, err := io.ReadAll(body)
		if err != nil || plain.Status != http.StatusOK || string(unpacked) != string(plain.Body) || len(unpacked) == 0 {
			t.Errorf("%s: %d, %d and %d bytes, %v", path[1], plain.Status, len(plain.Body), len(unpacked), err)
		}
	}
	if a := c.get("/graphiql/nothing.js"); a.Status != http.StatusNotFound {
		t.Errorf("what is not there: %d", a.Status)
	}
	if a := c.get("/graphiql", "Host", "example.org"); a.Status != http.StatusForbidden {
		t.Errorf("for a foreign host: %d", a.Status)
	}
}
