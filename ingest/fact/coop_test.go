package fact

import (
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// only are the facts of one predicate, one line each.
func only(t *testing.T, p graph.Predicate, s string) []string {
	t.Helper()
	var out []string
	for _, f := range factsOf(t, s) {
		if f.predicate == p {
			out = append(out, f.String())
		}
	}
	slices.Sort(out)
	return out
}

// cases are texts with the facts of one predicate that they state.
type cases []struct {
	name, text string
	want       []string
}

func (cs cases) run(t *testing.T, p graph.Predicate) {
	t.Helper()
	for _, c := range cs {
		t.Run(c.name, func(t *testing.T) {
			if got := only(t, p, c.text); !slices.Equal(got, c.want) {
				t.Errorf("got %s\nwant %s", strings.Join(got, "; "), strings.Join(c.want, "; "))
			}
		})
	}
}

func TestCooperation(t *testing.T) {
	together := []string{"Kenya COOPERATES_WITH Norway"}
	since := []string{"Kenya COOPERATES_WITH Norway 2018"}
	cases{
		{"with", "Kenya has cooperated since 2018 with Norway.", since},
		{"have been working together", "Kenya and Norway have been working together on fish since 2018.", since},
		{"run jointly", "Kenya and Norway jointly run a school.", together},
		{"which have run together", "Kenya and Norway, which have been running the school together since 2018, agreed.", since},
		{"a joint programme with", "Kenya has implemented a joint programme with Norway since 2018.", since},
		{"dash", "The U.S.-Norway partnership grew.", []string{"United States COOPERATES_WITH Norway"}},
		{"of those who met", "President Ana Soto of Kenya met President Juan Mori of Norway. They agreed to deepen collaboration on fish.", together},
		{"hosting an event together", "Kenya organised the Lima Forum together with Norway.", nil},
		{"hoped for", "President Ana Soto of Kenya met President Juan Mori of Norway. They hope to deepen collaboration.", nil},
		{"areas of cooperation", "Kenya and Norway signed a memorandum of understanding in 2018. The areas of cooperation under the memorandum are fish and rice.", together},
		{"signed", "The Agreement on Cooperation between Kenya and Norway was signed.", together},
	}.run(t, graph.CooperatesWith)
}
