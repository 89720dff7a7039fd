package server

import (
	"encoding/json"
	"math"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-kg/entente/graph"
)

// metaFields are not among the schema's own.
var metaFields = ast.FieldList{{Name: "__schema", Type: ast.NamedType("__Schema", nil)}, {Name: "__type", Type: ast.NamedType("__Type", nil)}}

// times is how many objects a field can have under one parent, and what each
// costs by itself: a row of a list 1, a text of a document more.
func (m *measuring) times(f *ast.Field, def *ast.FieldDefinition, on *ast.Definition) (n, weight int) {
	switch {
	case def.Arguments.ForName("first") != nil:
		if last := f.Arguments.ForName("last"); last != nil {
			if n := m.number(last.Value, 0); n > 0 {
				return n, 1
			}
		}
		return m.argument(f, def, "first"), 1
	case on == m.schema.Query && f.Name == "neighbourhood":
		return m.argument(f, def, "maxEntities"), 1
	case on == m.schema.Query && f.Name == "paths":
		return m.argument(f, def, "maxPaths"), 1
	case on == m.schema.Query && f.Name == "nodes":
		return m.length(f.Arguments.ForName("ids")), 1
	case listSizes[on.Name+"."+f.Name] > 0:
		return listSizes[on.Name+"."+f.Name], 1
	case textWeights[on.Name+"."+f.Name] > 0:
		return 1, textWeights[on.Name+"."+f.Name]
	}
	return 1, 0
}

// listSizes are the most, or for the schema's own types about how many, items a
// list without first has.
var listSizes = map[string]int{
	"Subgraph.facts":        edgesPerNeighbour,
	"NeighbourEdge.facts":   5,
	"Alias.decisions":       2,
	"Subgraph.layout":       10, // for each entity, which is what it costs
	"Path.entities":         graph.MaxPathLength + 1,
	"Path.facts":            graph.MaxPathLength,
	"Query.timeline":        100,
	"Snippet.spans":         5,
	"Mention.spans":         10,
	"Agreement.succeeds":    plainLimit,
	"Agreement.succeededBy": plainLimit,
	"Organisation.partOf":   plainLimit,
	"Topic.broader":         plainLimit,
	"Place.locatedIn":       plainLimit,
	"Event.heldIn":          plainLimit,
	"Event.hosts":           plainLimit,
	"UserError.candidates":  plainLimit,
	"__Schema.types":        100,
	"__Schema.directives":   5,
	"__Type.fields":         10,
	"__Type.interfaces":     2,
	"__Type.possibleTypes":  3,
	"__Type.enumValues":     5,
	"__Type.inputFields":    5,
	"__Field.args":          4,
	"__Directive.args":      2,
}

// textWeights are fields that read whole texts of documents.
var textWeights = map[string]int{"Document.text": 200, "Document.sha256": 200}

func (m *measuring) argument(f *ast.Field, def *ast.FieldDefinition, name string) int {
	standard := m.number(def.Arguments.ForName(name).DefaultValue, 1)
	if given := f.Arguments.ForName(name); given != nil {
		return m.number(given.Value, standard)
	}
	return standard
}

// number is a literal, or the value of a variable or its default. What is no
// number at all is refused later.
func (m *measuring) number(v *ast.Value, standard int) int {
	if v == nil {
		return standard
	}
	if v.Kind == ast.Variable {
		if given, ok := m.variables[v.Raw]; ok {
			n, isNumber := given.(json.Number)
			if f, err := n.Float64(); isNumber && err == nil {
				return clamp(f)
			}
			return standard
		}
		if d := m.defaults.ForName(v.Raw); d != nil && d.DefaultValue != nil {
			return m.number(d.DefaultValue, standard)
		}
		return standard
	}
	if f, err := json.Number(v.Raw).Float64(); err == nil && v.Kind == ast.IntValue {
		return clamp(f)
	}
	return standard
}

func (m *measuring) length(arg *ast.Argument) int {
	if arg == nil {
		return 1
	}
	if arg.Value.Kind == ast.Variable {
		given, _ := m.variables[arg.Value.Raw].([]any)
		return max(1, len(given))
	}
	return max(1, len(arg.Value.Children))
}

// Sums and products stop at a bound: a bomb's would overflow.
const bound = math.MaxInt32

func add(a, b int) int { return min(a+b, bound) }

func multiply(a, b int) int { return min(a*b, bound) }

func clamp(f float64) int { return int(max(0, min(f, bound))) }
