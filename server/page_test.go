package server_test

import (
	"fmt"
	"slices"
	"testing"
)

type list struct {
	name, query string // %s are the arguments
	path        []any
	id          string
}

// lists are connections with a way to them, and how an item is told from others.
var lists = []list{
	{"agreements", `{ list: agreements(%s) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`, []any{"list"}, "id"},
	{"entities", `{ list: entities(orderBy: {by: LAST_SEEN, direction: DESC}, %s) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`, []any{"list"}, "id"},
	{"facts", `{ list: facts(where: {predicates: [SIGNED, PARTY_TO]}, orderBy: {by: CONFIDENCE, direction: DESC}, %s) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`, []any{"list"}, "id"},
	{"documents", `{ list: documents(%s) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`, []any{"list"}, "id"},
	{"facts at an entity", `{ entity(ref: {name: "rivers"}) { list: facts(%s) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } }`, []any{"entity", "list"}, "id"},
	{"agreements on a topic", `{ entity(ref: {name: "rivers"}) { ... on Topic { list: agreements(%s) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } } }`, []any{"entity", "list"}, "id"},
	{"agreements of an organisation", `{ entity(ref: {name: "Union 1"}) { ... on Organisation { list: agreements(%s) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } } }`, []any{"entity", "list"}, "id"},
	{"mentions", `{ entity(ref: {name: "rivers"}) { list: mentions(%s) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } }`, []any{"entity", "list"}, "id"},
}

// Reading page by page, forwards and backwards, gives the same list as reading at once.
func TestPaging(t *testing.T) {
	c := handMade(t)
	for _, l := range lists {
		t.Run(l.name, func(t *testing.T) {
			c.TB = t
			whole := at(c.data(fmt.Sprintf(l.query, "first: 100"), nil), l.path...)
			want := texts(at(whole, "nodes"), l.id)
			if len(want) < 6 || float64(len(want)) != at(whole, "totalCount") {
				t.Fatalf("%d items, totalCount %v", len(want), at(whole, "totalCount"))
			}
			forwards := c.walk(l.query, l.path, l.id, "first: 5", "after", "hasNextPage", "endCursor")
			if !slices.Equal(slices.Concat(forwards...), want) {
				t.Errorf("forwards: %v\nat once:  %v", forwards, want)
			}
			backwards := c.walk(l.query, l.path, l.id, "last: 5", "before", "hasPreviousPage", "startCursor")
			slices.Reverse(backwards)
			if !slices.Equal(slices.Concat(backwards...), want) {
				t.Errorf("backwards: %v\nat once:   %v", backwards, want)
			}
		})
	}
}

