package ingest_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/entente-kg/entente/ingest"
)

// hostile are texts that nobody writes in good faith, each of about n bytes.
var hostile = map[string]func(n int) string{
	"one sentence": repeating("the President of the Republic of Peru and the Minister of Foreign Affairs of Chile signed a treaty on trade with the European Union in Lima and "),
	"commas":       repeating(","), "brackets": repeating("([{\"\u201c"), "quotation marks": repeating("\u201c"), "one word": repeating("abcdefghij"), "one name": repeating("Abcdefghij"),
	"emoji": repeating("😀👨\u200d👩\u200d👧 "), "right to left": repeating("وقع وزير \u202bالخارجية\u202c "), "control characters": repeating("\x01\x1b[31m x\x7f "), "no-break spaces": repeating("Peru\u00a0"),
	"offices": repeating("President of "), "agreements": repeating("Agreement between Peru and Chile on "), "dates": repeating("3 and 4 May 2020, "),
	"capitals": repeating("THE MINISTER OF FOREIGN AFFAIRS OF PERU MET "), "lines": repeating("Peru\n"), "tags": repeating("<div><p>Peru <b>signed<td></i>"), "names": namesOf,
}

func repeating(unit string) func(int) string {
	return func(n int) string { return strings.Repeat(unit, n/len(unit)+1) }
}

// namesOf is one list of persons, no two alike.
func namesOf(n int) string {
	var b strings.Builder
	letter := func(i int) byte { return byte('a' + i%26) }
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "%cvo%c%c %cel%c%con, ", letter(i)-32, letter(i/26), letter(i/676), letter(i/3)-32, letter(i/7), letter(i/676))
	}
	return b.String()
}

// TestHostileTextsTakeLinearTime reads each text and one four times as long, which may take 2.2 times for each doubling.
// A busy machine and the collection of garbage move the figures, so the best of several readings counts, and the test
// fails only half-way, by ratios, to what quadratic time would take.
func TestHostileTextsTakeLinearTime(t *testing.T) {
	if os.Getenv("ENTENTE_LONG") != "1" {
		t.Skip("measures time, and so wants the machine for itself: is run with ENTENTE_LONG=1")
	}
	x := newExtractor(t)
	const size = 30_000
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			short, long := time.Hour, time.Hour
			for range 6 {
				short, long = min(short, timed(x, text(size))), min(long, timed(x, text(4*size)))
				if long < 484*short/100+2*time.Millisecond {
					return
				}
			}
			if long > 8*short {
				t.Errorf("%d bytes take %v, four times as many %v", size, short, long)
			}
		})
	}
}

func timed(x *ingest.Extractor, s string) time.Duration {
	start := time.Now()
	x.Extract(ingest.Document{Source: "hostile", Published: "2020-05-06", Language: "en", Text: s})
	return time.Since(start)
}

// BenchmarkHostile tells the speed on each of them.
func BenchmarkHostile(b *testing.B) {
	x := newExtractor(b)
	for name, text := range hostile {
		b.Run(name, func(b *testing.B) {
			s := text(400_000)
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				x.Extract(ingest.Document{Source: "hostile", Language: "en", Text: s})
			}
		})
	}
}
