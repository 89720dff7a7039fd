// What the page shows, and how it came to: one value that is replaced, never
// changed, and a history of the picture in which every step can be undone.
import { useEffect, useState } from "preact/hooks";
import { Failure } from "./api";
import type { Question } from "./agreement";
import { emptyPicture, type Picture } from "./picture";

export type Tab = "ask" | "graph" | "table";

export type Panel =
  | { show: "entity"; id: string }
  | { show: "expander"; id: string }
  | { show: "facts"; ids: string[]; pair?: string }
  | { show: "document"; id: string; start: number; end: number }
  | { show: "paths"; from: string; to: string }
  | { show: "documents" };

export interface Notice {
  number: number;
  text: string;
  hint: string;
  again?: () => void;
}

export interface State {
  picture: Picture;
  selected: string[]; // entities
  line: string; // the ends of a selected line, as in Line.id
  tab: Tab;
  panels: Panel[]; // the last is shown, the others are behind it
  sheet: "" | "filters" | "timeline"; // what a small screen has open
  question?: Question;
  notices: Notice[];
  said: string; // for screen readers
  brief: string; // what was just done, shown for a moment
  lit: string[]; // facts that the panel tells of
  busy: number; // actions under way
  locked: boolean; // the server wants its token
  help: boolean;
}

let state: State = {
  picture: emptyPicture, selected: [], line: "", tab: "ask", panels: [], sheet: "", notices: [], said: "", brief: "", lit: [], busy: 0, locked: false, help: false,
};
const listeners = new Set<(s: State) => void>();

export const get = () => state;

export function set(part: Partial<State>) {
  state = { ...state, ...part };
  for (const tell of listeners) tell(state);
}

export function listen(tell: (s: State) => void) {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}

// useApp renders a component again whenever the state is replaced.
export function useApp(): State {
  const [seen, see] = useState(state);
  useEffect(() => {
    see(state);
    return listen(see);
  }, []);
  return seen;
}

// Step is something that a person did. What also changed the graph on the
// server says how that is taken back and done again.
interface Step {
  label: string;
  before: Picture;
  after: Picture;
  undo?: () => Promise<void>;
  redo?: () => Promise<void>;
}

let past: Step[] = [], future: Step[] = [];
export const canUndo = () => past[past.length - 1]?.label;
export const canRedo = () => future[future.length - 1]?.label;

// change makes a step. A picture that stays as it is makes none.
export function change(label: string, to: (p: Picture) => Picture, remote: Pick<Step, "undo" | "redo"> = {}) {
  const before = state.picture, after = to(before);
  if (after === before && !remote.undo) return;
  past = [...past.slice(-199), { label, before, after, ...remote }];
  future = [];
  showPicture(after, label);
}

// restart puts a picture up that no step led to: from a link.
export function restart(picture: Picture) {
  past = future = [];
  showPicture(picture, "");
}

function showPicture(picture: Picture, said: string) {
  const selected = state.selected.filter((id) => picture.entities.has(id));
  set({ picture, selected, said: said || state.said });
}

export const undo = () => travel("Undo", past, (s) => s.undo, (s) => { past = past.slice(0, -1); future = [...future, s]; return s.before; });
export const redo = () => travel("Redo", future, (s) => s.redo, (s) => { future = future.slice(0, -1); past = [...past, s]; return s.after; });

function travel(verb: string, steps: Step[], remote: (s: Step) => Step["undo"], then: (s: Step) => Picture) {
  const step = steps[steps.length - 1];
  if (!step) return;
  const label = `${verb}: ${step.label}`;
  const first = remote(step);
  const turn = () => {
    showPicture(then(step), label);
    inform(label);
  };
  if (!first) return turn();
  return act(label, async () => {
    await first();
    turn();
  });
}

let numbered = 0;

// act does what may fail. If it does, nothing else changes: a notice says so
// and offers to try again.
export async function act(label: string, deed: () => Promise<void>): Promise<void> {
  set({ busy: state.busy + 1 });
  try {
    await deed();
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") return;
    if (!(e instanceof Failure)) console.error(e);
    const failure = e instanceof Failure ? e : new Failure("Something went wrong in the page", String(e));
    const number = ++numbered;
    const again = () => {
      dismiss(number);
      void act(label, deed);
    };
    set({ notices: [...state.notices.filter((n) => n.text !== noticeText(label, failure)), { number, text: noticeText(label, failure), hint: failure.hint, again }].slice(-4) });
  } finally {
    set({ busy: state.busy - 1 });
  }
}

const noticeText = (label: string, f: Failure) => `${label}: ${f.message.charAt(0).toLowerCase() + f.message.slice(1)}.`;

// tell says what was done by halves.
export const tell = (text: string, hint: string) =>
  set({ notices: [...state.notices.filter((n) => n.text !== text), { number: ++numbered, text, hint }].slice(-4) });

let fading = 0;
// inform says for a moment what was done, where the picture does not show it.
export function inform(text: string) {
  clearTimeout(fading);
  set({ said: text, brief: text });
  fading = setTimeout(() => set({ brief: "" }), 3500) as unknown as number;
}

export const dismiss = (number: number) => set({ notices: state.notices.filter((n) => n.number !== number) });

// Panels lie on each other: opening puts one on top, back takes it off.
export const open = (panel: Panel, afresh = false) => set({ panels: afresh ? [panel] : [...state.panels, panel], sheet: "" });
export const back = () => set({ panels: state.panels.slice(0, -1) });
export const closePanels = () => set({ panels: [] });
