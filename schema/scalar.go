package schema

import (
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/entente-kg/entente/graph"
)

// MarshalPartialDate writes a date; none is null.
func MarshalPartialDate(d graph.Date) graphql.Marshaler {
	if d == "" {
		return graphql.Null
	}
	return graphql.MarshalString(string(d))
}

// UnmarshalPartialDate reads a date.
func UnmarshalPartialDate(v any) (graph.Date, error) {
	s, ok := v.(string)
	if !ok || s == "" {
		return "", graph.Errorf(graph.Invalid, "a PartialDate is a text").WithHint(`write "2005", "2005-04" or "2005-04-21"`)
	}
	return graph.ParseDate(s)
}

// MarshalDateTime writes a moment in UTC, to the second.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.MarshalString(t.UTC().Format(time.RFC3339))
}

// UnmarshalDateTime reads a moment.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, _ := v.(string)
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, graph.Errorf(graph.Invalid, "a DateTime is a text such as 2019-09-27T08:30:00Z")
	}
	return t, nil
}
