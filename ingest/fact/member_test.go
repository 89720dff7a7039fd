package fact

import (
	"testing"

	"github.com/entente-kg/entente/graph"
)

func TestMembers(t *testing.T) {
	both := []string{"Kenya MEMBER_OF African Union", "Norway MEMBER_OF African Union"}
	kenya := []string{"Kenya MEMBER_OF African Union"}
	dated := []string{"Kenya MEMBER_OF African Union 2004"}
	cases{
		{"admitted", "Kenya was admitted to the African Union in 2004.", dated},
		{"has belonged", "The African Union, to which Kenya has belonged since 2004, met.", dated},
		{"part of", "Kenya has been part of the African Union since 2004.", dated},
		{"accession", "Kenya's accession to the African Union in 2004 was welcomed.", dated},
		{"accession to come", "They called for Kenya's accession to the African Union.", nil},
		{"as a member", "The African Union welcomed Kenya as a new member in 2004.", dated},
		{"in brackets", "The African Union (Kenya and Norway) met in Lima.", both},
		{"between dashes", "The two members of the African Union – Kenya and Norway – met.", both},
		{"groups", "The African Union groups Kenya and Norway.", both},
		{"such as", "African Union member states such as Kenya and Norway agreed.", both},
		{"member", "African Union member Kenya agreed.", kenya},
		{"i.e.", "The African Union met with its two members, i.e. Kenya and Norway.", both},
		{"sits on", "Kenya sits on the UN Security Council.", []string{"Kenya MEMBER_OF United Nations Security Council"}},
	}.run(t, graph.MemberOf)
}

func TestWithdrawals(t *testing.T) {
	left := []string{"Kenya WITHDREW_FROM African Union 2004"}
	cases{
		{"withdrew", "Kenya withdrew from the African Union in 2004.", left},
		{"walked out", "Kenya walked out of the African Union in 2004.", left},
		{"of the one spoken of", "The African Union has many members. Kenya withdrew in 2004.", left},
		{"withdrawal", "After Kenya's withdrawal from the African Union in 2004, trade fell.", left},
		{"withdrawal to come", "They discussed a possible withdrawal of Kenya from the African Union.", nil},
		{"proposed", "They rejected a proposal that Kenya leave the African Union.", nil},
		{"troops", "The African Union has many members. Kenya withdrew its troops in 2004.", nil},
	}.run(t, graph.WithdrewFrom)
}
