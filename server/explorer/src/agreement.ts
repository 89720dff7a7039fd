// The question that the page asks first: which agreements cover a topic, between
// whom, since when.
import { ask, Failure } from "./api";
import type { Entity } from "./graph";
import { queries } from "./queries";

// Term is what stands in a field: words, and the entity if one was chosen.
export interface Term {
  text: string;
  id?: string;
}

export interface Question {
  topic: Term;
  narrower: boolean;
  one: Term;
  other: Term;
  since: string;
}

export const noQuestion: Question = { topic: { text: "" }, narrower: true, one: { text: "" }, other: { text: "" }, since: "" };

export interface Cited {
  sentence: string;
  subject: { text: string } | null;
  object: { text: string } | null;
  document: { id: string; title: string; published: string | null };
  spans: { start: number; end: number }[];
}

export interface Agreement extends Entity {
  agreementKind: string;
  parties: { entity: Entity; fact: string }[];
  moreParties: number;
  adopters: { entity: Entity; fact: string }[];
  moreAdopters: number;
  topics: { entity: Entity; fact: string; cited?: Cited; asked: boolean }[];
}

export interface Answer {
  question: Question;
  agreements: Agreement[];
  total: number;
  after?: string;
  unknown?: string; // what nothing is called
}

const ref = (t: Term) => (t.id ? { id: t.id } : { name: t.text.trim() });

// where is the question in the terms of the schema.
export function where(q: Question): object {
  const parties = [q.one, q.other].filter((t) => t.text.trim()).map(ref);
  return {
    ...(q.topic.text.trim() && { covers: { any: [ref(q.topic)], includeNarrower: q.narrower } }),
    ...(parties.length && { parties: { all: parties } }),
    ...(q.since && { date: { from: q.since } }),
  };
}

// inWords is the question as it would be said.
export function inWords(q: Question): string {
  const parties = [q.one.text, q.other.text].filter(Boolean).join(" and ");
  return `Which agreements${q.topic.text ? ` cover ${q.topic.text}` : ""}${parties ? ` with ${parties}` : ""}${q.since ? ` since ${q.since}` : ""}?`;
}

export async function answer(q: Question, after?: string): Promise<Answer> {
  const [list, topics] = await Promise.all([ask(queries.agreements, { where: where(q), after }).then((a) => a.agreements, unknown), asked(q)]);
  if (typeof list === "string") return { question: q, total: 0, agreements: [], unknown: list };
  return {
    question: q,
    total: list.totalCount,
    after: list.pageInfo.hasNextPage ? list.pageInfo.endCursor : undefined,
    agreements: list.nodes.map((n: any) => agreementOf(n, topics)),
  };
}

// unknown is what the server says of a name that nothing bears: an answer, too.
function unknown(e: unknown): string {
  if (e instanceof Failure && e.code === "NOT_FOUND") return e.message;
  throw e;
}

function agreementOf(n: any, asked: Set<string>): Agreement {
  const seen = new Set<string>();
  const parties = n.parties.edges.filter((e: any) => !seen.has(e.node.id) && seen.add(e.node.id)).map((e: any) => ({ entity: e.node, fact: e.fact.id }));
  return {
    id: n.id, kind: n.kind, name: n.name, degree: n.degree, date: n.date, agreementKind: n.agreementKind, parties,
    moreParties: Math.max(0, n.parties.totalCount - n.parties.edges.length),
    adopters: n.adopters.edges.map((e: any) => ({ entity: e.node, fact: e.facts[0].id })),
    moreAdopters: n.adopters.totalCount - n.adopters.edges.length,
    topics: n.topics.edges
      .map((e: any) => ({ entity: e.node, fact: e.fact.id, cited: e.fact.evidence.nodes[0], asked: asked.has(e.node.id) }))
      .sort((a: any, b: any) => Number(b.asked) - Number(a.asked)),
  };
}

// asked are the topics that the question means: those that bear the words, and
// what is narrower. It only decides which sentence is shown first.
async function asked(q: Question): Promise<Set<string>> {
  const text = q.topic.text.trim();
  if (!text) return new Set();
  let ids = q.topic.id ? [q.topic.id] : [];
  if (!q.topic.id) {
    const found = await ask(queries.search, { text, kinds: ["TOPIC"], first: 20 });
    ids = found.search.edges.filter((e: any) => e.match !== "FUZZY").map((e: any) => e.node.id);
  }
  const all = new Set(ids);
  if (q.narrower)
    for (const id of ids.slice(0, 4))
      for (const t of (await ask(queries.topics, { topics: [id], topic: { id } })).entities.nodes) all.add(t.id);
  return all;
}
