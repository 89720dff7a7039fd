package server_test

import (
	"strings"
	"testing"
)

// There is one answer: what may come later is in it.
func TestDeferredFieldsAreInTheAnswer(t *testing.T) {
	c := handMade(t)
	const query = `{ agreements(first: 2) { nodes { id ... @defer { name topics(first: 2) { nodes { name } } } } } }`
	plain := c.ask(strings.ReplaceAll(query, "@defer", ""), nil)
	if deferred := c.ask(query, nil); string(deferred.Body) != string(plain.Body) || !strings.Contains(string(plain.Body), `"topics"`) {
		t.Errorf("the answer is\n%s\nwant\n%s", deferred.Body, plain.Body)
	}
}
