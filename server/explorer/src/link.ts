// The picture in the address: a link opened fresh shows the same picture. What
// it holds is ids and places; names and facts come from the graph.
import { noQuestion, type Question } from "./agreement";
import { ask } from "./api";
import { entityOf, factOf, type Entity, type Fact } from "./graph";
import { emptyPicture, noFilters, type Picture } from "./picture";
import { queries } from "./queries";
import type { Camera } from "./renderer";
import { act, get, listen, restart, set, type State, type Tab } from "./state";

interface Kept {
  e?: [id: string, x: number, y: number, from: string | 0][];
  f?: string[]; // facts
  r?: string[]; // roots
  p?: string[]; // pinned
  h?: string[]; // hidden
  u?: string[]; // unfolded bundles
  v?: Picture["filters"];
  s?: string[]; // selected
  l?: string; // selected line
  t?: Tab;
  n?: State["panels"];
  q?: Question;
  c?: [number, number, number];
}

let camera: () => Camera | undefined = () => undefined;
let lookAt: (c: Camera) => void = () => {};
// onCamera joins the link with whatever looks at the picture.
export function onCamera(read: typeof camera, write: typeof lookAt) {
  camera = read;
  lookAt = write;
}

export async function encode(s: State): Promise<string> {
  const p = s.picture, cam = camera();
  const kept: Kept = {
    e: [...p.entities.keys()].map((id) => [id, p.places.get(id)!.x, p.places.get(id)!.y, p.cameFrom.get(id) ?? 0]),
    f: [...p.facts.keys()], r: [...p.roots], p: [...p.pinned], h: [...p.hidden], u: [...p.unfolded],
    v: p.filters === noFilters ? undefined : p.filters, s: s.selected, l: s.line || undefined, t: s.tab, n: s.panels.slice(-1), q: s.question,
    c: cam && [cam.x, cam.y, cam.k],
  };
  for (const [key, value] of Object.entries(kept)) if (Array.isArray(value) && value.length === 0) delete kept[key as keyof Kept];
  const packed = new Blob([JSON.stringify(kept)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let text = "";
  for (const b of bytes) text += String.fromCharCode(b);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function decode(text: string): Promise<Kept> {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text());
}

let written = "";
let timer = 0;

// keep writes the address anew, soon after what it holds has changed.
export function keep() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const s = get();
    const bare = s.picture.entities.size === 0 && !s.question && !s.panels.length && s.tab === "ask";
    const now = bare ? "" : "#" + (await encode(s));
    if (now === written || restoring) return;
    written = now;
    history.replaceState(null, "", now || location.pathname);
  }, 250) as unknown as number;
}

let restoring = false;
const batch = 100; // ids that the server takes at once

// restore puts up what the address holds.
export function restore(): Promise<void> {
  const text = location.hash.slice(1);
  if (!text || location.hash === written) return Promise.resolve();
  restoring = true;
  return act("Open the link", async () => {
    const kept = await decode(text).catch(() => ({}) as Kept);
    set({ tab: kept.t ?? "ask", question: kept.q && { ...noQuestion, ...kept.q }, panels: kept.n ?? [] });
    await fill(kept);
    set({ selected: (kept.s ?? []).filter((id) => get().picture.entities.has(id)), line: kept.l ?? "" });
    restoring = false;
    keep();
  });
}

// fill asks for what the link names, piece by piece, and shows what it has.
async function fill(kept: Kept) {
  const placed = new Map((kept.e ?? []).map(([id, x, y]) => [id, { x, y }]));
  const base: Picture = {
    ...emptyPicture, roots: new Set(kept.r), pinned: new Set(kept.p), hidden: new Set(kept.h), unfolded: new Set(kept.u),
    filters: { ...noFilters, ...kept.v }, cameFrom: new Map((kept.e ?? []).filter((e) => e[3]).map((e) => [e[0], e[3] as string])),
  };
  const ids = [...placed.keys(), ...(kept.f ?? [])];
  const entities = new Map<string, Entity>(), facts = new Map<string, Fact>();
  let next = 0, shownAt = performance.now();
  if (kept.c) lookAt({ x: kept.c[0], y: kept.c[1], k: kept.c[2] });
  const show = () => restart({
    ...base, places: placed, // in the link's order, whichever answer came first
    entities: new Map(ids.filter((id) => entities.has(id)).map((id) => [id, entities.get(id)!])),
    facts: new Map(ids.map((id) => facts.get(id)).filter((f) => f && entities.has(f.subject) && entities.has(f.object)).map((f) => [f!.id, f!])),
  });
  const worker = async () => {
    while (next < ids.length) {
      const part = ids.slice(next, (next += batch));
      const { nodes } = await ask(queries.restore, { ids: part });
      nodes.forEach((n: any, i: number) => {
        if (!n) return;
        if (n.kind) entities.set(part[i], { ...entityOf(n), id: part[i] });
        else if (n.predicate) facts.set(n.id, factOf(n));
      });
      if (performance.now() - shownAt > 400) {
        show();
        shownAt = performance.now();
      }
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  if (ids.length) show();
}

export function keepAddress() {
  listen(keep);
  addEventListener("hashchange", () => void restore());
}
