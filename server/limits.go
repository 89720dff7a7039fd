package server

import (
	"context"
	"encoding/json"
	"math"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/entente-kg/entente/graph"
)

// What one request may ask for. Validation takes time that grows with the
// square of some of these, and with the power of others, so they are measured
// on the parsed document before it is validated.
const (
	mostTokens    = 4000
	mostFields    = 1000 // with every fragment written out wherever it is spread
	mostDepth     = 20
	mostAliases   = 50
	mostRoots     = 20
	mostSameKey   = 20 // selections of one response key in one place, whose pairs validation compares
	mostFragments = 60
	mostRows      = 50_000
	mostNameBytes = 200
	mostQueryText = 256 << 10 // texts belong into variables

	mostVariableLevels = 40
)

// measure refuses a query that asks for too much, and else tells how many rows it
// may come to. What does not parse, and fields that are not in the schema, are left
// to validation. A query that is known was found short enough before.
func (s *Server) measure(query string, variables map[string]any) (rows int, refused *gqlerror.Error) {
	if deep := levels(variables, mostVariableLevels+1); deep > mostVariableLevels {
		return 0, refusal("levels of nesting in the variables", deep, mostVariableLevels)
	}
	doc, known := s.cache.Get(context.Background(), query)
	if !known {
		if len(query) > mostQueryText {
			return 0, refusal("bytes in the query", len(query), mostQueryText)
		}
		switch tokens, name := countTokens(query); {
		case tokens > mostTokens:
			return 0, refusal("tokens in the query", tokens, mostTokens)
		case name > mostNameBytes:
			return 0, refusal("bytes in a name", name, mostNameBytes)
		}
		var err error
		if doc, err = parser.ParseQuery(&ast.Source{Input: query}); err != nil {
			return 0, nil // reported when it is parsed again
		}
	}
	if n := len(doc.Fragments); n > mostFragments {
		return 0, refusal("fragments", n, mostFragments)
	}
	m := &measuring{schema: s.schema, doc: doc, variables: variables, fragments: map[*ast.FragmentDefinition]*size{}, keys: map[*ast.FragmentDefinition]map[string]int{}}
	for _, f := range doc.Fragments { // also those that nothing spreads: validation looks at them
		m.fragment(f)
	}
	for _, op := range doc.Operations {
		rows = max(rows, m.operation(op).rows)
	}
	return rows, m.refused
}

func refusal(limit string, asked, allowed int) *gqlerror.Error {
	e := &limitError{limit, asked, allowed}
	return &gqlerror.Error{Message: e.Error(), Extensions: e.extensions()}
}

// countTokens counts up to the first that is none, and finds the longest name:
// validation compares unknown ones with all that are known, letter by letter.
func countTokens(query string) (tokens, name int) {
	lex := lexer.New(&ast.Source{Input: query})
	for ; ; tokens++ {
		token, err := lex.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return tokens, name
		}
		if token.Kind == lexer.Name {
			name = max(name, len(token.Value))
		}
	}
}

// levels is how deep lists and objects of a variable lie in each other, as far as a bound.
func levels(v any, bound int) int {
	deepest := 0
	each := func(of any) {
		if bound > 0 {
			deepest = max(deepest, 1+levels(of, bound-1))
		}
	}
	switch x := v.(type) {
	case map[string]any:
		for _, of := range x {
			each(of)
		}
	case []any:
		for _, of := range x {
			each(of)
		}
	}
	return deepest
}

// size is what a selection comes to. Rows are the items of lists that one
// parent's answer can have: the sum of the products of first down the selection.
type size struct{ fields, depth, aliases, rows int }

// measuring walks a document. Every fragment is measured once, wherever it is
// spread, so that the walk is linear in the document's length.
type measuring struct {
	schema    *ast.Schema
	doc       *ast.QueryDocument
	variables map[string]any
	defaults  ast.VariableDefinitionList
	fragments map[*ast.FragmentDefinition]*size
	keys      map[*ast.FragmentDefinition]map[string]int
	refused   *gqlerror.Error
}

func (m *measuring) refuse(limit string, asked, allowed int) {
	if m.refused == nil && asked > allowed {
		m.refused = refusal(limit, asked, allowed)
	}
}

