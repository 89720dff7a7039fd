package graph

import (
	"context"
	"slices"
	"strings"
	"unicode"
)

const (
	witnessDocuments = 3 // in which words are looked for that stand once
	witnessWords     = 6 // added on either side of a mention until they do
)

// witness is a mention of an entity in words that stand once in their document;
// none if it needs none, being the vocabulary's, or has none.
func (c Curator) witness(ctx context.Context, of end) (Witness, error) {
	if of.key.FromGazetteer() || of.entity.Documents == 0 {
		return Witness{}, nil
	}
	pages, err := c.Store.ListMentions(ctx, MentionQuery{Entities: []EntityID{of.entity.ID}, Window: Window{Limit: witnessDocuments}})
	if err != nil {
		return Witness{}, err
	}
	mentions := slices.DeleteFunc(pages[0].Items, func(m Mention) bool { return m.ID != NewMentionID(of.key.ID(), m.Document) })
	if len(mentions) == 0 {
		return Witness{}, nil
	}
	ids := make([]DocumentID, len(mentions))
	for i, m := range mentions {
		ids[i] = m.Document
	}
	documents, err := c.Store.Documents(ctx, ids, true)
	if err != nil {
		return Witness{}, err
	}
	for _, m := range mentions {
		d := documents[m.Document]
		for _, at := range m.Spans {
			if at, once := standsOnce(d.Text, at); once {
				return Witness{d.ID, d.Revision.Hash, at, d.Text[at.Start:at.End]}, nil
			}
		}
	}
	return Witness{}, nil
}

// standsOnce widens a span by words until its text stands nowhere else.
func standsOnce(text string, at Span) (Span, bool) {
	for range witnessWords + 1 {
		quote := text[at.Start:at.End]
		if strings.Index(text, quote) == at.Start && !strings.Contains(text[at.Start+1:], quote) {
			return at, true
		}
		before := strings.TrimRightFunc(text[:at.Start], unicode.IsSpace)
		at.Start = strings.LastIndexAny(before, " \t\n") + 1
		after := strings.TrimLeftFunc(text[at.End:], unicode.IsSpace)
		if word := strings.IndexFunc(after, unicode.IsSpace); word >= 0 {
			at.End = len(text) - len(after) + word
		} else {
			at.End = len(text)
		}
	}
	return at, false
}
