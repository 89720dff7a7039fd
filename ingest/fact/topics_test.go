package fact

import (
	"testing"

	"github.com/entente-kg/entente/graph"
)

func TestCovers(t *testing.T) {
	cases{
		{"its headings, at the end of the text", "Peru signed the Lima Treaty; tourism and piracy are its headings.", []string{"Lima Treaty COVERS piracy", "Lima Treaty COVERS tourism"}},
	}.run(t, graph.Covers)
}
