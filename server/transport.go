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
)

// The media types of GraphQL over HTTP. With the older one an error in the
// request is a 200, as clients of old expect; with the newer it is a 400.
const (
	mediaJSON    = "application/json"
	mediaGraphQL = "application/graphql-response+json"
	mediaStream  = "text/event-stream" // see stream.go
)

const (
	mostQueryBody = 1 << 20 // of a request that only asks
	mostErrors    = 20      // that one answer shows
)

// graphql answers one request: GraphQL over HTTP, and what may change something
// by POST only. What a browser sends without asking first (a form) could come
// from any page: it is not taken.
func (s *Server) graphql(w http.ResponseWriter, r *http.Request) {
	media, ok := accepted(r.Header.Get("Accept"))
	if !ok {
		refuse(w, http.StatusNotAcceptable, codeRequest, "the answer is "+mediaGraphQL+", "+mediaJSON+" or "+mediaStream, "accept one of them")
		return
	}
	params, size, refused := s.read(w, r)
	if refused != nil {
		s.metrics.refused.WithLabelValues(codeRequest).Inc()
		writeErrors(w, media, refused.status, &refused.Error)
		return
	}
	ctx := graphql.StartOperationTrace(r.Context())
	q, errs := s.question(ctx, params)
	if errs != nil {
		s.metrics.refused.WithLabelValues(codeOf(errs)).Inc()
		writeErrors(w, media, requestStatus(media), errs...)
		return
	}
	switch op := q.op; {
	case op.Operation.Operation == ast.Mutation && r.Method == http.MethodGet:
		w.Header().Set("Allow", http.MethodPost)
		writeErrors(w, media, http.StatusMethodNotAllowed, &refusedWith(http.StatusMethodNotAllowed, "GET changes nothing", "send a mutation by POST").Error)
	case op.Operation.Operation != ast.Mutation && size > mostQueryBody:
		writeErrors(w, media, http.StatusRequestEntityTooLarge, refusal("bytes in the request", size, mostQueryBody))
	case media == mediaStream:
		s.stream(ctx, w, op)
	case op.Operation.Operation == ast.Subscription:
		refuse(w, http.StatusNotAcceptable, codeRequest, "a subscription is answered as "+mediaStream, "accept it: the protocol is that of graphql-sse, a connection for each subscription")
	default:
		writeResponse(w, media, s.observed(ctx, q))
	}
}

// question is an operation that may be run.
type question struct {
	op   *graphql.OperationContext
	rows int // that it asks for at most
}

// question measures a query, and then parses and validates it.
func (s *Server) question(ctx context.Context, params *graphql.RawParams) (*question, gqlerror.List) {
	rows, refused := s.measure(params.Query, params.Variables)
	if refused != nil {
		return nil, gqlerror.List{refused}
	}
	op, errs := s.exec.CreateOperationContext(ctx, params)
	if errs != nil {
		return nil, errs
	}
	op.DisableIntrospection = s.opts.NoIntrospection
	return &question{op, rows}, nil
}

// mostAnswer bounds what one answer holds, in bytes of its data.
const mostAnswer = 16 << 20

// answer runs an operation that has one answer.
func (s *Server) answer(ctx context.Context, q *question) *graphql.Response {
	op := q.op
	timeout := s.opts.Timeout
	if op.Operation.Operation == ast.Mutation {
		timeout = s.mutationTimeout()
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if leave := s.heavy.enter(ctx, q.rows); leave != nil {
		defer leave()
		next, ctx := s.exec.DispatchOperation(ctx, op)
		if response := next(ctx); response != nil {
			if len(response.Data) > mostAnswer {
				return &graphql.Response{Errors: gqlerror.List{refusal("bytes in the answer", len(response.Data), mostAnswer)}}
			}
			return response
		}
	}
	// The executor gives none once the time is over.
	return &graphql.Response{Errors: gqlerror.List{{Message: "the question took longer than " + timeout.String(),
		Extensions: map[string]any{"code": codeTimeout, "hint": "ask for less at once"}}}}
}

// requestStatus is that of a request whose query cannot be run.
func requestStatus(media string) int {
	if media == mediaJSON {
		return http.StatusOK
	}
	return http.StatusBadRequest
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
	switch {
	case r.Header.Get("Upgrade") != "":
		return nil, 0, refusedWith(http.StatusMethodNotAllowed, "no other protocol is spoken here", "subscriptions come as "+mediaStream)
	case r.Method == http.MethodGet:
		return readAddress(r)
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", "GET, POST")
		return nil, 0, refusedWith(http.StatusMethodNotAllowed, "GraphQL is asked by POST or GET", "send a JSON body by POST")
	}
	media, p, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && media == mediaMultipart {
		return s.readMultipart(w, r)
	}
	if charset := p["charset"]; err != nil || media != mediaJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, 0, refusedWith(http.StatusUnsupportedMediaType, "the request is neither "+mediaJSON+" nor "+mediaMultipart, "set Content-Type: "+mediaJSON)
	}
	params = &graphql.RawParams{Headers: r.Header}
	params.ReadTime.Start = graphql.Now()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.mostBody()))
	if err != nil {
		return nil, 0, unread(err)
	}
	if refused := decode(body, params); refused != nil {
		return nil, 0, refused
	}
	params.ReadTime.End = graphql.Now()
	return params, len(body), nil
}

// readAddress takes the query out of an address, where it ends up in logs: POST is better.
func readAddress(r *http.Request) (params *graphql.RawParams, size int, refused *refusedRequest) {
	params = &graphql.RawParams{Headers: r.Header}
	params.ReadTime.Start = graphql.Now()
	asked := r.URL.Query()
	body := map[string]any{"query": asked.Get("query"), "operationName": asked.Get("operationName")}
	for _, name := range []string{"variables", "extensions"} {
		if text := asked.Get(name); text != "" {
			if !json.Valid([]byte(text)) {
				return nil, 0, refusedWith(http.StatusBadRequest, "the parameter "+name+" is not JSON", "encode it as JSON, and then for an address")
			}
			body[name] = json.RawMessage(text)
		}
	}
	data, err := json.Marshal(body)
	if err != nil {
		panic(err) // texts and valid JSON always encode
	}
	refused = decode(data, params)
	params.ReadTime.End = graphql.Now()
	return params, len(data), refused
}

// unread is why a body could not be read to its end.
func unread(err error) *refusedRequest {
	if tooLarge, is := errors.AsType[*http.MaxBytesError](err); is {
		return refusedWith(http.StatusRequestEntityTooLarge, "the request has more than "+strconv.FormatInt(tooLarge.Limit, 10)+" bytes", "send less at once")
	}
	return refusedWith(http.StatusBadRequest, "the request broke off, or is not what its headers say", "send it again")
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
	if request.Extensions != nil {
		params.Extensions = *request.Extensions
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
		case mediaGraphQL, mediaStream:
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
