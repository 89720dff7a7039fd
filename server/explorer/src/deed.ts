// What a person can do that needs the server: each asks, changes the picture in
// one step that can be undone, and says what failed.
import { ask, refused } from "./api";
import { entityOf, factOf, type Entity, type Fact, type Piece, type Point, type Verdict } from "./graph";
import { counted, type Kind } from "./kind";
import { add, collapse, judge, most, type Picture } from "./picture";
import type { Predicate } from "./predicate";
import { queries } from "./queries";
import { act, change, get, inform, open, set, tell } from "./state";

export interface Expansion {
  kinds?: Kind[];
  predicates?: Predicate[];
  confidence?: number;
  from?: string;
  to?: string;
}

// unit is how many pixels of the picture one unit of the server's layout is.
const unit = 8;

async function piece(of: string[], maxEntities: number, perEntity: number, by: Expansion = {}, around?: Picture): Promise<Piece & { omitted: number }> {
  const pinned = [...(around?.places ?? [])].slice(0, 1000).map(([id, q]) => ({ id, x: q.x / unit, y: q.y / unit }));
  const where = {
    ...(by.predicates?.length && { predicates: by.predicates }),
    ...(by.kinds?.length && { kinds: by.kinds }),
    ...(by.confidence && { minConfidence: by.confidence }),
    ...((by.from || by.to) && { during: { from: by.from || null, to: by.to || null } }),
  };
  const { neighbourhood: n } = await ask(queries.neighbourhood, { of: of.map((id) => ({ id })), maxEntities, perEntity, where, pinned });
  return {
    entities: n.entities.map(entityOf),
    facts: n.facts.map(factOf),
    places: new Map(n.layout.map((q: any) => [q.id, { x: q.x * unit, y: q.y * unit }])),
    omitted: n.omitted,
  };
}

// bring puts a piece in as one step, which is called by what it really added,
// and says what stayed outside.
function bring(name: string, got: Piece & { omitted?: number }, roots: string[], parent?: string) {
  const before = get().picture, after = add(before, beside(before, got), roots, parent);
  const more = after.entities.size - before.entities.size;
  const label = `${name}: ${more || "nothing"} new`;
  change(label, () => after);
  set({ tab: "graph" });
  inform(label);
  if (got.omitted) tell(`${counted(got.omitted, "neighbour")} more ${got.omitted === 1 ? "was" : "were"} left out.`, "Expand by relation, kind or date to reach them.");
  if (after.entities.size >= most) tell(`A canvas holds ${counted(most, "entity", "entities")}: some were left out.`, "Hide or collapse what is not needed.");
}

// put brings entities in by name, with the facts that tie them to what is there.
export const put = (entities: Pick<Entity, "id" | "name">[], around = false) => {
  const label = `Add ${entities.length === 1 ? entities[0].name : "entities"}`;
  return act(label, async () => {
    const ids = entities.map((e) => e.id).slice(0, 20);
    const known = [...get().picture.roots].filter((id) => !ids.includes(id)).slice(-(20 - ids.length));
    const of = ids.length < 20 ? [...ids, ...known] : ids;
    const got = around ? await piece(ids, 300, 40, {}, get().picture) : { ...(await piece(of, of.length, 1, {}, get().picture)), omitted: 0 };
    bring(label, got, ids);
    if (entities.length > ids.length) tell(`Only the first ${ids.length} of ${entities.length} are on the canvas.`, "Narrow the question, or add the others one by one.");
  });
};

// beside moves a piece that has nothing in common with the picture to its side.
function beside(p: Picture, piece: Piece): Piece {
  const places = [...p.places.values()];
  if (places.length === 0 || piece.entities.some((e) => p.places.has(e.id))) return piece;
  const right = Math.max(...places.map((q) => q.x));
  const left = Math.min(...[...piece.places.values()].map((q) => q.x));
  return { ...piece, places: new Map([...piece.places].map(([id, q]) => [id, { x: q.x - left + right + 140, y: q.y }])) };
}

