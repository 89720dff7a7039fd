package fact

import (
	"testing"

	"github.com/entente-kg/entente/graph"
)

func TestParticipants(t *testing.T) {
	soto := []string{"Ana Soto PARTICIPATED_IN Lima Forum"}
	cases{
		{"at the event", "At the Lima Forum, Ana Soto announced a plan.", soto},
		{"will announce at it", "At the Lima Forum, Ana Soto will announce a plan.", nil},
		{"said at the event", "Ana Soto spoke of fish at the Lima Forum.", soto},
		{"on its margins", "Ana Soto spoke of fish on the margins of the Lima Forum.", nil},
		{"participation", "They praised Ana Soto's participation in the Lima Forum.", soto},
		{"thanked for hers", "They thanked Ana Soto for her participation in the Lima Forum.", soto},
		{"chairmanship", "The Lima Forum met under the chairmanship of Ana Soto.", soto},
		{"opening address", "The Lima Forum ended on Monday. In her opening address, Ana Soto spoke of fish.", []string{"Ana Soto PARTICIPATED_IN Lima Forum 2021-05-03"}},
		{"of what the text is about", "The Lima Forum ended on Monday. Fish is dear. Rice is dear. Kenya attended at the level of ministers.",
			[]string{"Kenya PARTICIPATED_IN Lima Forum 2021-05-03"}},
		{"not of what is to come", "The next Lima Forum opens in May. Fish is dear. Rice is dear. Kenya attended at the level of ministers.", nil},
		{"the minister, not the country", "The Lima Forum was attended by the Minister of Trade of Kenya, Ana Soto.", soto},
		{"hosted by one and chaired by another", "Hosted by Kenya and chaired by Ana Soto, the Lima Forum ended.", soto},
		{"led a delegation to it", "Ana Soto led the delegation of Kenya to the Lima Forum.", soto},
		{"will lead a delegation", "Ana Soto will lead the delegation of Kenya to the Lima Forum.", nil},
		{"participants included", "The Lima Forum ended. Participants included Ana Soto.", soto},
		{"topics included", "The Lima Forum ended. Topics included the work of Ana Soto.", nil},
		{"gathered", "The Lima Forum gathered Ana Soto and Juan Mori.", []string{soto[0], "Juan Mori PARTICIPATED_IN Lima Forum"}},
	}.run(t, graph.ParticipatedIn)
}

func TestHosts(t *testing.T) {
	kenya := []string{"Kenya HOSTED Lima Forum"}
	cases{
		{"thanked for hosting", "They thanked Kenya for hosting the Lima Forum.", kenya},
		{"hosting of", "They praised Kenya's hosting of the Lima Forum.", kenya},
		{"co-organised", "The Lima Forum was co-organised by Kenya.", kenya},
		{"co-hosted", "Kenya co-hosted the Lima Forum.", kenya},
		{"offers", "They noted Kenya's readiness for hosting the Lima Forum.", nil},
	}.run(t, graph.Hosted)
}

func TestVenues(t *testing.T) {
	lima := []string{"Forum on Fish HELD_IN Lima"}
	cases{
		{"ended", "The Forum on Fish came to an end in Lima.", lima},
		{"opened", "The Forum on Fish opened in Lima.", lima},
		{"in brackets", "The Forum on Fish (Lima, 30 March 2022) adopted it.", []string{"Forum on Fish HELD_IN Lima 2022-03-30"}},
		{"after dates", "The Forum on Fish, held from 3 to 5 March 2020 in Lima, ended.", []string{"Forum on Fish HELD_IN Lima 2020-03-03"}},
		{"to come", "They spoke of the upcoming Forum on Fish in Lima.", nil},
		{"in its name", "She praised the Lima Summit.", []string{"Lima Summit HELD_IN Lima"}},
	}.run(t, graph.HeldIn)
}
