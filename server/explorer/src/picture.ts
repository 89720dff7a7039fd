// The picture that a person builds: what is on the canvas, where, and through
// which filters. Everything that changes it is a function from one picture to
// the next, so that every step can be undone.
import type { Entity, Fact, Piece, Point } from "./graph";
import type { Kind } from "./kind";
import type { Predicate } from "./predicate";

export interface Filters {
  kinds: Kind[]; // left out of the picture
  predicates: Predicate[]; // left out of the picture
  confidence: number; // at least, 0 to 1
  sources: number; // at least so many documents; what only gazetteer or thesaurus say has none
  from: string; // a partial date, or ""
  to: string;
}

export const noFilters: Filters = { kinds: [], predicates: [], confidence: 0, sources: 0, from: "", to: "" };

export interface Picture {
  entities: ReadonlyMap<string, Entity>;
  facts: ReadonlyMap<string, Fact>;
  places: ReadonlyMap<string, Point>;
  cameFrom: ReadonlyMap<string, string>; // who was expanded to bring an entity in
  roots: ReadonlySet<string>; // what a person put here by name: collapsing leaves it
  pinned: ReadonlySet<string>;
  hidden: ReadonlySet<string>;
  unfolded: ReadonlySet<string>; // bundles whose leaves are shown one by one
  filters: Filters;
}

export const emptyPicture: Picture = {
  entities: new Map(), facts: new Map(), places: new Map(), cameFrom: new Map(),
  roots: new Set(), pinned: new Set(), hidden: new Set(), unfolded: new Set(), filters: noFilters,
};

// most is how many entities a picture holds: beyond, nobody sees anything.
export const most = 5000;

// add puts a piece of the graph in. What is in already stays where it is; what
// is new gets its place from the layout, moved aside where somebody stands. If
// all was there already, it is the same picture.
export function add(p: Picture, piece: Piece, roots: string[], parent?: string): Picture {
  const entities = new Map(p.entities), facts = new Map(p.facts), places = new Map(p.places), cameFrom = new Map(p.cameFrom);
  const hidden = new Set(p.hidden);
  const free = freePlaces(p.places.values());
  for (const e of piece.entities) {
    const known = entities.has(e.id);
    entities.set(e.id, e);
    hidden.delete(e.id);
    if (known) continue;
    if (entities.size > most) { entities.delete(e.id); break; }
    places.set(e.id, free(piece.places.get(e.id) ?? { x: 0, y: 0 }));
    if (parent && e.id !== parent && !roots.includes(e.id)) cameFrom.set(e.id, parent);
  }
  for (const f of piece.facts) if (entities.has(f.subject) && entities.has(f.object)) facts.set(f.id, f);
  const all = new Set([...p.roots, ...roots.filter((r) => entities.has(r))]);
  if (entities.size === p.entities.size && facts.size === p.facts.size && hidden.size === p.hidden.size && all.size === p.roots.size) return p;
  return { ...p, entities, facts, places, cameFrom, hidden, roots: all };
}

const gap = 44; // between the middles of two entities, at least

// freePlaces finds the free place next to a wanted one, walking outwards on a
// spiral; every place that it gives is taken from then on.
export function freePlaces(taken: Iterable<Point>): (wanted: Point) => Point {
  const cells = new Map<string, Point[]>();
  const cell = (v: number) => Math.floor(v / gap);
  const take = (q: Point) => {
    const key = cell(q.x) + "," + cell(q.y);
    const list = cells.get(key);
    list ? list.push(q) : cells.set(key, [q]);
  };
  const isFree = (q: Point) => {
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++)
        for (const o of cells.get(cell(q.x) + i + "," + (cell(q.y) + j)) ?? [])
          if (Math.hypot(o.x - q.x, o.y - q.y) < gap) return false;
    return true;
  };
  for (const q of taken) take(q);
  return (wanted) => {
    let place = wanted;
    for (let step = 1; step < 4000 && !isFree(place); step++) {
      const turn = step * 2.39996, far = 14 * Math.sqrt(step); // the golden angle spreads evenly
      place = { x: wanted.x + far * Math.cos(turn), y: wanted.y + far * Math.sin(turn) };
    }
    place = { x: Math.round(place.x), y: Math.round(place.y) };
    take(place);
    return place;
  };
}

// collapse takes out what expanding an entity brought in, or, if it was never
// expanded, the leaves that hang on it alone. Roots and pinned ones stay.
export function collapse(p: Picture, id: string): Picture {
  const gone = new Set<string>();
  const stays = (e: string) => p.roots.has(e) || p.pinned.has(e) || e === id;
  const visit = (parent: string) => {
    for (const [child, from] of p.cameFrom) {
      if (from !== parent || gone.has(child) || stays(child)) continue;
      gone.add(child);
      visit(child);
    }
  };
  visit(id);
  if (gone.size === 0) for (const leaf of leavesOf(p, id)) if (!stays(leaf)) gone.add(leaf);
  return gone.size === 0 ? p : remove(p, gone);
}

function leavesOf(p: Picture, id: string): string[] {
  const others = new Map<string, Set<string>>();
  const note = (a: string, b: string) => (others.get(a) ?? others.set(a, new Set()).get(a)!).add(b);
  for (const f of p.facts.values()) {
    note(f.subject, f.object);
    note(f.object, f.subject);
  }
  return [...(others.get(id) ?? [])].filter((e) => others.get(e)!.size === 1);
}

// remove takes entities out for good, with their facts.
export function remove(p: Picture, gone: ReadonlySet<string>): Picture {
  const keep = <V,>(m: ReadonlyMap<string, V>) => new Map([...m].filter(([id]) => !gone.has(id)));
  const kept = (s: ReadonlySet<string>) => new Set([...s].filter((id) => !gone.has(id)));
  return {
    ...p, entities: keep(p.entities), places: keep(p.places), cameFrom: keep(p.cameFrom), roots: kept(p.roots), pinned: kept(p.pinned), hidden: kept(p.hidden),
    facts: new Map([...p.facts].filter(([, f]) => !gone.has(f.subject) && !gone.has(f.object))),
  };
}

export const hide = (p: Picture, ids: string[]): Picture => ({ ...p, hidden: new Set([...p.hidden, ...ids]) });
export const showAll = (p: Picture): Picture => ({ ...p, hidden: new Set() });
export const filter = (p: Picture, change: Partial<Filters>): Picture => ({ ...p, filters: { ...p.filters, ...change } });

export function pin(p: Picture, ids: string[]): Picture {
  const pinned = new Set(p.pinned);
  const all = ids.every((id) => pinned.has(id));
  for (const id of ids) all ? pinned.delete(id) : pinned.add(id);
  return { ...p, pinned };
}

export function move(p: Picture, id: string, to: Point): Picture {
  return { ...p, places: new Map(p.places).set(id, { x: Math.round(to.x), y: Math.round(to.y) }), pinned: new Set(p.pinned).add(id) };
}

export function toggleBundle(p: Picture, bundle: string): Picture {
  const unfolded = new Set(p.unfolded);
  unfolded.delete(bundle) || unfolded.add(bundle);
  return { ...p, unfolded };
}

// judge marks a fact as confirmed, takes a rejected one out, or puts a fact back.
export function judge(p: Picture, fact: Fact, verdict: Fact["review"]): Picture {
  const facts = new Map(p.facts);
  if (verdict === "REJECTED") facts.delete(fact.id);
  else facts.set(fact.id, { ...fact, review: verdict });
  return { ...p, facts };
}
