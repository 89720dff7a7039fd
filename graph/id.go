package graph

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
)

// Ids are one letter that names the noun, and 128 bits of SHA-256 in lower-case
// base32: "e" entity, "f" fact, "d" document, "v" evidence, "m" mention,
// "c" decision. They are the same in every store, so that an id may be
// bookmarked, and global: the letter tells [IDKind] what to look up.
type (
	// EntityID is the hash of an entity's kind and key.
	EntityID string
	// FactID is the hash of predicate, subject, object and what tells two occurrences apart.
	FactID string
	// DocumentID is the hash of a document's source.
	DocumentID string
	// EvidenceID is the hash of the fact as the document states it, the document and the place in it.
	EvidenceID string
	// MentionID is the hash of document and key, before decisions.
	MentionID string
	// DecisionID is the hash of what a decision says, who said it and when.
	DecisionID string
)

// IDKind is the noun that an id stands for: its first letter, or 0 if the text
// cannot be an id of ours.
func IDKind(id string) byte {
	if len(id) != idLength || !strings.ContainsRune("efdvmc", rune(id[0])) {
		return 0
	}
	for _, c := range []byte(id[1:]) {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return 0
		}
	}
	return id[0]
}

const idLength = 27

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// hash digests the parts, each with its length before it, so that no two lists
// of parts have the same input.
func hash(letter string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return letter + base32Lower.EncodeToString(h.Sum(nil)[:16])
}

// NewDocumentID is the id of the document that comes from a source.
func NewDocumentID(source string) DocumentID { return DocumentID(hash("d", source)) }

// ContentHash is the third part of a [Revision]: it changes whenever anything
// that the document says of itself, or its text, does.
func ContentHash(title, language, published, text string) string {
	return hash("h", title, language, published, text)[1:]
}

// NewMentionID is the id of the mention of a key, as the document has it.
func NewMentionID(raw EntityID, document DocumentID) MentionID {
	return MentionID(hash("m", string(raw), string(document)))
}
