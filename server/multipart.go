package server

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

// Files come by the GraphQL multipart request specification: a form of the fields
// operations (the query, with null where files go), map (which file goes where)
// and the files.
const mediaMultipart = "multipart/form-data"

const (
	mostFiles   = 100
	uploadRoom  = 6       // times what one document may take up
	heldOfFiles = 1 << 20 // bytes in memory; the rest goes to temporary files
)

// preflight are headers that no form can set: whoever sends one has asked first,
// if it is a page of another site.
var preflight = []string{"GraphQL-Preflight", "Apollo-Require-Preflight"}

// readMultipart takes query and files out of a form.
func (s *Server) readMultipart(w http.ResponseWriter, r *http.Request) (params *graphql.RawParams, size int, refused *refusedRequest) {
	if !slices.ContainsFunc(preflight, func(name string) bool { return r.Header.Get(name) != "" }) {
		return nil, 0, refusedWith(http.StatusForbidden, "a form has to say that it comes from no other site", "send the header "+preflight[0]+": 1")
	}
	r.Body = http.MaxBytesReader(w, r.Body, uploadRoom*s.opts.MaxDocument+mostQueryBody)
	params = &graphql.RawParams{Headers: r.Header}
	params.ReadTime.Start = graphql.Now()
	if err := r.ParseMultipartForm(heldOfFiles); err != nil {
		return nil, 0, unread(err)
	}
	operations := r.PostFormValue("operations")
	if len(operations) > mostQueryBody {
		return nil, 0, refusedWith(http.StatusRequestEntityTooLarge, "the field operations is too long", "send texts as files")
	}
	if refused := decode([]byte(operations), params); refused != nil {
		return nil, 0, refused
	}
	var places map[string][]string
	if err := json.Unmarshal([]byte(r.PostFormValue("map")), &places); err != nil || len(places) > mostFiles {
		return nil, 0, refusedWith(http.StatusBadRequest, "the field map does not say where up to 100 files go", `send {"0": ["variables.input.files.0.file"]}`)
	}
	for _, name := range slices.Sorted(maps.Keys(places)) {
		for _, place := range places[name] {
			if refused := upload(r, params, name, place); refused != nil {
				return nil, 0, refused
			}
		}
	}
	params.ReadTime.End = graphql.Now()
	return params, len(operations), nil
}

// upload puts a file into its place among the variables.
func upload(r *http.Request, params *graphql.RawParams, name, place string) *refusedRequest {
	file, header, err := r.FormFile(name)
	if err != nil {
		return refusedWith(http.StatusBadRequest, "the map names a file that is not in the form", "name every file by its field")
	}
	context.AfterFunc(r.Context(), func() { file.Close() })
	u := graphql.Upload{File: file, Filename: header.Filename, Size: header.Size, ContentType: header.Header.Get("Content-Type")}
	if !put(u, params.Variables, place) {
		return refusedWith(http.StatusBadRequest, "the map names a place that is not null in the variables", "write null where a file goes")
	}
	return nil
}

// put sets the null at a place such as variables.input.files.0.file.
func put(u graphql.Upload, variables map[string]any, place string) bool {
	steps := strings.Split(place, ".")
	if steps[0] != "variables" || len(steps) < 2 {
		return false
	}
	var at any = variables
	for n, step := range steps[1:] {
		last := n == len(steps)-2
		switch in := at.(type) {
		case map[string]any:
			if is, here := in[step]; last && here && is == nil {
				in[step] = u
				return true
			}
			at = in[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(in) {
				return false
			}
			if last && in[i] == nil {
				in[i] = u
				return true
			}
			at = in[i]
		default:
			return false
		}
	}
	return false
}
