package server_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	ingestQuery = `mutation ($in: IngestInput!) { ingest(input: $in) { job { id state documents } errors { message hint code field } } }`
	jobQuery    = `query ($id: ID!) { ingestJob(id: $id) { state author documents done failed facts endedAt
		items { totalCount nodes { number source outcome facts error { code message } document { id title published revision text facts { totalCount } } } } } }`
)

// handIn hands texts in and waits until they are read.
func (c client) handIn(input map[string]any) any {
	c.Helper()
	p := at(c.data(ingestQuery, map[string]any{"in": input}), "ingest")
	if len(at(p, "errors").([]any)) > 0 {
		c.Fatalf("%v", p)
	}
	return c.finished(at(p, "job", "id"))
}

func (c client) finished(id any) any {
	c.Helper()
	for range 400 {
		if j := at(c.data(jobQuery, map[string]any{"id": id}), "ingestJob"); at(j, "state") == "DONE" {
			return j
		}
		time.Sleep(25 * time.Millisecond)
	}
	c.Fatal("the job does not end")
	return nil
}

func TestIngestAndWithdraw(t *testing.T) {
	c := working(t, openSQLite(t))
	text := map[string]any{"source": "https://example.org/1", "title": "Memorandum", "published": "2019-09-27", "text": notice}
	ingest := func(want string, revision float64) any {
		t.Helper()
		p := at(c.handIn(map[string]any{"texts": []any{text}}), "items", "nodes", 0)
		if at(p, "outcome") != want || at(p, "document", "revision") != revision || at(p, "error") != nil {
			t.Fatalf("%v, expected %s at revision %v", p, want, revision)
		}
		return p
	}
	p := ingest("ADDED", 0)
	if at(p, "facts").(float64) < 3 || at(p, "facts") != at(p, "document", "facts", "totalCount") || at(p, "document", "text") != notice {
		t.Errorf("%v", p)
	}
	ingest("UNCHANGED", 0)
	text["text"] = notice + " It was signed in Jakarta."
	ingest("UPDATED", 1)
	const withdraw = `mutation ($d: DocumentRef!) { withdrawDocument(input: {document: $d}) { id outcome errors { code hint } } }`
	data := c.data(withdraw, map[string]any{"d": map[string]any{"source": text["source"]}})
	if at(data, "withdrawDocument", "outcome") != "WITHDRAWN" {
		t.Fatalf("%v", data)
	}
	id := at(data, "withdrawDocument", "id")
	if n := at(c.data(`query ($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id}), "node"); n != nil {
		t.Errorf("the withdrawn document is %v", n)
	}
	if n := at(c.data(`{ statistics { documents } facts { totalCount } }`, nil), "facts", "totalCount"); n != 0.0 {
		t.Errorf("%v facts are left", n)
	}
	if data := c.data(withdraw, map[string]any{"d": map[string]any{"id": id}}); at(data, "withdrawDocument", "outcome") != "UNCHANGED" {
		t.Errorf("once more: %v", data)
	}
	ingest("ADDED", 3)
	for ref, code := range map[string]string{`{source: "nothing"}`: "NOT_FOUND", `{id: "x"}`: "INVALID"} {
		data := c.data(`mutation { withdrawDocument(input: {document: `+ref+`}) { outcome errors { code message hint } } }`, nil)
		if at(data, "withdrawDocument", "errors", 0, "code") != code || at(data, "withdrawDocument", "outcome") != nil {
			t.Errorf("%s: %v, expected %s", ref, data, code)
		}
	}
}

// One text that cannot be read is told at once; among others it fails alone.
func TestTextsThatAreNotRead(t *testing.T) {
	c := working(t, openSQLite(t))
	var all []any
	for name, in := range map[string]map[string]any{
		"empty":       {"source": "x", "text": "  \n"},
		"binary":      {"source": "x", "text": "a\x00b"},
		"French":      {"source": "x", "text": "Les ministres des affaires étrangères se sont réunis à Genève pour discuter de la paix et de la sécurité dans la région, et ils ont signé un accord."},
		"no source":   {"source": " ", "text": notice},
		"revision -1": {"source": "x", "text": notice, "revision": -1},
	} {
		all = append(all, in)
		data := c.data(ingestQuery, map[string]any{"in": map[string]any{"texts": []any{in}}})
		if at(data, "ingest", "errors", 0, "code") != "INVALID" || at(data, "ingest", "job") != nil {
			t.Errorf("%s: %v", name, data)
		}
	}
	all = append(all, map[string]any{"source": "good", "text": notice})
	j := c.handIn(map[string]any{"texts": all})
	if at(j, "done") != 6.0 || at(j, "failed") != 5.0 || at(j, "items", "nodes", 0, "error", "code") != "INVALID" || at(j, "items", "nodes", 5, "outcome") != "ADDED" {
		t.Errorf("%v", j)
	}
	if data := c.data(ingestQuery, map[string]any{"in": map[string]any{}}); at(data, "ingest", "errors", 0, "code") != "INVALID" {
		t.Errorf("nothing to read: %v", data)
	}
	if a := c.ask(ingestQuery, map[string]any{"in": map[string]any{"texts": []any{map[string]any{"source": "x", "text": notice, "published": "last week"}}}}); a.code() != "INVALID" {
		t.Errorf("a date that is none: %s", a.Body)
	}
}

// The key tells a repetition from another job, before and after a restart.
func TestIdempotencyKey(t *testing.T) {
	store := openSQLite(t)
	in := map[string]any{"idempotencyKey": "k1", "texts": []any{map[string]any{"source": "a", "text": notice}}}
	handed := serve(t, store) // it takes the job and goes down before anything is read
	first := at(handed.data(ingestQuery, map[string]any{"in": in}), "ingest", "job", "id")
	c := working(t, store)
	if second := at(c.data(ingestQuery, map[string]any{"in": in}), "ingest", "job", "id"); second != first || first == nil {
		t.Errorf("job %v, then %v", first, second)
	}
	if j := c.finished(first); at(j, "items", "nodes", 0, "outcome") != "ADDED" || at(j, "author") != "anonymous" {
		t.Errorf("%v", j)
	}
	in["texts"] = []any{map[string]any{"source": "b", "text": notice}}
	if p := at(c.data(ingestQuery, map[string]any{"in": in}), "ingest"); at(p, "errors", 0, "code") != "CONFLICT" {
		t.Errorf("another text under the key: %v", p)
	}
	if j := at(c.data(jobQuery, map[string]any{"id": "jaaaaaaaaaaaaaaaaaaaaaaaaaa"}), "ingestJob"); j != nil {
		t.Errorf("%v", j)
	}
}

// form is a request by the GraphQL multipart request specification.
func form(operations, places string, files map[string]string) (body *bytes.Buffer, contentType string) {
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	w.WriteField("operations", operations)
	w.WriteField("map", places)
	for name, text := range files {
		f, _ := w.CreateFormFile(name, name)
		f.Write([]byte(text))
	}
	w.Close()
	return body, w.FormDataContentType()
}

func TestUpload(t *testing.T) {
	c := working(t, openSQLite(t))
	operations := func(variables string) string {
		return `{"query": ` + string(quoted(ingestQuery)) + `, "variables": ` + variables + `}`
	}
	files := map[string]string{"notice.txt": notice, "wire.jsonl": `{"source": "wire/1", "text": "Kenya and Norway signed a treaty on trade in 2005."}` + "\n{broken\n"}
	body, contentType := form(operations(`{"in": {"files": [{"file": null, "published": "2019-09-27"}, {"file": null}]}}`),
		`{"notice.txt": ["variables.in.files.0.file"], "wire.jsonl": ["variables.in.files.1.file"]}`, files)
	sent := body.Bytes()
	a := c.post(bytes.NewReader(sent), "Content-Type", contentType, "GraphQL-Preflight", "1")
	j := c.finished(at(a.Data, "ingest", "job", "id"))
	items := at(j, "items", "nodes")
	if got := fmt.Sprint(texts(items, "source"), texts(items, "outcome")); at(j, "documents") != 3.0 || at(j, "failed") != 1.0 ||
		!strings.HasPrefix(got, "[notice.txt wire/1") || at(items, 0, "document", "published") != "2019-09-27" || at(items, 2, "error", "code") != "INVALID" {
		t.Errorf("%v", j)
	}
	if a := c.post(bytes.NewReader(sent), "Content-Type", contentType); a.Status != http.StatusForbidden {
		t.Errorf("a form without the header that no page of another site can send: %d", a.Status)
	}
	if a := c.post(bytes.NewReader(sent), "Content-Type", contentType, "GraphQL-Preflight", "1", "Origin", "https://example.org"); a.Status != http.StatusForbidden {
		t.Errorf("a form from another site: %d", a.Status)
	}
	for name, places := range map[string]string{
		"no map": ``, "a list": `[]`, "a place that is not null": `{"notice.txt": ["variables.in.files"]}`, "no such place": `{"notice.txt": ["variables.in.files.7.file"]}`,
		"no variable": `{"notice.txt": ["query"]}`, "no such file": `{"other": ["variables.in.files.0.file"]}`, "below a text": `{"notice.txt": ["variables.in.idempotencyKey.x"]}`,
		"a negative index": `{"notice.txt": ["variables.in.files.-1.file"]}`, "the variables": `{"notice.txt": ["variables"]}`,
	} {
		body, contentType := form(operations(`{"in": {"files": [{"file": null}], "idempotencyKey": "x"}}`), places, files)
		if a := c.post(body, "Content-Type", contentType, "GraphQL-Preflight", "1"); a.Status != http.StatusBadRequest || a.code() != "BAD_REQUEST" {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
}

// streamed reads events until the stream ends, or what is wanted has come.
func streamed(tb testing.TB, url, query string, variables map[string]any, until func(event string, data any) bool) {
	tb.Helper()
	body, _ := json.Marshal(map[string]any{"query": query, "variables": variables})
	ctx, cancel := context.WithTimeout(tb.Context(), 20*time.Second)
	defer cancel()
	r, _ := http.NewRequestWithContext(ctx, http.MethodPost, url+"/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		tb.Error(err)
		return
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		tb.Errorf("%d %v", response.StatusCode, response.Header)
		return
	}
	event := ""
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if name, is := strings.CutPrefix(lines.Text(), "event: "); is {
			event = name
		}
		if text, is := strings.CutPrefix(lines.Text(), "data:"); is {
			var data any
			if err := json.Unmarshal([]byte(text), &data); event == "next" && err != nil {
				tb.Errorf("%v: %s", err, text)
			}
			if until(event, data) {
				return
			}
		}
	}
	tb.Error("the stream broke off")
}

// A job is followed to its end.
func TestSubscribeToAJob(t *testing.T) {
	c := working(t, openSQLite(t))
	here := httptest.NewServer(c.handler)
	defer here.Close()
	var texts []any
	for i := range 100 {
		texts = append(texts, map[string]any{"source": fmt.Sprintf("wire/%d", i), "text": notice})
	}
	id := at(c.data(ingestQuery, map[string]any{"in": map[string]any{"texts": texts}}), "ingest", "job", "id")
	var told []string
	streamed(t, here.URL, `subscription ($id: ID!) { ingestJob(id: $id) { state done } }`, map[string]any{"id": id}, func(event string, data any) bool {
		if event == "next" {
			told = append(told, fmt.Sprint(at(data, "data", "ingestJob", "state"), " ", at(data, "data", "ingestJob", "done")))
		}
		return event == "complete"
	})
	if len(told) < 2 || told[len(told)-1] != "DONE 100" || !slices.Contains(told, "RUNNING 64") {
		t.Errorf("%v", told)
	}
}

// Facts are told as they come in, each once, and those alone that match.
func TestFactAdded(t *testing.T) {
	c := working(t, openSQLite(t))
	here := httptest.NewServer(c.handler)
	defer here.Close()
	subjects := make(chan string, 1000)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		streamed(t, here.URL, `subscription { factAdded(where: {predicates: [SIGNED]}) { subject { name } predicate } }`, nil, func(_ string, data any) bool {
			if at(data, "errors") != nil {
				t.Errorf("%v", data)
			}
			subject := fmt.Sprint(at(data, "data", "factAdded", "subject", "name"))
			subjects <- subject
			return subject == "Kenya"
		})
	}()
	read := func(source, text string) {
		c.handIn(map[string]any{"texts": []any{map[string]any{"source": source, "text": text}}})
	}
	for year := 1950; len(subjects) == 0; year++ { // until the subscription listens
		read(fmt.Sprint("probe/", year), fmt.Sprintf("Chile signed the Treaty of %d on trade in %d.", year, year))
	}
	read("a", notice)
	read("b", notice)                      // says no more than a
	read("a", notice+" Norway was there.") // nor does this
	read("c", "Kenya signed the Treaty of Nairobi in 2007.")
	<-ended
	close(subjects)
	var told []string
	for s := range subjects {
		if s != "Chile" {
			told = append(told, s)
		}
	}
	slices.Sort(told)
	if got := strings.Join(told, ", "); got != "Association of Southeast Asian Nations, Kenya, Shanghai Cooperation Organisation" {
		t.Errorf("%s", got)
	}
}

// What a subscription cannot be.
func TestSubscriptionsThatAreRefused(t *testing.T) {
	c := serve(t, openSQLite(t))
	subscription := `{"query": "subscription { ingestJob(id: \"x\") { state } }"}`
	if a := c.post(strings.NewReader(subscription)); a.Status != http.StatusNotAcceptable || a.code() != "BAD_REQUEST" {
		t.Errorf("answered as JSON: %d %s", a.Status, a.Body)
	}
	if a := c.post(strings.NewReader(subscription), "Accept", "text/event-stream"); !strings.Contains(string(a.Body), `"code":"NOT_FOUND"`) || !strings.HasSuffix(string(a.Body), "event: complete\ndata:\n\n") {
		t.Errorf("of nothing: %d %s", a.Status, a.Body)
	}
	if a := c.post(strings.NewReader(`{"query": "{ nothing }"}`), "Accept", "text/event-stream"); a.Status != http.StatusBadRequest {
		t.Errorf("an unknown field: %d %s", a.Status, a.Body)
	}
	for _, headers := range [][]string{{"Origin", "https://example.org"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Host", "example.org"}} {
		if a := c.post(strings.NewReader(subscription), append(headers, "Accept", "text/event-stream")...); a.Status != http.StatusForbidden {
			t.Errorf("%v: %d %s", headers, a.Status, a.Body)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost/graphql", nil)
	for _, header := range [][2]string{{"Connection", "Upgrade"}, {"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}, {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}} {
		r.Header.Set(header[0], header[1])
	}
	if a := c.do(r); a.Status != http.StatusMethodNotAllowed {
		t.Errorf("a WebSocket: %d", a.Status)
	}
}
