// What of a picture is to be seen: filters applied, facts between the same two
// joined to one line, many like leaves folded into a bundle.
import { weak, type Entity, type Fact, type Point } from "./graph";
import type { Kind } from "./kind";
import type { Filters, Picture } from "./picture";
import { mutual } from "./predicate";

export interface Mark {
  id: string;
  kind: Kind;
  name: string;
  degree: number;
  at: Point;
  pinned: boolean;
  members?: string[]; // of a bundle
}

export interface Line {
  id: string; // of both ends, in order
  a: number; // indexes of marks
  b: number;
  facts: Fact[];
  sentences: number;
  weak: boolean;
  leads: number; // 1: from a to b, 2: from b to a, 3: both ways, 0: what it says has no direction
}

export interface View {
  marks: Mark[];
  lines: Line[];
  facts: Fact[];
  index: Map<string, number>; // of marks, by id
  entities: Entity[]; // that are shown, those in bundles too
}

const foldFrom = 13; // more than twelve like leaves are a bundle

const cache = new WeakMap<Picture, View>();

// viewOf is worked out once for each picture.
export function viewOf(p: Picture): View {
  let v = cache.get(p);
  if (!v) cache.set(p, (v = look(p)));
  return v;
}

function look(p: Picture): View {
  const shown = (id: string) => {
    const e = p.entities.get(id);
    return !!e && !p.hidden.has(id) && !p.filters.kinds.includes(e.kind);
  };
  const facts = [...p.facts.values()].filter((f) => passes(f, p.filters) && shown(f.subject) && shown(f.object));
  const tied = new Set<string>(), passed = new Set<string>(), told = new Set<string>();
  for (const f of facts) tied.add(f.subject).add(f.object);
  for (const f of p.facts.values()) {
    told.add(f.subject).add(f.object);
    if (passes(f, p.filters)) passed.add(f.subject).add(f.object);
  }
  // With its last fact an entity goes too; a root stays if only its neighbours are hidden.
  const stays = (id: string) => tied.has(id) || !told.has(id) || (p.roots.has(id) && passed.has(id));
  const entities = [...p.entities.values()].filter((e) => shown(e.id) && stays(e.id));
  const bundles = fold(p, entities, facts);
  const marks: Mark[] = [], index = new Map<string, number>();
  for (const e of entities) {
    if (bundles.has(e.id)) continue;
    index.set(e.id, marks.length);
    marks.push({ id: e.id, kind: e.kind, name: e.name, degree: e.degree, at: p.places.get(e.id)!, pinned: p.pinned.has(e.id) });
  }
  for (const b of new Set(bundles.values())) {
    for (const m of b.members!) index.set(m, marks.length);
    index.set(b.id, marks.length);
    marks.push(b);
  }
  return { marks, lines: join(facts, index), facts, index, entities };
}

// passes tells whether a fact gets through the filters: by its interval where
// there are dates to keep to, which what is undated never does.
export function passes(f: Fact, by: Filters): boolean {
  if (by.predicates.includes(f.predicate) || f.confidence < by.confidence || f.sources < by.sources) return false;
  if (!by.from && !by.to) return true;
  if (!f.date) return false;
  const [first, last] = [f.date, f.until || f.date];
  return (!by.from || endOf(last) >= by.from) && (!by.to || first <= endOf(by.to));
}

// endOf is the last day that a partial date spans, as text that compares.
export const endOf = (date: string) => date + "-12-31".slice(date.length - 4);

// join gathers the facts between the same two into one line.
function join(facts: Fact[], index: Map<string, number>): Line[] {
  const lines = new Map<string, Line>();
  for (const f of facts) {
    const a = index.get(f.subject)!, b = index.get(f.object)!;
    if (a === b) continue;
    const key = a < b ? a * 65536 + b + "" : b * 65536 + a + "";
    let line = lines.get(key);
    if (!line) lines.set(key, (line = { id: pairOf(f), a, b, facts: [], sentences: 0, weak: true, leads: 0 }));
    line.facts.push(f);
    line.sentences += f.sentences;
    line.weak &&= weak(f);
    if (!mutual.has(f.predicate)) line.leads |= a === line.a ? 1 : 2;
  }
  return [...lines.values()];
}

export const pairOf = (f: Fact) => [f.subject, f.object].sort().join("+");

// fold finds leaves of one kind that hang on the same entity by the same
// predicate; those of a bundle lead to it.
function fold(p: Picture, entities: Entity[], facts: Fact[]): Map<string, Mark> {
  const at = new Map<string, { hub: string; fact: Fact } | null>();
  const note = (leaf: string, hub: string, fact: Fact) => {
    const known = at.get(leaf);
    at.set(leaf, known === undefined || known?.hub === hub ? { hub, fact } : null);
  };
  for (const f of facts) {
    note(f.subject, f.object, f);
    note(f.object, f.subject, f);
  }
  const groups = new Map<string, Entity[]>();
  for (const e of entities) {
    const tie = at.get(e.id);
    if (!tie || p.roots.has(e.id) || p.pinned.has(e.id)) continue;
    const key = `b:${tie.hub}:${e.kind}:${tie.fact.predicate}`;
    (groups.get(key) ?? groups.set(key, []).get(key)!).push(e);
  }
  const bundles = new Map<string, Mark>();
  for (const [id, leaves] of groups) {
    if (leaves.length < foldFrom || p.unfolded.has(id)) continue;
    const places = leaves.map((e) => p.places.get(e.id)!);
    const middle = { x: places.reduce((s, q) => s + q.x, 0) / places.length, y: places.reduce((s, q) => s + q.y, 0) / places.length };
    const hub = p.places.get(id.split(":")[1])!;
    const far = Math.hypot(middle.x - hub.x, middle.y - hub.y) || 1;
    const stretch = Math.max(1, 110 / far); // leaves all around a hub have their middle in it
    const mark: Mark = {
      id, kind: leaves[0].kind, name: "", degree: leaves.length, pinned: false, members: leaves.map((e) => e.id),
      at: { x: hub.x + (far === 1 ? 110 : (middle.x - hub.x) * stretch), y: hub.y + (far === 1 ? 0 : (middle.y - hub.y) * stretch) },
    };
    for (const e of leaves) bundles.set(e.id, mark);
  }
  return bundles;
}
