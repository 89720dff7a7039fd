// Where labels stand: the most important first, beside their mark, and never on
// another label.

export interface Wanted {
  text: string;
  x: number; // the mark's middle, in pixels of the screen
  y: number;
  r: number; // the mark's radius
}

export interface Placed {
  text: string;
  x: number; // of the left end
  y: number; // of the middle
  width: number;
  height: number;
}

type Box = [left: number, top: number, right: number, bottom: number];

// cellsOf are the cells of 64 by 64 pixels that a box touches.
function cellsOf(box: Box): number[] {
  const keys: number[] = [];
  for (let i = box[0] >> 6; i <= box[2] >> 6; i++) for (let j = box[1] >> 6; j <= box[3] >> 6; j++) keys.push(i * 8192 + j);
  return keys;
}

// Grid knows where something stands.
export class Grid {
  private cells = new Map<number, Box[]>();

  // take claims a box if all of it is free.
  take(box: Box): boolean {
    for (const key of cellsOf(box))
      for (const o of this.cells.get(key) ?? []) if (o[0] < box[2] && o[2] > box[0] && o[1] < box[3] && o[3] > box[1]) return false;
    this.claim(box);
    return true;
  }

  // claim marks a box as taken, free or not.
  claim(box: Box) {
    for (const key of cellsOf(box)) {
      const list = this.cells.get(key);
      list ? list.push(box) : this.cells.set(key, [box]);
    }
  }
}

export const longest = 30;

export const shorten = (text: string) => (text.length > longest ? text.slice(0, longest - 1).trimEnd() + "…" : text);

// place gives each label the first free of eight places around its mark: right,
// below, above, left, then the corners. Marks that hold a box in the grid are not covered.
export function place(wanted: Wanted[], grid: Grid, widthOf: (text: string) => number, atMost: number, within: Box): Placed[] {
  const placed: Placed[] = [];
  const height = 15;
  for (const w of wanted) {
    if (placed.length >= atMost) break;
    if (w.x < within[0] || w.x > within[2] || w.y < within[1] || w.y > within[3]) continue;
    const width = widthOf(w.text);
    const spots: [number, number][] = [
      [w.x + w.r + 4, w.y], [w.x - width / 2, w.y + w.r + 10], [w.x - width / 2, w.y - w.r - 10], [w.x - w.r - 4 - width, w.y],
      [w.x + w.r, w.y + w.r + 4], [w.x + w.r, w.y - w.r - 4], [w.x - w.r - width, w.y + w.r + 4], [w.x - w.r - width, w.y - w.r - 4],
    ];
    for (const [x, y] of spots) {
      const box: Box = [x - 2, y - height / 2, x + width + 2, y + height / 2];
      if (box[0] < within[0] || box[2] > within[2] || box[1] < within[1] || box[3] > within[3]) continue;
      if (!grid.take(box)) continue;
      placed.push({ text: w.text, x, y, width, height });
      break;
    }
  }
  return placed;
}
