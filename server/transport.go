package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-kg/entente/graph"
)

// The media types of GraphQL over HTTP. With the older one an error in the
// request is a 200, as clients of old expect; with the newer it is a 400.
const (
	mediaJSON    = "application/json"
	mediaGraphQL = "application/graphql-response+json"
)

const (
	mostQueryBody = 1 << 20 // of a request that only asks
	mostErrors    = 20      // that one answer shows
)

// graphql answers one request: GraphQL over HTTP, by POST only. A query in an
// address would end up in logs, and one that a browser sends without asking
// first (a form, a multipart upload) could come from any page.
func (s *Server) graphql(w http.ResponseWriter, r *http.Request) {
	media, ok := accepted(r.Header.Get("Accept"))
	if !ok {
		refuse(w, http.StatusNotAcceptable, codeRequest, "the answer is "+mediaGraphQL+" or "+mediaJSON, "accept one of them")
		return
	}
	params, size, refused := s.read(w, r)
	if refused != nil {
		writeErrors(w, media, refused.status, &refused.Error)
		return
	}
	if e := s.measure(params.Query, params.OperationName, params.Variables); e != nil {
		writeErrors(w, media, requestStatus(media), e)
		return
	}
	ctx := graphql.StartOperationTrace(r.Context())
	op, errs := s.exec.CreateOperationContext(ctx, params)
	if errs != nil {
		writeErrors(w, media, requestStatus(media), errs...)
		return
	}
	op.DisableIntrospection = false
	timeout := s.opts.Timeout
	if op.Operation.Operation == ast.Mutation {
		timeout = s.mutationTimeout()
	} else if size > mostQueryBody {
		writeErrors(w, media, http.StatusRequestEntityTooLarge, refusal("bytes in the request", size, mostQueryBody))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	next, ctx := s.exec.DispatchOperation(ctx, op)
	response := next(ctx)
	if response == nil { // the executor gives none once the time is over
		response = &graphql.Response{Errors: gqlerror.List{{Message: "the question took longer than " + timeout.String(),
			Extensions: map[string]any{"code": codeTimeout, "hint": "ask for less at once"}}}}
	}
	writeResponse(w, media, response)
}

// requestStatus is that of a request whose query cannot be run.
func requestStatus(media string) int {
	if media == mediaGraphQL {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// refusedRequest is why a request holds no query.
type refusedRequest struct {
	gqlerror.Error
	status int
}

func refusedWith(status int, message, hint string) *refusedRequest {
	return &refusedRequest{gqlerror.Error{Message: message, Extensions: map[string]any{"code": codeRequest, "hint": hint}}, status}
}

// read takes the query out of a request. No message repeats what was sent.
func (s *Server) read(w http.ResponseWriter, r *http.Request) (params *graphql.RawParams, size int, refused *refusedRequest) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, 0, refusedWith(http.StatusMethodNotAllowed, "GraphQL is asked by POST", "send a JSON body")
	}
	media, p, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := p["charset"]; err != nil || media != mediaJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, 0, refusedWith(http.StatusUnsupportedMediaType, "the request is not "+mediaJSON, "set Content-Type: "+mediaJSON)
	}
	params = &graphql.RawParams{Headers: r.Header}
	params.ReadTime.Start = graphql.Now()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.mostBody()))
	if tooLarge, is := errors.AsType[*http.MaxBytesError](err); is {
		return nil, 0, refusedWith(http.StatusRequestEntityTooLarge, "the request has more than "+strconv.FormatInt(tooLarge.Limit, 10)+" bytes", "send less at once")
	} else if err != nil {
		return nil, 0, refusedWith(http.StatusBadRequest, "the request broke off", "send it again")
	}
	if refused := decode(body, params); refused != nil {
		return nil, 0, refused
	}
	params.ReadTime.End = graphql.Now()
	return params, len(body), nil
}

// mostBody leaves room for a text's JSON escapes and the query around it.
func (s *Server) mostBody() int64 {
	return s.opts.MaxDocument + s.opts.MaxDocument/5 + mostQueryBody/16
}

func decode(body []byte, params *graphql.RawParams) *refusedRequest {
	var request struct {
		Query         *string         `json:"query"`
		OperationName *string         `json:"operationName"`
		Variables     *map[string]any `json:"variables"`
		Extensions    *map[string]any `json:"extensions"`
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // a number in a variable keeps its digits
	if err := d.Decode(&request); err != nil || d.More() {
		return refusedWith(http.StatusBadRequest, "the request is not one JSON object of a query", `send {"query": "…", "variables": {…}}`)
	}
	if request.Query == nil || strings.TrimSpace(*request.Query) == "" {
		return refusedWith(http.StatusBadRequest, "the request has no query", `send {"query": "…"}`)
	}
	params.Query = *request.Query
	if request.OperationName != nil {
		params.OperationName = *request.OperationName
	}
	if request.Variables != nil {
		params.Variables = *request.Variables
	}
	return nil
}

// accepted is the media type that a client likes best; older clients, that say
// nothing or take anything, get the older one.
func accepted(header string) (media string, ok bool) {
	if strings.TrimSpace(header) == "" {
		return mediaJSON, true
	}
	best := 0.0
	for part := range strings.SplitSeq(header, ",") {
		m, p, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil || p["charset"] != "" && !strings.EqualFold(p["charset"], "utf-8") {
			continue
		}
		switch m {
		case mediaGraphQL:
		case mediaJSON, "application/*", "*/*":
			m = mediaJSON
		default:
			continue
		}
		quality := 1.0
		if q, err := strconv.ParseFloat(p["q"], 64); err == nil {
			quality = q
		}
		if quality > best {
			media, best = m, quality
		}
	}
	return media, best > 0
}

// writeErrors answers a request whose query was not run: without data.
func writeErrors(w http.ResponseWriter, media string, status int, errs ...*gqlerror.Error) {
	body, err := json.Marshal(struct {
		Errors gqlerror.List `json:"errors"`
	}{atMost(errs)})
	if err != nil {
		panic(err) // texts and numbers always encode
	}
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// atMost keeps the first errors: one fault in a query of many fields is told
// often enough.
func atMost(errs gqlerror.List) gqlerror.List {
	for _, e := range errs {
		if e.Extensions["code"] == nil {
			e.Extensions = map[string]any{"code": string(graph.Invalid)}
		}
	}
	if len(errs) <= mostErrors {
		return errs
	}
	rest := &gqlerror.Error{Message: strconv.Itoa(len(errs)-mostErrors) + " further errors are not shown", Extensions: map[string]any{"code": codeLimit}}
	return append(errs[:mostErrors:mostErrors], rest)
}

// writeResponse writes the answer; its data is JSON already and is not encoded again.
func writeResponse(w http.ResponseWriter, media string, r *graphql.Response) {
	body := []byte(`{`)
	if len(r.Errors) > 0 {
		errs, err := json.Marshal(atMost(r.Errors))
		if err != nil {
			panic(err) // texts and numbers always encode
		}
		body = append(append(append(body, `"errors":`...), errs...), ',')
	}
	body = append(body, `"data":`...)
	if r.Data == nil {
		body = append(body, "null"...)
	}
	body = append(append(body, r.Data...), '}')
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}
