package server

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-kg/entente/graph"
)

// writeErrors answers a request whose query was not run: without data.
func writeErrors(w http.ResponseWriter, media string, status int, errs ...*gqlerror.Error) {
	if media == mediaStream { // a stream that never began
		media = mediaJSON
	}
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

// writeResponse writes the answer.
func writeResponse(w http.ResponseWriter, media string, r *graphql.Response) {
	body := encodeResponse(r)
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

// encodeResponse is an answer as JSON; its data is JSON already and is not encoded again.
func encodeResponse(r *graphql.Response) []byte {
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
	body = append(body, r.Data...)
	if len(r.Extensions) > 0 {
		extensions, err := json.Marshal(r.Extensions)
		if err != nil {
			panic(err) // what we add always encodes
		}
		body = append(append(body, `,"extensions":`...), extensions...)
	}
	return append(body, '}')
}
