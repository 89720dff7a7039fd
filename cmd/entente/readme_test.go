package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph/sqlite"
	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/ingest/sample"
	"github.com/entente-kg/entente/server"
)

var update = flag.Bool("update", false, "write the answers into README.md and docs/api.md")

// block is a question with its answer, or a file that the reader is told to write.
var block = regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n(.*?)```|<<'END'\n(.*?)END\n")

// TestReadme asks what the README asks, in its order, of the sample and of the
// file that it writes: the answers must be those that it prints.
func TestReadme(t *testing.T) { testAnswers(t, "../../README.md", 3) }

// TestRecipes does so for the recipes of the API.
func TestRecipes(t *testing.T) { testAnswers(t, "../../docs/api.md", 10) }

func testAnswers(t *testing.T, path string, least int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	x, err := ingest.NewExtractor()
	if err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "entente.db"), sqlite.Options{Vocabulary: x.Vocabulary()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	read := func(options ingest.Options, text []byte) {
		t.Helper()
		options.Stdin = bytes.NewReader(text)
		if _, err := ingest.Run(t.Context(), store, x, ingest.Read(t.Context(), []string{"-"}, options), func(ingest.Report) {}); err != nil {
			t.Fatal(err)
		}
	}
	read(ingest.Options{Format: ingest.JSONLines}, sample.JSONL)
	handler := server.New(store, x, server.Options{})

	asked := 0
	written := block.ReplaceAllFunc(text, func(all []byte) []byte {
		m := block.FindSubmatch(all)
		if m[1] == nil {
			read(ingest.Options{Source: "notice.txt"}, m[3])
			return all
		}
		asked++
		answer := answer(t, handler, string(m[1]))
		if !*update && !bytes.Equal(answer, m[2]) {
			t.Errorf("%s\nis answered by\n%s\nnot by\n%s", m[1], answer, m[2])
		}
		return bytes.Replace(all, append([]byte("```json\n"), m[2]...), append([]byte("```json\n"), answer...), 1)
	})
	if asked < least {
		t.Errorf("%s asks %d questions, want %d or more", path, asked, least)
	}
	if *update {
		if err := os.WriteFile(path, written, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// answer is the data of a response, indented.
func answer(t *testing.T, handler http.Handler, query string) []byte {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1:8080/graphql", strings.NewReader(`{"query":`+quoted(query)+`}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	var response struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.Unmarshal(w.Body.Bytes(), &response); err != nil || response.Errors != nil {
		t.Fatalf("%s\n%v %s", query, err, w.Body)
	}
	return append(compact(t, response.Data, ""), '\n')
}

// compact indents JSON, and keeps on one line what has room there.
func compact(t *testing.T, value json.RawMessage, indent string) []byte {
	t.Helper()
	const width = 150
	var line bytes.Buffer
	if err := json.Compact(&line, value); err != nil {
		t.Fatal(err)
	}
	if len(indent)+line.Len() <= width || value[0] != '{' && value[0] != '[' {
		return line.Bytes()
	}
	members, labels := membersOf(t, value)
	out := []byte{value[0]}
	if len(members) == 1 {
		out = append(append(out, labels[0]...), compact(t, members[0], indent)...)
		return append(out, value[len(value)-1])
	}
	for i, member := range members {
		out = fmt.Appendf(out, "\n%s  %s%s", indent, labels[i], compact(t, member, indent+"  "))
		if i+1 < len(members) {
			out = append(out, ',')
		}
	}
	return fmt.Appendf(out, "\n%s%c", indent, value[len(value)-1])
}

// membersOf are the elements of an array, or the values of an object with their
// names as labels, in order.
func membersOf(t *testing.T, value json.RawMessage) (members []json.RawMessage, labels []string) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(value))
	opening, err := decoder.Token()
	for err == nil && decoder.More() {
		label := ""
		if opening == json.Delim('{') {
			var name json.Token
			name, err = decoder.Token()
			label = fmt.Sprintf("%q: ", name)
		}
		var member json.RawMessage
		err = errors.Join(err, decoder.Decode(&member))
		members, labels = append(members, member), append(labels, label)
	}
	if err != nil {
		t.Fatal(err)
	}
	return members, labels
}
