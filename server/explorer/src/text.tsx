// Words with some of them marked. Offsets of the API are bytes of UTF-8; those
// of a string here are UTF-16, and this is where the one becomes the other.
import { h, type ComponentChildren } from "preact";

export interface Stretch {
  start: number; // bytes, half-open
  end: number;
  class: string;
  title?: string;
  id?: string;
  onClick?: () => void;
}

// unitsAt gives the UTF-16 offset of each byte offset that is asked for.
export function unitsAt(text: string, bytes: number[]): Map<number, number> {
  const found = new Map<number, number>();
  const sorted = [...new Set(bytes)].sort((a, b) => a - b);
  let byte = 0, next = 0;
  for (let i = 0; i <= text.length && next < sorted.length; ) {
    while (next < sorted.length && sorted[next] <= byte) found.set(sorted[next++], i);
    const code = text.codePointAt(i);
    if (code === undefined) break;
    byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    i += code < 0x10000 ? 1 : 2;
  }
  for (; next < sorted.length; next++) found.set(sorted[next], text.length);
  return found;
}

// Marked shows a text that begins at a byte offset, with stretches marked. Where
// stretches overlap, the one that is given first wins.
export function Marked({ text, offset = 0, stretches }: { text: string; offset?: number; stretches: Stretch[] }) {
  const units = unitsAt(text, stretches.flatMap((s) => [s.start - offset, s.end - offset]));
  const taken: { from: number; to: number; s: Stretch }[] = [];
  for (const s of stretches) {
    const from = units.get(s.start - offset)!, to = units.get(s.end - offset)!;
    if (from < to && s.start >= offset && !taken.some((t) => t.from < to && from < t.to)) taken.push({ from, to, s });
  }
  taken.sort((a, b) => a.from - b.from);
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const { from, to, s } of taken) {
    parts.push(text.slice(at, from));
    const words = text.slice(from, to);
    parts.push(s.onClick
      ? <span role="button" tabIndex={0} class={"mention " + s.class} title={s.title} onClick={s.onClick} onKeyDown={(e: KeyboardEvent) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), s.onClick!())}>{words}</span>
      : <mark class={s.class} id={s.id} title={s.title}>{words}</mark>);
    at = to;
  }
  parts.push(text.slice(at));
  return <span>{parts}</span>;
}

// Said shows a sentence with the first places of some words marked.
export function Said({ sentence, words }: { sentence: string; words: { text?: string; class: string }[] }) {
  const encoder = new TextEncoder();
  const stretches: Stretch[] = [];
  for (const w of words) {
    const i = w.text ? sentence.indexOf(w.text) : -1;
    if (i < 0) continue;
    const start = encoder.encode(sentence.slice(0, i)).length;
    stretches.push({ start, end: start + encoder.encode(w.text!).length, class: w.class });
  }
  return <Marked text={sentence} stretches={stretches} />;
}
