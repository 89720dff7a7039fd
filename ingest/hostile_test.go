package ingest_test

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

// hostile are texts that nobody writes in good faith, each of about n bytes.
var hostile = map[string]func(n int) string{
	"one sentence": repeating("the President of the Republic of Peru and the Minister of Foreign Affairs of Chile signed a treaty on trade with the European Union in Lima and "),
	"commas":       repeating(","), "brackets": repeating("([{\"\u201c"), "quotation marks": repeating("\u201c"), "one word": repeating("abcdefghij"), "one name": repeating("Abcdefghij"),
	"emoji": repeating("😀👨\u200d👩\u200d👧 "), "right to left": repeating("وقع وزير \u202bالخارجية\u202c "), "control characters": repeating("\x01\x1b[31m x\x7f "), "no-break spaces": repeating("Peru\u00a0"),
	"offices": repeating("President of "), "agreements": repeating("Agreement between Peru and Chile on "), "dates": repeating("3 and 4 May 2020, "),
	"ministers": repeating("The ministers of Kenya and Norway discussed fisheries and "), "meetings": repeating("Ana Soto met Juan Mori of Peru on 4 May 2021 in Lima. "), "strangers": strangers,
	"cut characters": repeating("Peru \xe2\x82 "), "accents": repeating("a\u0301\u0323"), "broken lines": repeating("Fish-\n"), "lists": repeating("Peru, "),
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
// strangers meet: every sentence states facts of persons and topics that no other one names.
func strangers(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		name := strings.Map(func(digit rune) rune { return 'a' + digit - '0' }, fmt.Sprintf("%06d", i))
		fmt.Fprintf(&b, "Mr. O%s Vel%s of Peru met Mr. A%s Tor%s and discussed g%s. ", name, name, name, name, name)
	}
	return b.String()
}

// TestHostileTextsAreRead reads them from bytes to JSON. With
// ENTENTE_LONG=1 they are as long as a document may be, and the memory of the process stays
// under what an extraction may take.
func TestHostileTextsAreRead(t *testing.T) {
	x := newExtractor(t)
	size, most := 100_000, uint64(math.MaxUint64)
	if os.Getenv("ENTENTE_LONG") == "1" {
		size, most = ingest.DefaultMaxBytes-1000, 300<<20
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(256 << 20)) // as entente extract does
	}
	for name, text := range hostile {
		file := name + ".txt"
		if name == "tags" {
			file = name + ".html"
		}
		t.Run(file, func(t *testing.T) {
			for in, err := range ingest.ReadUpload(file, strings.NewReader(text(size)), ingest.Options{Language: "en"}) {
				var c graph.Change
				if err == nil {
					c, err = x.Contribution(in)
				}
				if graph.KindOf(err) == graph.Invalid { // binary, or too full of names
					continue
				}
				if err := errors.Join(err, c.Validate(), x.WriteJSON(io.Discard, c)); err != nil {
					t.Error(err)
				}
			}
			if n := resident(); n > most {
				t.Errorf("the process has had %d MB resident", n>>20)
			}
		})
	}
}

// resident is the most memory that the process has had resident, in bytes; 0 where the system does not tell.
func resident() (n uint64) {
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	fmt.Sscan(after, &n)
	return n << 10
}

// TestPartsAreOneDocument reads a text that is too long to be read at once: its entities are those of
// one sentence, and are mentioned wherever they stand.
func TestPartsAreOneDocument(t *testing.T) {
	x := newExtractor(t)
	const sentence, times = "Ana Soto met Juan Mori of Peru on 4 May 2021 in Lima. ", 20_000
	one, many := x.Extract(ingest.Document{Source: "s", Text: sentence}), x.Extract(ingest.Document{Source: "s", Text: strings.Repeat(sentence, times)})
	if len(many.Sentences) != times || len(many.Entities) != len(one.Entities) {
		t.Fatalf("%d sentences and %d entities, want %d and %d", len(many.Sentences), len(many.Entities), times, len(one.Entities))
	}
	for i, e := range many.Entities {
		if e.Key != one.Entities[i].Key || len(e.Names) != len(one.Entities[i].Names) || len(e.Spans) != times*len(one.Entities[i].Spans) {
			t.Errorf("%v: %d names, %d mentions; one sentence has %v with %d and %d", e.Key, len(e.Names), len(e.Spans), one.Entities[i].Key, len(one.Entities[i].Names), len(one.Entities[i].Spans))
		}
	}
	if err := many.Validate(); err != nil {
		t.Error(err)
	}
}

// TestPartsKeepTheirOwn reads two like memoranda in two parts: what bears no name of its own is another one in each.
func TestPartsKeepTheirOwn(t *testing.T) {
	const filler = "It was a fine day. "
	memorandum := "Peru and Chile signed a memorandum of understanding. "
	c := newExtractor(t).Extract(ingest.Document{Source: "s", Text: memorandum + strings.Repeat(filler, 20_000) + memorandum})
	n := 0
	for _, e := range c.Entities {
		if e.Key.Kind == graph.Agreement {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d memoranda, want 2", n)
	}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
}

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
