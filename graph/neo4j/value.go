package neo4j

import (
	"encoding/json"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-kg/entente/graph"
)

// values are the properties of a node or relationship. A property that is ""
// or empty is left out, so that an analyst sees what there is.
type values map[string]any

// valuesOf is a returned map; null has no values.
func valuesOf(v any) values {
	m, _ := v.(map[string]any)
	return m
}

// get is a field of a returned row.
func get[T any](r *neo4j.Record, field string) T {
	v, _ := r.AsMap()[field].(T)
	return v
}

func (v values) text(name string) string {
	s, _ := v[name].(string)
	return s
}

func (v values) number(name string) int {
	n, _ := v[name].(int64)
	return int(n)
}

func (v values) flag(name string) bool {
	b, _ := v[name].(bool)
	return b
}

func (v values) texts(name string) []string {
	list, _ := v[name].([]any)
	all := make([]string, len(list))
	for i, x := range list {
		all[i], _ = x.(string)
	}
	return all
}

// maps is a returned list of maps.
func (v values) maps(name string) []values {
	list, _ := v[name].([]any)
	all := make([]values, len(list))
	for i, x := range list {
		all[i] = valuesOf(x)
	}
	return all
}

// spans reads a flat list of starts and ends.
func (v values) spans(name string) []graph.Span {
	list, _ := v[name].([]any)
	if len(list) < 2 {
		return nil
	}
	spans := make([]graph.Span, len(list)/2)
	for i := range spans {
		start, _ := list[2*i].(int64)
		end, _ := list[2*i+1].(int64)
		spans[i] = graph.Span{Start: int(start), End: int(end)}
	}
	return spans
}

func (v values) span(name string) graph.Span {
	if spans := v.spans(name); len(spans) > 0 {
		return spans[0]
	}
	return graph.Span{}
}

// flat is the list that [values.spans] reads.
func flat(spans ...graph.Span) []int {
	list := make([]int, 0, 2*len(spans))
	for _, s := range spans {
		list = append(list, s.Start, s.End)
	}
	return list
}

// set adds a text unless it is empty.
func set[T ~string](v values, name string, text T) {
	if text != "" {
		v[name] = string(text)
	}
}

// texts are ids as the driver takes them.
func texts[T ~string](ids []T) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

// owned is a rank under its owner: what the index of a seat holds.
func owned[T ~string](owner T, rank string) string { return string(owner) + "|" + rank }

// disowned is the rank without its owner.
func disowned(rank string) string {
	_, rank, _ = strings.Cut(rank, "|")
	return rank
}

// encode is a value as JSON text: what nobody searches.
func encode(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs of texts, numbers and times always encode
	}
	return string(data)
}

// plain is the map as the driver takes it within others.
func (v values) plain() map[string]any { return v }
