package fact

import (
	"testing"

	"github.com/entente-kg/entente/graph"
)

func TestCovers(t *testing.T) {
	cases{
		{"its headings, at the end of the text", "Peru signed the Lima Treaty; tourism and piracy are its headings.", []string{"Lima Treaty COVERS piracy", "Lima Treaty COVERS tourism"}},
		{"two gerunds", "Peru signed the Lima Convention on preventing and combating piracy.", []string{"Lima Convention on preventing and combating piracy COVERS piracy"}},
		{"a framework", "Peru signed the River Tourism Framework Agreement.", []string{"River Tourism Framework Agreement COVERS river tourism"}},
		{"in the field of", "Peru and Kenya signed a Memorandum of Understanding in the field of tourism.", []string{"Memorandum of Understanding in the field of tourism COVERS tourism"}},
		{"under it", "Peru signed the Lima Treaty. Under it, the parties will cooperate in tourism and piracy.", []string{"Lima Treaty COVERS piracy", "Lima Treaty COVERS tourism"}},
		{"under which", "Peru signed the Lima Treaty, under which they will jointly promote tourism.", []string{"Lima Treaty COVERS tourism"}},
		{"under a draft", "Peru has proposed a draft Treaty on Salt, under which it will promote tourism.", nil},
		{"aims to", "Peru signed the Lima Treaty. The Treaty aims to promote tourism.", []string{"Lima Treaty COVERS tourism"}},
	}.run(t, graph.Covers)
}
