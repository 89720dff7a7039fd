package server

import (
	"context"
	"testing"
)

// Heavy questions wait for each other, small ones for nobody; one larger than all
// the room there is gets all of it.
func TestHeavyQuestionsTakeTurns(t *testing.T) {
	h := newHeavy()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	leave := h.enter(t.Context(), mostRows)
	if leave == nil {
		t.Fatal("the largest question is never let in")
	}
	if h.enter(over, heavyRows) != nil {
		t.Error("a heavy question is let in while there is no room")
	}
	if h.enter(over, heavyRows-1) == nil {
		t.Error("a small question has to wait")
	}
	leave()
	if h.enter(t.Context(), heavyRows) == nil {
		t.Error("a heavy question is not let in though there is room")
	}
}
