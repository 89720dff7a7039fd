package text

import (
	"strings"
	"testing"
)

func TestDetectLanguage(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"prose", "The two ministers met in Vienna on Monday and agreed that their countries would sign a treaty on extradition before the end of the year.", "en"},
		{"a headline without function words", "Secretary-General receives Permanent Representative", "en"},
		{"nothing", "", "en"},
		{"figures", "1 2 3 2019-09-26", "en"},
		{"foreign names", "Rio de la Plata; San José de la Montaña", "en"},
		{"a list of participants", strings.Repeat("Ms Ana de la Cruz, Director of Protocol, Ministry of Foreign Affairs, Peru\n", 20), "en"},
		{"a quotation in French", "The minister said: “La paix est le fruit de la justice et de la confiance.” He then signed the treaty and left for the airport with his staff.", "en"},
		{"French", "Les deux ministres se sont rencontrés à Vienne et ont décidé de signer un traité avant la fin de l'année.", "fr"},
		{"a French headline", "Le ministre reçoit les ambassadeurs de la région", "fr"},
		{"Spanish", "Los ministros se reunieron en Viena y acordaron que sus países firmarían un tratado antes del fin de año.", "es"},
		{"Portuguese", "Os ministros reuniram-se em Viena e decidiram que os seus países não assinariam um tratado antes do fim do ano.", "pt"},
		{"German", "Die beiden Minister haben sich in Wien getroffen und wollen bis zum Ende des Jahres einen Vertrag über die Auslieferung unterzeichnen.", "de"},
		{"Dutch", "De twee ministers hebben elkaar in Wenen ontmoet en willen voor het einde van het jaar een verdrag ondertekenen dat door beide landen wordt bekrachtigd.", "nl"},
		{"Danish", "De to ministre mødtes i Wien og blev enige om at de også vil undertegne en traktat før udgangen af året, men ikke med det samme.", "da"},
		{"Turkish", "İki bakan Viyana'da bir araya geldi ve yıl sonuna kadar bir anlaşma için çalışma kararı aldı; bu anlaşma çok önemli olarak görülüyor.", "tr"},
		{"Indonesian", "Kedua menteri bertemu di Wina dan sepakat untuk menandatangani perjanjian ini sebelum akhir tahun dengan negara yang lain.", "id"},
		{"Polish", "Ministrowie spotkali się w Wiedniu i zgodzili się, że do końca roku podpiszą traktat, który jest ważny dla obu krajów.", "pl"},
		{"Russian", "Министры встретились в Вене и договорились подписать договор.", "und"},
		{"Chinese", "两国部长在维也纳会晤", "und"},
		{"Arabic", "التقى الوزيران في فيينا", "und"},
		{"filler", strings.Repeat("lorem ipsum dolor sit amet consectetur adipiscing elit ", 5), "und"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := DetectLanguage(c.text); got.Code != c.want {
				t.Errorf("%+v, want %s", got, c.want)
			}
		})
	}
}

func TestDetectLanguageNamesTheScript(t *testing.T) {
	if got := DetectLanguage("Министры встретились в Вене").Name; got != "Cyrillic script" {
		t.Errorf("%q", got)
	}
}

func BenchmarkDetectLanguage(b *testing.B) {
	s := strings.Repeat("The two ministers met in Vienna on Monday and agreed that their countries would sign a treaty. ", 100)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		DetectLanguage(s)
	}
}
