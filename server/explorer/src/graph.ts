// What the page keeps of the graph: entities and facts, as the API gives them.
import type { Kind } from "./kind";
import type { Predicate } from "./predicate";

export interface Entity {
  id: string;
  kind: Kind;
  name: string;
  degree: number;
  date?: string | null;
}

export type Verdict = "CONFIRMED" | "REJECTED";

export interface Fact {
  id: string;
  predicate: Predicate;
  subject: string;
  object: string;
  date?: string | null;
  until?: string | null;
  title?: string | null;
  confidence: number;
  sources: number;
  sentences: number;
  origin: string;
  review?: Verdict;
}

export interface Point {
  x: number;
  y: number;
}

// Piece is a part of the graph on its way into the picture.
export interface Piece {
  entities: Entity[];
  facts: Fact[];
  places: Map<string, Point>;
}

// entityOf and factOf take what the API answers apart: the picture keeps ids
// where the answer has objects.
export function entityOf(n: any): Entity {
  return { id: n.id, kind: n.kind, name: n.name, degree: n.degree ?? 0, date: n.date };
}

export function factOf(n: any): Fact {
  return {
    id: n.id, predicate: n.predicate, subject: n.subject.id, object: n.object.id, date: n.date ?? n.factDate, until: n.until, title: n.title,
    confidence: n.confidence, sources: n.sources, sentences: n.evidence?.totalCount ?? n.sources, origin: n.origin, review: n.review?.verdict,
  };
}

// weak tells whether a fact hangs on one document that is not very certain: what
// thesaurus or gazetteer says, or a person confirmed, is not.
export function weak(f: Fact): boolean {
  return f.origin === "EXTRACTED" && f.review !== "CONFIRMED" && (f.sources < 2 && f.confidence < 0.75);
}
