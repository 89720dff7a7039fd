package text

import "testing"

// FuzzSentences holds for any string: sentences and their tokens are in order, apart and within the text, a
// token is what stands at its offsets, and no sentence is empty.
func FuzzSentences(f *testing.F) {
	f.Add("H.E. Dr. A. B. Name met Mr. C. They signed.")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for sentence := range Sentences(s) {
			if sentence.Start < end || sentence.End <= sentence.Start || sentence.End > len(s) || len(sentence.Tokens) == 0 {
				t.Fatalf("sentence %v with %d tokens after %d of %d bytes", sentence.Span, len(sentence.Tokens), end, len(s))
			}
			end = sentence.End
			last := sentence.Start
			for _, token := range sentence.Tokens {
				if token.Start < last || token.End <= token.Start || token.End > sentence.End {
					t.Fatalf("token %v %q after %d in %v", token.Span, token.Text, last, sentence.Span)
				}
				last = token.End
			}
		}
	})
}
