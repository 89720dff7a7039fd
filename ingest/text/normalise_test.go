package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestNormalise(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"line ends", "a\r\nb\rc\n", "a\nb\nc\n"},
		{"a byte order mark", "\uFEFFa", "a"},
		{"composed", "Cafe\u0301", "Caf\u00e9"},
		{"a no-break space stays", "26\u00a0September", "26\u00a0September"},
		{"compatibility forms stay", "ﬁne ½ ™", "ﬁne ½ ™"},
		{"soft hyphens and joiners stay", "a\u00adb\u200dc", "a\u00adb\u200dc"},
		{"no UTF-8", "a\xffb", "a\uFFFDb"},
		{"a surrogate", "a\xed\xa0\x80b", "a\uFFFDb"},
		{"nothing", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Normalise(c.in); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"", "a\r\r\nb", "\uFEFF\uFEFFx", "e\u0301\xff", strings.Repeat("\u0301", 40), "\u1100\u1161\u11a8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Normalise(s)
		switch {
		case !utf8.ValidString(got):
			t.Errorf("not UTF-8: %q", got)
		case !norm.NFC.IsNormalString(got):
			t.Errorf("not NFC: %q", got)
		case strings.ContainsRune(got, '\r'):
			t.Errorf("a carriage return: %q", got)
		case Normalise(got) != got:
			t.Errorf("not stable: %q, then %q", got, Normalise(got))
		}
		DetectLanguage(got)
	})
}
