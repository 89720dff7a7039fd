// Everything that the mouse does, from the keyboard.
import { deselect, fold, select } from "./deed";
import type { Point } from "./graph";
import { hide, pin } from "./picture";
import { centre, theRenderer, zoom } from "./stage";
import { back, change, get, open, redo, set, undo } from "./state";
import { viewOf } from "./view";

export const keys: [keys: string, does: string][] = [
  ["/ or Ctrl+K", "search"], ["Arrows", "go to the neighbour that way"], ["Enter", "what is known, and the evidence"], ["Shift+Enter", "in a search: onto the canvas"],
  ["E", "expand"], ["C", "collapse"], ["X", "hide"], ["T", "pin"], ["M", "mark for a path, then choose another and press P"], ["P", "paths between two"],
  ["F", "fit"], ["+ and -", "zoom"], ["1 2 3", "ask, graph, table"], ["Ctrl+Z, Ctrl+Y", "undo, redo"], ["Escape", "back, then nothing selected"], ["?", "this list"],
];

let marked = ""; // where a path is to begin

export function listenToKeys() {
  addEventListener("keydown", (e) => {
    const typing = (e.target as HTMLElement).matches("input:not([type=checkbox]),textarea,select");
    if (e.ctrlKey || e.metaKey) return withControl(e, typing);
    if (e.altKey || e.defaultPrevented) return;
    if (e.key === "Escape") return escape(e);
    if (typing || (e.target as HTMLElement).closest("[role=slider],dialog")) return;
    const deed = deeds[e.key.length === 1 ? e.key.toLowerCase() : e.key];
    if (deed && deed(e) !== false) e.preventDefault();
  });
}

function withControl(e: KeyboardEvent, typing: boolean) {
  const key = e.key.toLowerCase();
  if (key === "k") focusSearch();
  else if (key === "z" && !typing) void (e.shiftKey ? redo() : undo());
  else if (key === "y" && !typing) void redo();
  else return;
  e.preventDefault();
}

function escape(e: KeyboardEvent) {
  const s = get();
  if (s.help) set({ help: false });
  else if (s.panels.length > 1) back();
  else if (s.panels.length || s.selected.length || s.line) deselect();
  else if (s.sheet) set({ sheet: "" });
  else (e.target as HTMLElement).blur();
}

const focusSearch = () => document.getElementById("search")?.focus();

// chosen is the entity that a key is about: the one that is selected, or shown.
function chosen() {
  const { selected, panels, picture } = get();
  const panel = panels[panels.length - 1];
  const id = selected[selected.length - 1] ?? (panel && (panel.show === "entity" || panel.show === "expander") ? panel.id : "");
  return picture.entities.get(id);
}

const onChosen = (then: (e: { id: string; name: string }) => void) => () => {
  const e = chosen();
  return e ? then(e) : false;
};

const deeds: Record<string, (e: KeyboardEvent) => unknown> = {
  "/": focusSearch,
  "?": () => set({ help: true }),
  "1": () => set({ tab: "ask" }),
  "2": () => set({ tab: "graph" }),
  "3": () => set({ tab: "table" }),
  "+": () => zoom(1.3),
  "=": () => zoom(1.3),
  "-": () => zoom(1 / 1.3),
  f: () => theRenderer()?.fit(),
  e: onChosen((e) => {
    open({ show: "expander", id: e.id });
    focusPanel();
  }),
  c: onChosen(fold),
  x: onChosen((e) => change(`Hide ${e.name}`, (p) => hide(p, [e.id]))),
  t: onChosen((e) => change(`Pin ${e.name}`, (p) => pin(p, [e.id]))),
  m: onChosen((e) => {
    marked = e.id;
    set({ said: `${e.name} is marked: choose another and press P` });
  }),
  p: () => {
    const { selected } = get();
    const [from, to] = selected.length >= 2 ? selected.slice(-2) : [marked, selected[0]];
    if (!from || !to || from === to) return false;
    set({ selected: [from, to] });
    open({ show: "paths", from, to }, true);
    focusPanel();
  },
  Enter: (e) => {
    if ((e.target as HTMLElement).closest("button,a,summary,label")) return false;
    focusPanel();
  },
  ArrowLeft: (e) => step(e, { x: -1, y: 0 }),
  ArrowRight: (e) => step(e, { x: 1, y: 0 }),
  ArrowUp: (e) => step(e, { x: 0, y: -1 }),
  ArrowDown: (e) => step(e, { x: 0, y: 1 }),
};

const focusPanel = () => setTimeout(() => document.getElementById("panel")?.focus(), 30);

// step goes to the neighbour that lies best in a direction; with nothing
// selected, to whoever has most facts.
function step(e: KeyboardEvent, way: Point) {
  const { tab, selected, picture } = get();
  if (tab !== "graph" || !(e.target as HTMLElement).matches("body,canvas")) return false;
  const view = viewOf(picture);
  const marks = view.marks.filter((m) => !m.members);
  const now = marks.find((m) => m.id === selected[selected.length - 1]);
  if (!now) {
    const first = [...marks].sort((a, b) => b.degree - a.degree)[0];
    return first && go(first.id);
  }
  const near = new Set<string>();
  for (const l of view.lines) {
    const [a, b] = [view.marks[l.a].id, view.marks[l.b].id];
    if (a === now.id) near.add(b);
    if (b === now.id) near.add(a);
  }
  const score = (p: Point) => {
    const dx = p.x - now.at.x, dy = p.y - now.at.y, along = dx * way.x + dy * way.y;
    return along <= 0 ? Infinity : Math.hypot(dx, dy) + 2 * Math.abs(dx * way.y - dy * way.x);
  };
  const best = (list: typeof marks) => list.map((m) => ({ m, s: score(m.at) })).filter((x) => x.s < Infinity).sort((a, b) => a.s - b.s)[0]?.m;
  const next = best(marks.filter((m) => near.has(m.id))) ?? best(marks);
  return next && go(next.id);
}

function go(id: string) {
  select(id);
  centre(id);
}
