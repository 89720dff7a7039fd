package fact

import (
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph"
)

// offices are the HOLDS_OFFICE and SUCCEEDED facts of a text with their titles.
func officesOf(t *testing.T, s string) []string {
	t.Helper()
	var out []string
	for _, f := range factsOf(t, s) {
		if f.predicate == graph.HoldsOffice || f.predicate == graph.Succeeded {
			out = append(out, f.String())
		}
	}
	slices.Sort(out)
	return out
}

func TestOffices(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"of the delegation", "The Peruvian delegation was led by the Minister of Trade, Ana Soto.", []string{"Ana Soto HOLDS_OFFICE Peru (Minister of Trade)"}},
		{"ministry after the name", "Deputy Minister Ana Soto, Ministry of Trade, spoke.", []string{"Ana Soto HOLDS_OFFICE Ministry of Trade (Deputy Minister)"}},
		{"the host's and the guest's", "Vice President Soto met with President Juan Mori in Lima, Peru. The relations between Chile and Peru are good.",
			[]string{"Juan Mori HOLDS_OFFICE Peru (President)", "Soto HOLDS_OFFICE Chile (Vice President)"}},
		{"not whose deeds are complained of", "President Soto spoke with President Juan Mori of Peru. President Soto named Kenya's war and Kenya's attacks. The ties between Chile and Peru are old.",
			[]string{"Juan Mori HOLDS_OFFICE Peru (President)", "Soto HOLDS_OFFICE Chile (President)"}},
		{"took up office", "Ana Soto took up office in May 2020 as Director of the Lima Institute.", []string{"Ana Soto HOLDS_OFFICE Lima Institute (Director) 2020-05"}},
		{"assumed the post", "Ana Soto assumed on Monday the post of Executive Secretary of the Lima Commission.", []string{"Ana Soto HOLDS_OFFICE Lima Commission (Executive Secretary) 2021-05-03"}},
		{"appointed by", "The Council appointed Ana Soto as Director of the Lima Institute.", []string{"Ana Soto HOLDS_OFFICE Lima Institute (Director)"}},
		{"will be appointed", "Ana Soto will be appointed Director of the Lima Institute.", nil},
		{"predecessor", "Ana Soto is Director of the Lima Institute. Her predecessor, Juan Mori, spoke.",
			[]string{"Ana Soto HOLDS_OFFICE Lima Institute (Director)", "Ana Soto SUCCEEDED Juan Mori", "Juan Mori HOLDS_OFFICE Lima Institute (Director)"}},
		{"took over", "Ana Soto became Director of the Lima Institute. She took over from Juan Mori.",
			[]string{"Ana Soto HOLDS_OFFICE Lima Institute (Director)", "Ana Soto SUCCEEDED Juan Mori", "Juan Mori HOLDS_OFFICE Lima Institute (Director)"}},
		{"career", "Ana Soto is Director of the Lima Institute.\n\n2011–2016: Ambassador of Peru to Kenya\n",
			[]string{"Ana Soto HOLDS_OFFICE Lima Institute (Director)", "Ana Soto HOLDS_OFFICE Peru (Ambassador to Kenya) 2011"}},
		{"rank beside an office", "The Director of the Lima Institute, Ambassador Ana Soto, spoke.", []string{"Ana Soto HOLDS_OFFICE Lima Institute (Director)"}},
		{"counterpart's", "Minister Ana Soto of Peru met her Kenyan counterpart, Minister Juan Mori.",
			[]string{"Ana Soto HOLDS_OFFICE Peru (Minister)", "Juan Mori HOLDS_OFFICE Kenya (Minister)"}},
		{"of two", "African Union Senior Directors Ana Soto and Juan Mori spoke.",
			[]string{"Ana Soto HOLDS_OFFICE African Union (Senior Director)", "Juan Mori HOLDS_OFFICE African Union (Senior Director)"}},
		{"assistant", "Senior Advisor to the President Ana Soto met President Juan Mori of Peru. Relations between Chile and Peru, and Chile's support, are old.",
			[]string{"Ana Soto HOLDS_OFFICE Chile (Senior Advisor to the President)", "Juan Mori HOLDS_OFFICE Peru (President)"}},
		{"short title repeats", "Minister of Trade of Peru Ana Soto spoke. Minister Soto left.", []string{"Ana Soto HOLDS_OFFICE Peru (Minister of Trade)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := officesOf(t, c.text); !slices.Equal(got, c.want) {
				t.Errorf("got %s\nwant %s", strings.Join(got, "; "), strings.Join(c.want, "; "))
			}
		})
	}
}
