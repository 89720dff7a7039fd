import { h } from "preact";
import { kinds, type Kind } from "./kind";

// Sign is the sign of a kind on its colour, as the network shows it.
export function Sign({ kind, size = 20 }: { kind: Kind; size?: number }) {
  return (
    <svg class="sign" width={size} height={size} viewBox="-4 -4 24 24" role="img" aria-label={kinds[kind].one}>
      <circle cx="8" cy="8" r="12" fill={kinds[kind].colour} />
      <path d={kinds[kind].sign} fill="#fff" fill-rule="evenodd" transform="translate(1.2 1.2) scale(.85)" />
    </svg>
  );
}

const shapes = {
  undo: "M6 4 2.5 7.5 6 11M3 7.5h6.5a4 4 0 0 1 0 8H7",
  redo: "M10 4l3.5 3.5L10 11M13 7.5H6.5a4 4 0 0 0 0 8H9",
  share: "M6.5 9.5l3-3M7 5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.8 2.8 0 0 1-4-4L5 7",
  save: "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
  theme: "M8 1.5a6.5 6.5 0 1 0 0 13zM8 1.5a6.5 6.5 0 0 1 0 13",
  help: "M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.8-1.1 1.8M8 12.5v.6",
  close: "M4 4l8 8M12 4l-8 8",
  back: "M10 3 5 8l5 5",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM11 11l3.5 3.5",
  filter: "M2 3.5h12L9.5 8.5V13l-3-1.5v-3z",
  time: "M2.5 13.5v-4M6 13.5v-8M9.5 13.5v-5M13 13.5v-11",
  more: "M8 3.2v.1M8 8v.1M8 12.8v.1",
  documents: "M4 1.5h5.5l3 3v10H4zM9 1.5v3.5h3.5",
};
export type Shape = keyof typeof shapes;

// Icon is a line drawing for a button; the button says in words what it does.
export function Icon({ shape }: { shape: Shape }) {
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[shape]} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
