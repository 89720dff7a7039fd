package graph_test

import (
	"fmt"

	"github.com/entente-kg/entente/graph"
)

// A partial date is the interval that it spans.
func ExampleDateRange_Overlaps() {
	may := graph.DateRange{From: "2005-05", To: "2005-05"}
	fmt.Println(may.Overlaps("2005"), may.Overlaps("2005-05-31"), may.Overlaps("2005-06-01"))
	// Output: true true false
}

// Names are compared in their folded form.
func ExampleFold() {
	fmt.Println(graph.Fold("Côte d’Ivoire"), "|", graph.Fold("U.S."))
	// Output: cote divoire | us
}