func (m *measuring) operation(op *ast.OperationDefinition) size {
	root := map[ast.Operation]*ast.Definition{ast.Query: m.schema.Query, ast.Mutation: m.schema.Mutation, ast.Subscription: m.schema.Subscription}[op.Operation]
	m.defaults = op.VariableDefinitions
	clear(m.fragments) // rows depend on the operation's variables
	of := m.selection(op.SelectionSet, root)
	m.refuse("fields", of.fields, mostFields)
	m.refuse("levels of nesting", of.depth, mostDepth)
	m.refuse("aliases", of.aliases, mostAliases)
	m.refuse("rows", of.rows, mostRows)
	roots := map[string]int{}
	m.count(op.SelectionSet, roots)
	m.refuse("fields at the root", len(roots), mostRoots)
	return of
}

func (m *measuring) fragment(f *ast.FragmentDefinition) size {
	if of, measured := m.fragments[f]; measured {
		return *of // a cycle reads nothing here; validation reports it
	}
	of := &size{}
	m.fragments[f] = of
	*of = m.selection(f.SelectionSet, m.schema.Types[f.TypeCondition])
	m.refuse("fields", of.fields, mostFields)
	m.refuse("levels of nesting", of.depth, mostDepth)
	return *of
}

func (m *measuring) selection(set ast.SelectionSet, on *ast.Definition) size {
	if m.refused != nil {
		return size{}
	}
	m.sameKeys(set)
	var sum size
	for _, selection := range set {
		var of size
		switch x := selection.(type) {
		case *ast.Field:
			of = m.field(x, on)
		case *ast.InlineFragment:
			if x.TypeCondition != "" {
				of = m.selection(x.SelectionSet, m.schema.Types[x.TypeCondition])
			} else {
				of = m.selection(x.SelectionSet, on)
			}
		case *ast.FragmentSpread:
			if f := m.doc.Fragments.ForName(x.Name); f != nil {
				of = m.fragment(f)
			}
		}
		sum.fields, sum.aliases, sum.rows = add(sum.fields, of.fields), add(sum.aliases, of.aliases), add(sum.rows, of.rows)
		sum.depth = max(sum.depth, of.depth)
	}
	return sum
}

func (m *measuring) field(f *ast.Field, on *ast.Definition) size {
	var def *ast.FieldDefinition
	var to *ast.Definition
	if on != nil {
		if def = on.Fields.ForName(f.Name); def == nil && on == m.schema.Query {
			def = metaFields.ForName(f.Name)
		}
	}
	if def != nil {
		to = m.schema.Types[def.Type.Name()]
	}
	of := m.selection(f.SelectionSet, to)
	of.fields, of.depth = add(of.fields, 1), add(of.depth, 1)
	if f.Alias != "" && f.Alias != f.Name {
		of.aliases = add(of.aliases, 1)
	}
	if def != nil {
		n, weight := m.times(f, def, on)
		of.rows = multiply(n, add(weight, of.rows))
	}
	return of
}

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

// sameKeys refuses a place in which one response key is selected too often.
func (m *measuring) sameKeys(set ast.SelectionSet) {
	keys := map[string]int{}
	m.count(set, keys)
	for _, n := range keys {
		m.refuse("selections of one response key in one place", n, mostSameKey)
	}
}

// count adds up how often a selection set selects each response key, through fragments.
func (m *measuring) count(set ast.SelectionSet, keys map[string]int) {
	for _, selection := range set {
		switch x := selection.(type) {
		case *ast.Field:
			key := x.Alias
			if key == "" {
				key = x.Name
			}
			keys[key] = add(keys[key], 1)
		case *ast.InlineFragment:
			m.count(x.SelectionSet, keys)
		case *ast.FragmentSpread:
			for key, n := range m.fragmentKeys(x.Name) {
				keys[key] = add(keys[key], n)
			}
		}
	}
}

func (m *measuring) fragmentKeys(name string) map[string]int {
	f := m.doc.Fragments.ForName(name)
	if f == nil {
		return nil
	}
	keys, counted := m.keys[f]
	if !counted {
		m.keys[f] = nil // a cycle reads nothing here
		keys = map[string]int{}
		m.count(f.SelectionSet, keys)
		m.keys[f] = keys
	}
	return keys
}

// Sums and products stop at a bound: a bomb's would overflow.
const bound = math.MaxInt32

func add(a, b int) int { return min(a+b, bound) }

func multiply(a, b int) int { return min(a*b, bound) }

func clamp(f float64) int { return int(max(0, min(f, bound))) }
