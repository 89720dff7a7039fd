// Package graphiql is the page at /graphiql: GraphiQL with all that it needs, so
// that it works without a network, and five examples in its tabs.
package graphiql

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed index.html start.js start.css
var own embed.FS

//go:embed files
var files embed.FS

//go:embed examples
var examples embed.FS

// policy lets the page run its own scripts and ask its own server, and nothing
// else. Fonts and images lie within the style sheet.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves /graphiql and what lies below it.
func Handler() http.Handler {
	mux := http.NewServeMux()
	for path, name := range map[string]string{"/graphiql": "index.html", "/graphiql/start.js": "start.js", "/graphiql/start.css": "start.css"} {
		page := mustRead(own, name)
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { send(w, name, page) })
	}
	mux.HandleFunc("GET /graphiql/examples.json", func(w http.ResponseWriter, _ *http.Request) { send(w, "examples.json", tabs()) })
	mux.HandleFunc("GET /graphiql/{file}", compressed)
	return mux
}

func mustRead(of fs.FS, name string) []byte {
	data, err := fs.ReadFile(of, name)
	if err != nil {
		panic(err) // it is embedded
	}
	return data
}

// tab is a tab of GraphiQL.
type tab struct {
	Query string `json:"query"`
}

// Examples are the queries of the tabs, in their order.
func Examples() []string {
	entries, err := examples.ReadDir("examples")
	if err != nil {
		panic(err) // it is embedded
	}
	queries := make([]string, len(entries)) // by name
	for i, e := range entries {
		queries[i] = string(mustRead(examples, "examples/"+e.Name()))
	}
	return queries
}

func tabs() []byte {
	var all []tab
	for _, q := range Examples() {
		all = append(all, tab{q})
	}
	data, err := json.Marshal(all)
	if err != nil {
		panic(err) // texts always encode
	}
	return data
}

// compressed sends a file of npm as it is kept, or unpacked to whoever cannot unpack it.
func compressed(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	data, err := files.ReadFile("files/" + name + ".gz")
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Vary", "Accept-Encoding")
	w.Header().Set("Cache-Control", "private, max-age=86400")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		send(w, name, data)
		return
	}
	unpack, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		data, err = io.ReadAll(unpack)
	}
	if err != nil {
		panic(err) // it is embedded
	}
	send(w, name, data)
}

// types are those of the files; what the system knows of extensions differs.
var types = map[string]string{".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json"}

func send(w http.ResponseWriter, name string, data []byte) {
	w.Header().Set("Content-Type", types[path.Ext(name)])
	w.Header().Set("Content-Security-Policy", policy)
	_, _ = w.Write(data)
}