// expand brings in who stands around an entity; only, if given, names whom.
export const expand = (e: Pick<Entity, "id" | "name">, by: Expansion = {}, only?: string[]) => {
  const label = `Expand ${e.name}`;
  return act(label, async () => {
    const got = only ? { ...(await piece([e.id, ...only], only.length + 1, 1, by, get().picture)), omitted: 0 } : await piece([e.id], 301, 300, by, get().picture);
    bring(label, got, get().picture.entities.has(e.id) ? [] : [e.id], e.id);
  });
};

export const fold = (e: Pick<Entity, "id" | "name">) => change(`Collapse ${e.name}`, (p) => collapse(p, e.id));

const origins = 20; // whom the server lays out in one question

// follow puts the entities and facts of paths in. Whom the server does not lay
// out stands between its neighbours on the path.
export function follow(paths: { entities: any[]; facts: any[] }[], from: string, to: string) {
  return act("Show the paths", async () => {
    const entities = new Map(paths.flatMap((p) => p.entities).map((e) => [e.id, entityOf(e)]));
    const ids = [from, to, ...[...entities.keys()].filter((id) => id !== from && id !== to)].slice(0, origins);
    const { places } = await piece(ids, ids.length, 1, {}, get().picture);
    for (const p of paths) between(p.entities.map((e) => e.id), places);
    bring("Show the paths", { entities: [...entities.values()], facts: paths.flatMap((p) => p.facts).map(factOf), places }, [from, to]);
  });
}

// between gives each of a chain that has no place yet one on the straight line
// from the nearest before it that has one to the nearest after it.
function between(chain: string[], places: Map<string, Point>) {
  const placed = chain.map((id) => places.get(id));
  chain.forEach((id, i) => {
    if (placed[i]) return;
    let a = i, b = i;
    while (!placed[a]) a--; // both ends are laid out first
    while (!placed[b]) b++;
    const t = (i - a) / (b - a), [p, q] = [placed[a]!, placed[b]!];
    places.set(id, { x: p.x + (q.x - p.x) * t, y: p.y + (q.y - p.y) * t });
  });
}

// standing are the decisions that stand for what was said here of a fact.
const standing = new Map<string, string[]>();

// say records a verdict, in place of what was said before; none takes it back.
async function say(fact: string, verdict?: Verdict) {
  if (verdict) {
    const { reviewFact } = await ask(queries.review, { fact, review: verdict });
    refused(reviewFact);
    if (reviewFact.decisions.length) standing.set(fact, reviewFact.decisions.map((d: { id: string }) => d.id));
    return;
  }
  for (const decision of standing.get(fact) ?? []) refused((await ask(queries.undo, { decision })).undoDecision);
  standing.delete(fact);
}

// review records what a person says of a fact. Undoing it says again what was
// said before, or takes the decision back.
export function review(fact: Fact, verdict: Verdict, done: () => void) {
  const label = verdict === "CONFIRMED" ? "Confirm a fact" : "Mark a fact as wrong";
  const saying = (v?: Verdict) => () => say(fact.id, v).then(done);
  return act(label, async () => {
    await saying(verdict)();
    change(label, (p) => (p.facts.has(fact.id) ? judge(p, fact, verdict) : p), { undo: saying(fact.review), redo: saying(verdict) });
  });
}

// select shows what a click on an entity shows; more adds it to the selection.
export function select(id: string, more = false) {
  const { selected, picture } = get();
  const e = picture.entities.get(id);
  if (!e) return;
  const now = more ? (selected.includes(id) ? selected.filter((s) => s !== id) : [...selected, id]) : [id];
  set({ selected: now, line: "", said: `${e.name}, ${e.kind.toLowerCase()}, ${e.degree} facts` });
  if (now.length === 1) open({ show: "entity", id: now[0] }, true);
  if (now.length === 2) open({ show: "paths", from: now[0], to: now[1] }, true);
}

export function selectLine(pair: string, facts: string[]) {
  set({ line: pair, selected: [] });
  open({ show: "facts", ids: facts, pair }, true);
}

export const deselect = () => set({ selected: [], line: "", panels: [] });
