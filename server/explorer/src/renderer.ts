// What the page asks of whatever draws the network. Another way to draw it (on
// the GPU, say) has to do this and nothing else.
import type { Point } from "./graph";
import type { View } from "./view";

// Camera is the point of the picture in the middle of the screen, and how many
// pixels one unit of the picture has.
export interface Camera extends Point {
  k: number;
}

export interface Emphasis {
  selected: ReadonlySet<string>;
  line: string;
  bright: ReadonlySet<string>; // lines that stand out: those that the panel tells of
}

export type Hit = { mark: string; members?: string[] } | { line: string; facts: string[] };

export interface Renderer {
  readonly element: HTMLElement;
  camera: Camera;
  // show draws a view. A mark that was not there before comes from a place near
  // whoever brought it in; one that was there moves, and never jumps.
  show(view: View, emphasis: Emphasis, from: (id: string) => Point | undefined): void;
  hover(hit: Hit | undefined): void;
  hit(x: number, y: number): Hit | undefined;
  drag(id: string, to: Point): void;
  fit(): void;
  toPicture(x: number, y: number): Point;
  toScreen(p: Point): Point;
  resize(): void;
  recolour(): void;
  png(): Promise<Blob>;
  destroy(): void;
}

// radiusOf is how large an entity is drawn at scale 1: its area grows with its facts.
export const radiusOf = (degree: number, members = 0) => (members ? 14 + Math.min(9, Math.sqrt(members)) : Math.min(28, 9 + Math.sqrt(degree) * 2.3));

// sizeAt is how much marks grow with the scale: less than distances do.
export const sizeAt = (k: number) => Math.max(0.3, Math.min(1.6, k ** 0.5));

// widthOf is how thick a line is drawn for a number of sentences.
export const widthOf = (sentences: number) => Math.min(6, 1 + Math.round(Math.log2(Math.max(1, sentences)) * 1.2));

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
