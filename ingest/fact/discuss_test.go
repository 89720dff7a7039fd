package fact

import (
	"testing"

	"github.com/entente-kg/entente/graph"
)

func TestDiscussed(t *testing.T) {
	const met = "Minister Ana Soto of Peru met Minister Juan Mori of Kenya. "
	both := []string{"Ana Soto DISCUSSED ferry fares", "Ana Soto DISCUSSED salt", "Juan Mori DISCUSSED ferry fares", "Juan Mori DISCUSSED salt"}
	cases{
		{"dwelt", met + "Both ministers dwelt on salt and ferry fares.", both},
		{"took up", met + "The sides took up salt and ferry fares.", both},
		{"took up a post", "Minister Ana Soto of Peru took up the post of chair.", nil},
		{"on, after whom", "On 4 May 2021, Minister Ana Soto of Peru conferred in Lima with the Kenyan Minister of Foreign Affairs, Fred Lark, on salt.",
			[]string{"Ana Soto DISCUSSED salt 2021-05-04", "Fred Lark DISCUSSED salt 2021-05-04"}},
		{"that, the subject", met + "Minister Soto stressed that ferry fares are high.", []string{"Ana Soto DISCUSSED ferry fares"}},
		{"that, what the subject does", met + "Minister Soto stressed that Peru needs ferry fares.", []string{"Ana Soto DISCUSSED ferry fares"}},
		{"said that", met + "Minister Soto said that ferry fares were high.", []string{"Ana Soto DISCUSSED ferry fares"}},
	}.run(t, graph.Discussed)
}
