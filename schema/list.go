package schema

import "github.com/entente-kg/entente/graph"

// PageInfo tells where a page stands in its list.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// List is a page of a list: the fields that all connections have.
type List[E, N any] struct {
	Edges      []E
	Nodes      []N
	PageInfo   PageInfo
	TotalCount int
}

// Edge is an item of a list with its cursor.
type Edge[N any] struct {
	Cursor string
	Node   N
}

// Linked is an item of a list that a fact leads to.
type Linked[N any] struct {
	Cursor string
	Node   N
	Fact   *Fact
}

// The connections, each with its edges.
type (
	// AliasConnection is a page of names.
	AliasConnection struct{ List[*AliasEdge, *Alias] }
	// AliasEdge is a name in a list.
	AliasEdge struct{ Edge[*Alias] }

	// EntityConnection is a page of the entities that match.
	EntityConnection struct {
		List[*EntityEdge, Entity]
		Where graph.EntityFilter
	}
	// EntityEdge is an entity in a list.
	EntityEdge struct{ Edge[Entity] }

	// AgreementConnection is a page of the agreements that match.
	AgreementConnection struct {
		List[*AgreementEdge, *Agreement]
		Where graph.EntityFilter
	}
	// AgreementEdge is an agreement in a list.
	AgreementEdge struct{ Edge[*Agreement] }

	// MentionedConnection is a page of entities that a document mentions.
	MentionedConnection struct{ List[*MentionedEdge, Entity] }
	// MentionedEdge is an entity that a document mentions.
	MentionedEdge struct{ Edge[Entity] }

	// DecisionConnection is a page of decisions.
	DecisionConnection struct {
		List[*DecisionEdge, *Decision]
	}
	// DecisionEdge is a decision in a list.
	DecisionEdge struct{ Edge[*Decision] }

	// DuplicateConnection is a page of proposals.
	DuplicateConnection struct {
		List[*DuplicateEdge, *Duplicate]
	}
	// DuplicateEdge is a proposal in a list.
	DuplicateEdge struct{ Edge[*Duplicate] }

	// FactConnection is a page of facts.
	FactConnection struct{ List[*FactEdge, *Fact] }
	// FactEdge is a fact in a list.
	FactEdge struct{ Edge[*Fact] }

	// EvidenceConnection is a page of evidence.
	EvidenceConnection struct{ List[*EvidenceEdge, *Evidence] }
	// EvidenceEdge is an evidence in a list.
	EvidenceEdge struct{ Edge[*Evidence] }

	// DocumentConnection is a page of documents.
	DocumentConnection struct{ List[*DocumentEdge, *Document] }
	// DocumentEdge is a document in a list.
	DocumentEdge struct{ Edge[*Document] }

	// MentionConnection is a page of mentions.
	MentionConnection struct{ List[*MentionEdge, *Mention] }
	// MentionEdge is a mention in a list.
	MentionEdge struct{ Edge[*Mention] }

	// PartyConnection is a page of parties to an agreement.
	PartyConnection struct{ List[*PartyEdge, Entity] }
	// PartyEdge is a party to an agreement.
	PartyEdge struct{ Linked[Entity] }

	// TopicConnection is a page of topics of an agreement.
	TopicConnection struct{ List[*TopicEdge, *Topic] }
	// TopicEdge is a topic of an agreement.
	TopicEdge struct{ Linked[*Topic] }

	// NarrowerConnection is a page of narrower topics.
	NarrowerConnection struct{ List[*NarrowerEdge, *Topic] }
	// NarrowerEdge is a narrower topic.
	NarrowerEdge struct{ Linked[*Topic] }

	// MemberConnection is a page of members.
	MemberConnection struct{ List[*MemberEdge, Entity] }
	// MemberEdge is a member of an organisation.
	MemberEdge struct{ Linked[Entity] }

	// MembershipConnection is a page of memberships.
	MembershipConnection struct {
		List[*MembershipEdge, *Organisation]
	}
	// MembershipEdge is a membership.
	MembershipEdge struct{ Linked[*Organisation] }

	// PartConnection is a page of parts of an organisation.
	PartConnection struct{ List[*PartEdge, *Organisation] }
	// PartEdge is a part of an organisation.
	PartEdge struct{ Linked[*Organisation] }

	// OfficeConnection is a page of offices.
	OfficeConnection struct{ List[*OfficeEdge, Entity] }
	// OfficeEdge is an office that somebody holds or held.
	OfficeEdge struct{ Linked[Entity] }

	// InvolvementConnection is a page of agreements with the facts that lead to them.
	InvolvementConnection struct {
		List[*InvolvementEdge, *Agreement]
	}
	// InvolvementEdge is a part in an agreement.
	InvolvementEdge struct{ Linked[*Agreement] }

	// MeetingConnection is a page of meetings.
	MeetingConnection struct{ List[*MeetingEdge, Entity] }
	// MeetingEdge is a meeting with somebody.
	MeetingEdge struct{ Linked[Entity] }

	// ParticipantConnection is a page of participants.
	ParticipantConnection struct {
		List[*ParticipantEdge, Entity]
	}
	// ParticipantEdge is a participant of an event.
	ParticipantEdge struct{ Linked[Entity] }
)

// Title is what the office is called, if the text says.
func (e *OfficeEdge) Title() *string { return e.Fact.Title() }

// From is since when the office is held, if the text says.
func (e *OfficeEdge) From() graph.Date { return e.Fact.Date() }

// Until is until when it was held, if the text says.
func (e *OfficeEdge) Until() graph.Date { return e.Fact.Until() }

// Date is when they met, if the text says.
func (e *MeetingEdge) Date() graph.Date { return e.Fact.Date() }

// Mode is how they met, if the text says.
func (e *MeetingEdge) Mode() *string { return e.Fact.Mode() }

// Role is in which role somebody took part, if the text says.
func (e *ParticipantEdge) Role() *string { return e.Fact.Role() }
