package server

import (
	"context"
	"errors"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

// WithdrawDocument takes a document out of the graph.
func (r mutationResolver) WithdrawDocument(ctx context.Context, input generated.WithdrawDocumentInput) (*generated.WithdrawDocumentPayload, error) {
	name, err := documentName(input.Document)
	if err != nil {
		errors, err := userErrors(err)
		return &generated.WithdrawDocumentPayload{Errors: errors}, err
	}
	applied, err := ingest.Withdraw(ctx, r.store, name, nil)
	if err != nil {
		errors, err := userErrors(err)
		return &generated.WithdrawDocumentPayload{Errors: errors}, err
	}
	id := string(applied.Document)
	return &generated.WithdrawDocumentPayload{ID: &id, Outcome: &applied.Outcome, Errors: []*generated.UserError{}}, nil
}

// documentName is the id or the source of a document.
func documentName(ref *generated.DocumentRef) (string, error) {
	if (ref.ID == nil) == (ref.Source == nil) {
		return "", graph.Errorf(graph.Invalid, "a DocumentRef has exactly one field").WithHint("give id or source")
	}
	if ref.Source != nil {
		return *ref.Source, nil
	}
	_, err := documentRefs([]string{*ref.ID})
	return *ref.ID, err
}

// fieldError is the failure of one field of an input.
type fieldError struct {
	path []string
	err  error
}

func (e *fieldError) Error() string { return e.err.Error() }

func (e *fieldError) Unwrap() error { return e.err }

// inField says which field of the input an error is about.
func inField(err error, path ...string) error {
	return &fieldError{append([]string{"input"}, path...), err}
}

// userErrors are the failures that a payload carries; any other stays an error.
func userErrors(err error) ([]*generated.UserError, error) {
	if err == nil {
		return []*generated.UserError{}, nil
	}
	e := &generated.UserError{Message: err.Error(), Code: string(graph.KindOf(err)), Candidates: []schema.Entity{}}
	if many, is := errors.AsType[*ambiguousError](err); is {
		e.Code = string(graph.Ambiguous)
		for _, rec := range schema.NewRecords(many.candidates) {
			e.Candidates = append(e.Candidates, rec.As())
		}
	}
	if _, is := errors.AsType[*limitError](err); is {
		e.Code = codeLimit
	}
	if e.Code == "" {
		return []*generated.UserError{}, err
	}
	if at, is := errors.AsType[*fieldError](err); is {
		e.Field = at.path
	}
	if hint := graph.HintOf(err); hint != "" {
		e.Hint = &hint
	}
	return []*generated.UserError{e}, nil
}
