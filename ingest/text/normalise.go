package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Normalise brings a text into the form whose bytes every offset counts: valid
// UTF-8 in NFC with LF line ends, without a byte order mark. All else stays as
// it is, no-break spaces included, because a quotation has to look like its
// document. Bytes that are no UTF-8 become U+FFFD. Normalising twice changes nothing.
func Normalise(s string) string {
	s = lineEnds.Replace(strings.TrimLeft(s, "\uFEFF"))
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, string(utf8.RuneError))
	}
	return norm.NFC.String(s)
}
