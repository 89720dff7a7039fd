package server

import (
	"context"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
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
