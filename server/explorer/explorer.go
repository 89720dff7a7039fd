// Package explorer is the web page: it shows the graph as a network, and behind
// every edge the sentence that says so. It knows nothing of the graph itself; in
// the browser it asks the public GraphQL API as any other client does, with the
// queries in queries/, each a file of its own.
//
// src/ holds the page in TypeScript, one noun to a file; main.tsx is where it
// begins. What a person does to the picture is a function from a picture to the
// next (picture.ts), so that everything can be undone (state.ts). The pixels are
// drawn behind an interface (renderer.ts).
//
// The bundle app.js and app.css is committed: neither building nor running needs
// Node. After a change to src/, queries/ or the styles:
//
//	go test ./server/explorer -run TestBundle -update
package explorer

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
)

var (
	//go:embed index.html
	page []byte
	//go:embed app.js
	script []byte
	//go:embed app.css
	style []byte
)

// policy lets the page load and ask nothing but this server, and keeps every
// text from becoming markup: no inline script, no other origin, and no way from
// a string to the parser of HTML.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// Handler serves the page and its two files. They hold nothing of the graph, so
// whoever may reach the server may have them; the page asks for the token.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", newAsset("text/html; charset=utf-8", page))
	mux.Handle("GET /app.js", newAsset("text/javascript; charset=utf-8", script))
	mux.Handle("GET /app.css", newAsset("text/css; charset=utf-8", style))
	return mux
}

// asset is a file as it is sent: packed once, and known by its hash, so that a
// browser that has it already is told so.
type asset struct {
	media, tag   string
	plain, small []byte
}

func newAsset(media string, content []byte) asset {
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is a valid one
	_, _ = w.Write(content)                                    // into memory: never fails
	_ = w.Close()
	sum := sha256.Sum256(content)
	return asset{media: media, tag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, plain: content, small: packed.Bytes()}
}

func (a asset) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.media)
	h.Set("Content-Security-Policy", policy)
	h.Set("Cache-Control", "no-cache") // keep it, and ask whether it is still the same
	h.Set("ETag", a.tag)
	h.Set("Vary", "Accept-Encoding")
	if r.Header.Get("If-None-Match") == a.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.small
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}
