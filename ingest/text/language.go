package text

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode"
)

// Language is what a text is written in, as far as its letters and function words tell.
type Language struct {
	Code string // ISO 639-1, or "und" where that cannot be told
	Name string // in English: "French", "Arabic script", "an unknown language"
}

var (
	english = Language{"en", "English"}
	unknown = Language{"und", "an unknown language"}
)

// English tells whether the text may be read as English.
func (l Language) English() bool { return l == english }

const (
	languageSample = 100_000 // bytes that are looked at
	tellingWords   = 20      // a text of fewer words is English unless something speaks against it
	foreignShare   = 0.15    // of the words, before a text with many foreign names is called foreign
	foreignWords   = 3       // different ones: "de la" alone is part of names
	englishShare   = 0.06    // of the words of a list of names and titles; English prose has 0.3 and more
)

// DetectLanguage tells English from what is not. It counts the words that carry
// grammar: in any prose they are a third of all words, and hardly shared between languages. A
// short text without any, say a headline, is English by courtesy.
func DetectLanguage(s string) Language {
	s = s[:min(len(s), languageSample)]
	if script := foreignScript(s); script != "" {
		return Language{"und", script + " script"}
	}
	total, counts := countFunctionWords(s)
	best := english
	for _, l := range others {
		if counts[l].hits > counts[best].hits {
			best = l
		}
	}
	switch {
	case best != english && counts[best].distinct >= foreignWords && counts[best].share(total) >= foreignShare:
		return best
	case total >= tellingWords && counts[english].share(total) < englishShare:
		return unknown
	}
	return english
}

// count is how often a text uses the function words of one language, and how many of them.
type count struct{ hits, distinct int }

func (c count) share(total int) float64 { return float64(c.hits) / float64(total) }

// countFunctionWords counts all words, and for each language those that it uses for its grammar.
func countFunctionWords(s string) (total int, counts map[Language]count) {
	seen := make(map[string]int)
	for w := range lowerWords(s) {
		total++
		if _, known := functionWords[w]; known {
			seen[w]++
		}
	}
	counts = make(map[Language]count)
	for w, n := range seen {
		for _, l := range functionWords[w] {
			c := counts[l]
			counts[l] = count{c.hits + n, c.distinct + 1}
		}
	}
	return total, counts
}

func lowerWords(s string) iter.Seq[string] {
	return strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
}

// foreignScript names the script in which most letters stand, unless that is Latin.
func foreignScript(s string) string {
	var letters, latin int
	foreign := map[string]int{}
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r):
			continue
		case unicode.Is(unicode.Latin, r):
			latin++
		default:
			foreign[scriptOf(r)]++
		}
		letters++
	}
	if 2*latin >= letters {
		return ""
	}
	most := "another"
	for _, name := range append(scripts, "another") {
		if foreign[name] > foreign[most] {
			most = name
		}
	}
	return most
}

var scripts = []string{"Cyrillic", "Arabic", "Han", "Hangul", "Hiragana", "Katakana", "Greek", "Hebrew", "Devanagari", "Bengali",
	"Thai", "Khmer", "Lao", "Myanmar", "Georgian", "Armenian", "Ethiopic", "Tamil", "Telugu", "Sinhala"}

func scriptOf(r rune) string {
	for _, name := range scripts {
		if unicode.Is(unicode.Scripts[name], r) {
			return name
		}
	}
	return "another"
}