// Every order of every list has cursors both ways.
func TestPagesInEveryOrder(t *testing.T) {
	c := knowing(t, openSQLite(t))
	for name, orders := range map[string][]string{
		"entities": {"NAME", "DATE", "LAST_SEEN", "SOURCES"}, "agreements": {"NAME", "DATE", "LAST_SEEN", "SOURCES"}, "facts": {"DATE", "CONFIDENCE", "SOURCES"}, "documents": {"PUBLISHED", "TITLE"},
	} {
		for _, by := range orders {
			for _, direction := range []string{"ASC", "DESC"} {
				query := fmt.Sprintf(`{ list: %s(orderBy: {by: %s, direction: %s}, %%s) { nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, name, by, direction)
				total := at(c.data(fmt.Sprintf(query, "first: 1"), nil), "list", "totalCount")
				forwards := slices.Concat(c.walk(query, []any{"list"}, "id", "first: 37", "after", "hasNextPage", "endCursor")...)
				backwards := c.walk(query, []any{"list"}, "id", "last: 29", "before", "hasPreviousPage", "startCursor")
				slices.Reverse(backwards)
				if !slices.Equal(forwards, slices.Concat(backwards...)) || float64(len(forwards)) != total || total == 0.0 {
					t.Errorf("%s by %s %s: %d items forwards, totalCount %v, backwards the same: %v", name, by, direction, len(forwards), total, slices.Equal(forwards, slices.Concat(backwards...)))
				}
			}
		}
	}
	for field, id := range map[string]string{"neighbours": "id", "aliases": "text", "mentions": "id", "facts": "id"} {
		query := `{ entity(ref: {name: "ASEAN"}) { list: ` + field + `(%s) { nodes { ` + id + ` } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`
		path := []any{"entity", "list"}
		forwards := slices.Concat(c.walk(query, path, id, "first: 3", "after", "hasNextPage", "endCursor")...)
		backwards := c.walk(query, path, id, "last: 4", "before", "hasPreviousPage", "startCursor")
		slices.Reverse(backwards)
		if total := at(c.data(fmt.Sprintf(query, "first: 1"), nil), "entity", "list", "totalCount"); !slices.Equal(forwards, slices.Concat(backwards...)) || float64(len(forwards)) != total {
			t.Errorf("%s of ASEAN: %v forwards, %v backwards, totalCount %v", field, forwards, backwards, total)
		}
	}
	const search = `{ search(text: "sec", kinds: [ORGANISATION, COUNTRY, PERSON, TOPIC, AGREEMENT, PLACE, EVENT, DOCUMENT], %s) { nodes { ... on Organisation { id } ... on Person { id } ... on Topic { id } ... on Agreement { id } ... on Place { id } ... on Country { id } ... on Event { id } ... on Document { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
	forwards := slices.Concat(c.walk(search, []any{"search"}, "id", "first: 4", "after", "hasNextPage", "endCursor")...)
	backwards := c.walk(search, []any{"search"}, "id", "last: 3", "before", "hasPreviousPage", "startCursor")
	slices.Reverse(backwards)
	if !slices.Equal(forwards, slices.Concat(backwards...)) || len(forwards) < 5 {
		t.Errorf("a search forwards %v, backwards %v", forwards, slices.Concat(backwards...))
	}
}

// walk reads a list page by page.
func (c client) walk(query string, path []any, id, window, from, more, cursor string) (pages [][]string) {
	c.Helper()
	args := window
	for len(pages) < 100 {
		list := at(c.data(fmt.Sprintf(query, args), nil), path...)
		pages = append(pages, texts(at(list, "nodes"), id))
		if at(list, "pageInfo", more) != true {
			return pages
		}
		args = fmt.Sprintf("%s, %s: %q", window, from, at(list, "pageInfo", cursor))
	}
	c.Fatal("the list does not end")
	return nil
}

func TestPagesOfASearch(t *testing.T) {
	c := handMade(t)
	const query = `{ search(text: "treaty", %s) { nodes { ... on Agreement { id } } edges { cursor match matched degree } pageInfo { hasNextPage endCursor } truncated } }`
	want := texts(at(c.data(fmt.Sprintf(query, "kinds: [AGREEMENT], first: 100"), nil), "search", "nodes"), "id")
	got := slices.Concat(c.walk(query, []any{"search"}, "id", "kinds: [AGREEMENT], first: 5", "after", "hasNextPage", "endCursor")...)
	if len(want) != 24 || !slices.Equal(got, want) {
		t.Errorf("page by page: %v\nat once: %v", got, want)
	}
	if total := at(c.data(`{ search(text: "treaty", kinds: [AGREEMENT], first: 5) { totalCount } }`, nil), "search", "totalCount"); total != float64(len(want)) {
		t.Errorf("counts %v of %d", total, len(want))
	}
	data := c.data(`{ search(text: "land covers", kinds: [SENTENCE]) { nodes { __typename } } all: search(text: "rivers") { nodes { __typename ... on Sentence { text document { title } } } } }`, nil)
	if kinds := texts(at(data, "all", "nodes"), "__typename"); kinds[0] != "Topic" || kinds[len(kinds)-1] != "Sentence" {
		t.Errorf("topics come before sentences, not %v", kinds)
	}
}

func TestWindowsThatAreRefused(t *testing.T) {
	c := handMade(t)
	cursor := at(c.data(`{ agreements(first: 1) { pageInfo { endCursor } } }`, nil), "agreements", "pageInfo", "endCursor")
	for _, tc := range []struct{ name, args, code string }{
		{"none", "first: 0", "INVALID"},
		{"less than none", "first: -1", "INVALID"},
		{"more than a hundred", "first: 101", "INVALID"},
		{"more than a number holds", "first: 99999999999", "LIMIT_EXCEEDED"},
		{"both ends", "first: 1, last: 1", "INVALID"},
		{"no cursor", `after: "x"`, "INVALID"},
		{"a cursor of another order", fmt.Sprintf(`orderBy: {by: DATE}, after: %q`, cursor), "INVALID"},
		{"a cursor of another filter", fmt.Sprintf(`where: {kinds: [TREATY]}, after: %q`, cursor), "INVALID"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := c.ask(`{ agreements(`+tc.args+`) { nodes { id } } }`, nil)
			if a.code() != tc.code {
				t.Errorf("answers %s, expected %s", a.Body, tc.code)
			}
		})
	}
}

// A cursor is of one list: the lists of another field, of another kind of parent
// and in another order refuse it, and none reads on from somewhere else.
func TestCursorsOfAnotherList(t *testing.T) {
	c := handMade(t)
	lists := append(slices.Clone(lists),
		list{"agreements the other way", `{ list: agreements(orderBy: {by: NAME, direction: DESC}, %s) { nodes { id } pageInfo { endCursor } } }`, []any{"list"}, "id"},
		list{"all facts", `{ list: facts(%s) { nodes { id } pageInfo { endCursor } } }`, []any{"list"}, "id"})
	for _, from := range lists {
		cursor := at(c.data(fmt.Sprintf(from.query, "first: 1"), nil), append(slices.Clone(from.path), "pageInfo", "endCursor")...)
		for _, to := range lists {
			a := c.ask(fmt.Sprintf(to.query, fmt.Sprintf("first: 1, after: %q", cursor)), nil)
			want := map[bool]string{true: "", false: "INVALID"}[from.name == to.name]
			if got := a.code(); got != want {
				t.Errorf("a cursor of %s in %s: code %q, want %q: %.300s", from.name, to.name, got, want, a.Body)
			}
		}
	}
}
