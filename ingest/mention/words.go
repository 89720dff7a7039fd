package mention

import "strings"

// The words that decide what a capitalised phrase is. They are closed classes of
// the language of diplomacy, no names.

func words(lists ...string) map[string]bool {
	m := map[string]bool{}
	for _, l := range lists {
		for _, w := range strings.Fields(l) {
			m[strings.ReplaceAll(w, "_", " ")] = true
		}
	}
	return m
}

var (
	// functionWords are never part of a name when they stand alone with a capital.
	functionWords = words(`the a an in on at of for from to by with as and or but nor if when while where which who whose whom that this these
		those it its he she his her they their them we our us you your i my me both all each every some any no not another other such so also
		there here then thus however moreover furthermore meanwhile after before during since until under over between among upon within without
		through against about into onto per via is are was were be been being has have had do does did will would shall should may might can could
		must today yesterday tomorrow earlier later last next following according additionally finally first second third once only yet still even
		either neither what how why because although though despite unlike like including building recalling noting welcoming considering
		stressing having taking present absent asked speaking addressing turning regarding concerning with today's talks discussions
		participants representatives delegations members parties signed adopted done`)

	honorifics = words(`mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame lord lady h.e. h.e hon hon. honourable honorable excellency
		dato datuk tan_sri amb amb. gen. general lt. col. maj. sheikh shaikh sheikha baroness madam madame senator sen. rep. rev. st. engr
		eng. eng brigadier comrade pope rabbi imam ayatollah his_excellency her_excellency the_right_honourable captain capt. colonel archbishop cardinal prince princess`)

	officeHeads = words(`minister ministers president presidents secretary-general secretaries-general secretary secretaries ambassador ambassadors chancellor
		premier director directors commissioner commissioners chairman chairperson chairwoman chair chairs representative envoy governor mayor
		rector speaker head leader deputy adviser advisor king queen emir sultan sherpa coordinator president-designate administrator
		general-secretary undersecretary under-secretary-general vice-president vice-chancellor consul attaché negotiator taoiseach
		commander counsellor counselor director-general directors-general attorney-general governor-general chargé co-ordinator inspector-general prosecutor judge treasurer registrar ombudsman co-chair co-chairs delegate spokesperson spokesman spokeswoman officer chief principal
		prime-minister vice-minister charge`)

	// titleWords stand before or after the head of an office and belong to its title.
	titleWords = words(`deputy vice prime first second foreign executive assistant under permanent special acting interim general director state
		chief high resident managing senior associate regional technical federal national security economic trade political pro tempore
		secretary defence defense interior justice finance environment energy transport health education agriculture culture tourism
		home external internal honorary principal presidential plenipotentiary extraordinary adjunct joint lead former outgoing incoming new
		then-foreign co policy human resources legal affairs parliamentary government cabinet industry labour labor planning communications digital
		climate development cooperation commerce supreme crown administrative scientific non-resident project programme military parliament`)

	// titleTails follow the head within the title: "Secretary General", "Director General".
	titleTails = words(`general executive officer designate elect minister secretary director president adviser advisor representative ambassador-at-large counsel d'affaire`)

	portfolioWords = words(`foreign affairs trade justice interior defence defense finance transport environment energy health education agriculture culture
		tourism industry economy economic development planning communications digital climate commerce labour labor international relations
		cooperation security home internal external public works water resources natural forestry fisheries mining infrastructure science technology
		innovation sport sports youth women social welfare regional integration european community investment investments police treasury state
		information media human mobility rights policy legal production diaspora government management operations programmes programs research
		housing urban rural reform growth transportation territorial administration maritime ocean oceans aviation food land lands gender equality immigration`)

	organisationHeads = words(`organisation organization association union council commission secretariat ministry agency bank institute institution committee
		office authority fund centre center parliament congress assembly community group alliance league federation bureau board court tribunal
		department directorate university college academy chamber foundation society network corporation company division force
		cabinet senate service consortium initiative_of task_force structure mission embassy consulate delegation subcommittee
		sub-committee directorate-general taskforce administration inspectorate observatory laboratory museum party police army navy
		secretariat-general house knesset duma bundestag chambers unit branch facility club club trust partnership_office agency's
		section wing chancellery hospital school library platform_secretariat movement coalition bloc institutes parks guard`)

	eventHeads = words(`summit session conference forum meeting dialogue lecture ceremony round symposium seminar workshop convention_week week
		consultations roundtable round-table retreat expo exhibition fair festival colloquium hearing exercise
		talks negotiations game games plenary high-level_segment cop summits sessions conferences gathering webinar course celebration reception`)

	agreementHeads = words(`treaty treaties convention conventions protocol protocols charter memorandum agreement agreements declaration accord accords pact
		covenant statute constitution roadmap code communiqué communique compact resolution decision plan strategy framework
		statement letter_of arrangement understanding concept guidelines recommendations instrument accession_act partnership agenda
		principles pathway commitment pledge deal text document contract concordat mou memoranda conclusions goals recommendation`)

	// looseAgreements are agreements only with a capital and a complement of their own.
	looseAgreements = words(`plan strategy framework partnership agenda decision resolution statement principles pathway commitment concept initiative guidelines
		recommendations conclusions code understanding deal text document compact roadmap pledge contract goals recommendation`)

	particles = words(`da de di do dos du del della der den van von bin binti bint ibn arap al ul el la le y e ter zu af san bte ould uld`)

	// ordinals and such tell which of several events or agreements is meant.
	ordinals = words(`first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth
		seventeenth eighteenth nineteenth twentieth annual inaugural biennial extraordinary regular ministerial informal plenary joint high-level
		international regional global ordinary special consultative additional revised general framework bilateral trilateral multilateral closing
		opening next upcoming following final working technical strategic comprehensive economic
		association trade investment cooperation partnership action peace free optional model interim host extradition customs fisheries signing
		swearing-in handover preparatory open roundtable business`)

	// ends stop the words of an agreement's subject.
	subjectEnds = words(`was were is are has have had will would which who that whose signed adopted concluded ratified entered enters took takes while when
		where after before since until as by but should could may might shall can did does do said be being been under during at upon between
		amid amends relates deals aims sets establishes seeks provides remains came comes covers addresses calls provides replaces replaced supersedes and_was`)

	months = map[string]int{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
		"october": 10, "november": 11, "december": 12, "jan.": 1, "feb.": 2, "mar.": 3, "apr.": 4, "jun.": 6, "jul.": 7, "aug.": 8, "sep.": 9, "sept.": 9,
		"oct.": 10, "nov.": 11, "dec.": 12, "jan": 1, "feb": 2, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12}

	weekdays = map[string]int{"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6}
)

// pluralTitle tells whether the word is the plural of a title or of its tail:
// "Generals", "Ministers", "Envoys". It names several, never one person.
func pluralTitle(w string) bool {
	one := singular(w)
	return one != w && (officeHeads[one] || titleTails[one] || honorifics[one])
}

// Singular is the head noun of a title in the singular.
func Singular(w string) string { return singular(w) }

// singular drops the plural of a head noun, so that both forms look alike.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "s-general"):
		return strings.Replace(singular(strings.TrimSuffix(w, "-general")), "secretarie", "secretary", 1) + "-general"
	case w == "memoranda":
		return "memorandum"
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && w != "talks" && w != "consultations" && w != "negotiations" && w != "guidelines" && w != "recommendations":
		return w[:len(w)-1]
	}
	return w
}
