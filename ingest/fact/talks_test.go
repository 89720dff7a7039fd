package fact

import (
	"testing"

	"github.com/entente-kg/entente/graph"
)

func TestMeetings(t *testing.T) {
	met := []string{"Ana Soto MET Juan Mori"}
	cases{
		{"between", "The talks between Ana Soto and Juan Mori went well.", met},
		{"genitive", "Ana Soto's conversation with Juan Mori was long.", met},
		{"at a meeting", "At a meeting with Juan Mori, Ana Soto spoke of fish.", met},
		{"said at a meeting", "Ana Soto praised Kenya at a meeting with Juan Mori.", met},
		{"to come", "Ana Soto's upcoming meeting with Juan Mori was announced.", nil},
		{"of three", "Ana Soto, Juan Mori and Ada Lenz met.", []string{"Ana Soto MET Ada Lenz", "Ana Soto MET Juan Mori", "Juan Mori MET Ada Lenz"}},
		{"on the margins", "Ana Soto and Juan Mori met on the margins of the Lima Forum of the African Union.", met},
		{"welcomed what somebody did", "Ana Soto welcomed Minister Juan Mori's plan.", nil},
		{"with two", "Ana Soto held talks with Juan Mori and, on Monday, with Ada Lenz.", []string{"Ana Soto MET Ada Lenz 2021-05-03", "Ana Soto MET Juan Mori 2021-05-03"}},
		{"the day before", "On 4 May 2021 Ana Soto met Juan Mori. The day before, Ana Soto had met Ada Lenz.", []string{"Ana Soto MET Ada Lenz 2021-05-03", "Ana Soto MET Juan Mori 2021-05-04"}},
		{"joined", "Minister Ana Soto of Peru met Minister Juan Mori of Kenya. Ambassador Ada Lenz of Peru also took part in the talks.",
			[]string{"Ada Lenz MET Juan Mori", "Ana Soto MET Juan Mori"}},
		{"delegation", "Minister Ana Soto of Peru met Minister Juan Mori of Kenya. The Peruvian delegation included Ada Lenz.",
			[]string{"Ada Lenz MET Juan Mori", "Ana Soto MET Juan Mori"}},
		{"called on", "Ana Soto called on Minister Juan Mori.", met},
		{"called on to", "Ana Soto called on Minister Juan Mori to resign.", nil},
		{"called a friend", "Ana Soto called Juan Mori a friend.", nil},
		{"views on", "Ana Soto had an exchange of views on Kenya.", nil},
		{"attended the meeting", "Minister Ana Soto of Peru met Minister Juan Mori of Kenya. The meeting was attended by Ambassador Ada Lenz of Peru.",
			[]string{"Ada Lenz MET Juan Mori", "Ana Soto MET Juan Mori"}},
		{"spoke at an event", "Ana Soto and Juan Mori spoke at the Lima Forum.", nil},
	}.run(t, graph.Met)
}

func TestOrgans(t *testing.T) {
	unit := []string{"Harbour Unit PART_OF African Union"}
	cases{
		{"genitive", "The African Union's Harbour Unit met.", unit},
		{"one of the institutions", "The Harbour Unit, one of the African Union's institutions, met.", unit},
		{"of", "The Harbour Unit of the African Union met.", []string{"Harbour Unit of the African Union PART_OF African Union"}},
		{"part of", "The Lima Institute is part of the African Union.", []string{"Lima Institute PART_OF African Union"}},
		{"its", "The African Union met. Its Harbour Unit is new.", unit},
	}.run(t, graph.PartOf)
}
