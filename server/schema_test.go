package server_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-kg/entente/schema/generated"
)

// The schema is the contract: whoever reads it needs nothing else.
func TestTheSchemaDescribesItself(t *testing.T) {
	all := generated.NewExecutableSchema(generated.Config{}).Schema()
	described := func(what, text string) {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s is not described", what)
		}
		if american := regexp.MustCompile(`(?i)\b(organiz|color|behavior|favor|center\b|defense|program\b)`).FindString(text); american != "" {
			t.Errorf("%s: %q is not British", what, american)
		}
	}
	for name, def := range all.Types {
		if def.BuiltIn {
			continue
		}
		described(name, def.Description)
		for _, v := range def.EnumValues {
			described(name+"."+v.Name, v.Description)
		}
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			described(name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				described(name+"."+f.Name+"("+a.Name+")", a.Description)
			}
			if to := all.Types[f.Type.Name()]; to.Kind == ast.Object && strings.HasSuffix(to.Name, "Connection") && f.Arguments.ForName("first") == nil {
				t.Errorf("%s.%s has no first", name, f.Name)
			}
		}
	}
	for _, name := range []string{"EntityRef", "DocumentRef"} {
		if all.Types[name].Directives.ForName("oneOf") == nil {
			t.Errorf("%s is not @oneOf", name)
		}
	}
}

// Clients fetch the schema with this query, that of graphql-js 16.
func TestIntrospectionPassesTheLimits(t *testing.T) {
	c := handMade(t)
	data := c.data(introspection, nil)
	if n := len(at(data, "__schema", "types").([]any)); n < 80 {
		t.Errorf("%d types", n)
	}
	if d := at(c.data(`{ __type(name: "Agreement") { description fields { name args { name defaultValue } } } }`, nil), "__type", "description"); d == "" {
		t.Error("a type without description")
	}
}

const introspection = `query IntrospectionQuery { __schema { description queryType { name } mutationType { name } subscriptionType { name } types { ...FullType }
  directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
fragment FullType on __Type { kind name description specifiedByURL
  fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`
