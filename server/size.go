package server

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

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