// words holds each language's commonest articles, pronouns, prepositions,
// conjunctions and auxiliaries. A list needs only to be longer than what another
// language shares with it by chance. Single letters that several languages share are left out.
var words = map[Language]string{
	english: `the of and to in for that is was with on by at from as an it this be are were has have had not which their its
		will would also between or but been they he she his her who more other than during after under about all both into
		through should said these those there we our you your i can may such only over new where when if any us what while`,
	{"fr", "French"}: `le la les des du de et en un une dans pour que qui par sur au aux avec est sont été ce cette ces il elle ont
		a ne pas se sa son ses leur leurs nous plus ou mais comme entre l d qu à`,
	{"es", "Spanish"}: `el la los las de del y en un una que por para con se su sus es son al lo como más entre o fue ha han este
		esta no sobre también desde sin e`,
	{"pt", "Portuguese"}: `o a os as de do da dos das e em no na nos nas um uma que por para com se seu sua é são ao à pelo pela
		como mais entre ou foi não sobre também`,
	{"it", "Italian"}: `il lo la i gli le di del della dei delle dello e ed in un una che per con su si è sono al alla ai nel nella
		da dal dalla come più tra fra non anche ha hanno l d`,
	{"ro", "Romanian"}: `și de la în a cu pe pentru din care un o să al ai ale este sunt fost prin nu mai sau între că se le lui`,
	{"ca", "Catalan"}:  `el la els les de del dels i en un una que per amb es són al als com més entre ha han aquest aquesta no sobre també l d`,
	{"de", "German"}: `der die das den dem des und in zu von mit für auf ist sind war im ein eine einen einer eines nicht sich auch
		als an bei nach aus wurde werden hat haben wie über zum zur durch oder`,
	{"nl", "Dutch"}: `de het een en van in te dat die is zijn op voor met aan door bij naar uit ook niet als om wordt worden werd
		heeft hebben over tot tussen deze dit`,
	{"sv", "Swedish"}:     `och i att det som en på är av för med den till ett om har de inte från vid var under mellan eller också`,
	{"da", "Danish"}:      `og i at det som en på er af for med den til et om har de ikke fra ved var under mellem eller også blev`,
	{"no", "Norwegian"}:   `og i å det som en på er av for med den til et om har de ikke fra ved var under mellom eller også ble`,
	{"fi", "Finnish"}:     `ja on että ei se oli ovat sekä mutta kun myös tai hän joka mukaan kanssa välillä ole jotka tämä`,
	{"et", "Estonian"}:    `ja on et ei see oli kui ka ning mis aga või tema vahel ning oma selle kes`,
	{"pl", "Polish"}:      `i w na z do się nie że jest o oraz przez dla od po za który która które ze są był była jak między jego`,
	{"cs", "Czech"}:       `a v na se je že s z do o k pro od po za který která které byl byla jsou jako mezi ve při nebo také`,
	{"sk", "Slovak"}:      `a v na sa je že s z do o k pre od po za ktorý ktorá ktoré bol bola sú ako medzi vo pri alebo tiež`,
	{"hr", "Croatian"}:    `i u na se je da su za s od o koji koja koje bio bila kao između ili nije te iz što po`,
	{"sl", "Slovene"}:     `in v na se je da so za s z od o ki pri kot med ali ni iz po tudi bil bila`,
	{"hu", "Hungarian"}:   `a az és hogy nem is egy volt van meg ez azt között vagy amely mint szerint valamint csak`,
	{"lt", "Lithuanian"}:  `ir į iš kad su yra ne tai dėl kaip už apie tarp arba buvo per taip pat nuo`,
	{"lv", "Latvian"}:     `un ir ka no ar par uz bija tas kas arī ne vai pie kā starp pēc lai`,
	{"sq", "Albanian"}:    `dhe të në e i për me që një nga është së ka si por u nuk mes janë`,
	{"tr", "Turkish"}:     `ve bir bu ile için olarak da de olan daha gibi sonra kadar ise çok arasında tarafından olduğu`,
	{"az", "Azerbaijani"}: `və bir bu ilə üçün olaraq da də olan daha kimi sonra qədər isə çox arasında tərəfindən`,
	{"id", "Indonesian"}:  `yang dan di untuk dengan dari dalam ini itu pada ke adalah akan oleh sebagai juga tidak telah antara para`,
	{"ms", "Malay"}:       `yang dan di untuk dengan dari dalam ini itu pada ke ialah akan oleh sebagai juga tidak telah antara para kepada`,
	{"tl", "Tagalog"}:     `ang ng sa na mga at ay para ni si kay ito nang hindi may ko siya isang`,
	{"vi", "Vietnamese"}:  `và của các là có trong cho được với những một này không để đã từ tại về người`,
	{"sw", "Swahili"}:     `na ya wa kwa ni katika la za kuwa cha hii huo kati pamoja hiyo alisema`,
	{"so", "Somali"}:      `iyo ee ka ku in oo la ay u waa uu soo ah`,
	{"uz", "Uzbek"}:       `va bilan uchun bu bir ham da ning o ga dan edi bo qilish`,
	{"eu", "Basque"}:      `eta da ez bat du dute izan zen baina ere hau dira`,
}

var others, functionWords = indexWords()

// indexWords lists the languages other than English in a fixed order, and for every word those that use it.
func indexWords() ([]Language, map[string][]Language) {
	var list []Language
	index := make(map[string][]Language)
	for l := range words {
		if l != english {
			list = append(list, l)
		}
		for _, w := range strings.Fields(words[l]) {
			if !slices.Contains(index[w], l) {
				index[w] = append(index[w], l)
			}
		}
	}
	slices.SortFunc(list, func(a, b Language) int { return cmp.Compare(a.Code, b.Code) })
	return list, index
}
