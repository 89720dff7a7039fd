package server_test

import "testing"

// Exactly one field of a @oneOf input is set, however it is sent: as a literal, as
// a variable, or as a literal with variables in it.
func TestOneOf(t *testing.T) {
	c := handMade(t)
	name, id := "rivers", "eaaaaaaaaaaaaaaaaaaaaaaaaaa"
	for _, tc := range []struct {
		query     string
		variables map[string]any
		ok        bool
	}{
		{`query ($r: EntityRef!) { entity(ref: $r) { name } }`, map[string]any{"r": map[string]any{"name": name}}, true},
		{`query ($r: EntityRef!) { entity(ref: $r) { name } }`, map[string]any{"r": map[string]any{"name": name, "id": id}}, false},
		{`query ($r: EntityRef!) { entity(ref: $r) { name } }`, map[string]any{"r": map[string]any{}}, false},
		{`query ($r: EntityRef!) { entity(ref: $r) { name } }`, map[string]any{"r": map[string]any{"name": nil}}, false},
		{`query ($n: String!) { entity(ref: {name: $n}) { name } }`, map[string]any{"n": name}, true},
		{`query ($n: String) { entity(ref: {name: $n}) { name } }`, map[string]any{"n": name}, false},
		{`query ($n: String!, $i: ID!) { entity(ref: {name: $n, id: $i}) { name } }`, map[string]any{"n": name, "i": id}, false},
		{`query ($w: AgreementFilter) { agreements(where: $w) { totalCount } }`, map[string]any{"w": map[string]any{"covers": map[string]any{"any": []any{map[string]any{"name": name, "id": id}}}}}, false},
		{`query ($w: AgreementFilter) { agreements(where: $w) { totalCount } }`, map[string]any{"w": map[string]any{"covers": map[string]any{"any": []any{map[string]any{"name": name}}}}}, true},
		{`query { entity(ref: {}) { name } }`, nil, false},
		{`query { entity(ref: {name: "rivers", id: "x"}) { name } }`, nil, false},
		{`mutation ($d: DocumentRef!) { withdrawDocument(input: {document: $d}) { errors { code } } }`, map[string]any{"d": map[string]any{"id": "d", "source": "x"}}, false},
	} {
		a := c.ask(tc.query, tc.variables)
		code := a.code()
		if code == "" {
			code, _ = at(a.Data, "withdrawDocument", "errors", 0, "code").(string)
		}
		if ok := code == ""; ok != tc.ok || !ok && code != "INVALID" && code != "GRAPHQL_VALIDATION_FAILED" {
			t.Errorf("%s with %v: %s", tc.query, tc.variables, a.Body)
		}
	}
}
