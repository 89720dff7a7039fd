// The predicates, worded to stand between a subject and an object.

export type Predicate =
  | "MET" | "HOLDS_OFFICE" | "MEMBER_OF" | "PART_OF" | "SIGNED" | "ADOPTED" | "PARTY_TO" | "WITHDREW_FROM" | "COVERS"
  | "DISCUSSED" | "COOPERATES_WITH" | "PARTICIPATED_IN" | "HOSTED" | "HELD_IN" | "LOCATED_IN" | "SUCCEEDED" | "BROADER";

export const predicates: Record<Predicate, string> = {
  MET: "met",
  HOLDS_OFFICE: "holds office in",
  MEMBER_OF: "is a member of",
  PART_OF: "is part of",
  SIGNED: "signed",
  ADOPTED: "adopted",
  PARTY_TO: "is a party to",
  WITHDREW_FROM: "withdrew from",
  COVERS: "covers",
  DISCUSSED: "discussed",
  COOPERATES_WITH: "cooperates with",
  PARTICIPATED_IN: "took part in",
  HOSTED: "hosted",
  HELD_IN: "was held in",
  LOCATED_IN: "is located in",
  SUCCEEDED: "succeeded",
  BROADER: "falls under",
};

// mutual are those that say of both ends the same.
export const mutual: ReadonlySet<Predicate> = new Set(["MET", "COOPERATES_WITH"]);

// origins say who gives a fact or a name.
export const origins: Record<string, string> = { EXTRACTED: "a text", THESAURUS: "gazetteer or thesaurus", CURATED: "a person" };

export const predicateOrder = Object.keys(predicates) as Predicate[];
