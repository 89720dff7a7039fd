// The network on a Canvas2D: lines in batches of one style, marks as stamps that
// are drawn once for each kind and size, labels last.
import type { Point } from "./graph";
import { kinds } from "./kind";
import { Grid, place, shorten, type Wanted } from "./label";
import { predicates } from "./predicate";
import { calm, radiusOf, sizeAt, widthOf, type Camera, type Emphasis, type Hit, type Renderer } from "./renderer";
import type { Line, Mark, View } from "./view";

const moveTime = 320; // milliseconds that a mark takes to its place
const mostLabels = 90;
const mostTries = 500; // marks that a label is tried for in one frame
const signFrom = 5.5; // pixels of radius
const plainFrom = 1500; // lines: so many are drawn thin and undashed, which is far faster
const font = '12px system-ui, -apple-system, "Segoe UI", sans-serif';
const empty: View = { marks: [], lines: [], facts: [], index: new Map() };

interface Colours {
  ground: string;
  ink: string;
  line: string;
  accent: string;
  halo: string;
}

export class CanvasRenderer implements Renderer {
  readonly element: HTMLCanvasElement;
  private ctx: CanvasRenderingContext2D;
  private view = empty;
  private emphasis: Emphasis = { selected: new Set(), line: "", bright: new Set() };
  private hovered?: Hit;
  private cam: Camera = { x: 0, y: 0, k: 1 };
  private now: Point[] = []; // where each mark is drawn, in the picture
  private sx = new Float32Array(0); // and on the screen
  private sy = new Float32Array(0);
  private radii = new Float32Array(0); // of the marks, at scale 1
  private stamps = new Map<string, ImageBitmap>();
  private start: Point[] = [];
  private began = 0;
  private settled = true; // every mark is at its place
  private held = -1; // the mark that is dragged, until the next view places it
  private frame = 0;
  private order: number[] = []; // of marks, for labels: the weightiest first
  private widths = new Map<string, number>();
  private width = 0;
  private height = 0;
  private colours!: Colours;
  private dense = 1; // pixels of the device to one of the page

  // moved is told when the camera is another.
  constructor(private moved: () => void) {
    this.element = document.createElement("canvas");
    this.ctx = this.element.getContext("2d", { alpha: false })!;
    this.recolour();
  }

  get camera() {
    return this.cam;
  }
  set camera(c: Camera) {
    // Rounded, so that the link, which holds it, gives the same picture to the pixel.
    this.cam = { x: round(c.x, 100), y: round(c.y, 100), k: round(Math.max(0.05, Math.min(5, c.k)), 100_000) };
    this.moved();
    this.wake();
  }

  show(view: View, emphasis: Emphasis, from: (id: string) => Point | undefined) {
    if (view !== this.view) {
      const before = new Map(this.view.marks.map((m, i) => [m.id, this.now[i]]));
      let moves = false;
      this.start = view.marks.map((m) => {
        const known = before.get(m.id) ?? from(m.id) ?? m.at;
        if (known.x !== m.at.x || known.y !== m.at.y) moves = true;
        return known;
      });
      this.began = moves && !calm() ? performance.now() : -Infinity;
      this.now = this.start.map((p) => ({ ...p }));
      this.settled = false;
      this.held = -1;
      this.radii = Float32Array.from(view.marks, (m) => radiusOf(m.degree, m.members?.length));
      this.order = view.marks.map((_, i) => i).sort((a, b) => weight(view.marks[b]) - weight(view.marks[a]) || (view.marks[a].id < view.marks[b].id ? -1 : 1));
    }
    this.view = view;
    this.emphasis = emphasis;
    this.wake();
  }

  hover(hit: Hit | undefined) {
    if (JSON.stringify(hit) === JSON.stringify(this.hovered)) return;
    this.hovered = hit;
    this.wake();
  }

  drag(id: string, to: Point) {
    const i = this.view.index.get(id);
    if (i === undefined) return;
    this.held = i;
    this.now[i] = to;
    this.wake();
  }

  toPicture = (x: number, y: number): Point => ({ x: (x - this.width / 2) / this.cam.k + this.cam.x, y: (y - this.height / 2) / this.cam.k + this.cam.y });
  toScreen = (p: Point): Point => ({ x: (p.x - this.cam.x) * this.cam.k + this.width / 2, y: (p.y - this.cam.y) * this.cam.k + this.height / 2 });

  fit() {
    if (this.view.marks.length === 0) return;
    const xs = this.view.marks.map((m) => m.at.x), ys = this.view.marks.map((m) => m.at.y);
    const [left, right, top, bottom] = [min(xs), max(xs), min(ys), max(ys)];
    const k = Math.min((this.width - Math.min(150, this.width / 5)) / (right - left + 60), (this.height - 110) / (bottom - top + 60), 1.5); // room for labels and legend
    this.camera = { x: (left + right) / 2, y: (top + bottom) / 2, k: Math.max(0.05, k) };
  }

  resize() {
    const box = this.element.getBoundingClientRect();
    const dense = (this.dense = Math.min(2, devicePixelRatio || 1));
    this.stamps.clear();
    if (box.width === 0 || box.height === 0) return;
    // What is seen stays where it is on the screen, though a panel opens beside it.
    if (this.width) this.cam = { ...this.cam, x: round(this.cam.x + (box.width - this.width) / 2 / this.cam.k, 100), y: round(this.cam.y + (box.height - this.height) / 2 / this.cam.k, 100) };
    this.width = box.width;
    this.height = box.height;
    this.element.width = Math.round(box.width * dense);
    this.element.height = Math.round(box.height * dense);
    this.ctx.setTransform(dense, 0, 0, dense, 0, 0);
    this.moved();
    this.draw();
  }

  recolour() {
    const css = getComputedStyle(document.documentElement);
    const of = (name: string) => css.getPropertyValue(name).trim();
    this.colours = { ground: of("--ground"), ink: of("--ink"), line: of("--edge"), accent: of("--accent"), halo: of("--halo") };
    this.stamps.clear();
    this.wake();
  }

  png(): Promise<Blob> {
    this.draw();
    return new Promise((done, fail) => this.element.toBlob((b) => (b ? done(b) : fail(new Error("the canvas gave no image")))));
  }

  destroy() {
    cancelAnimationFrame(this.frame);
  }

  hit(x: number, y: number): Hit | undefined {
    const s = sizeAt(this.cam.k), { sx, sy } = this;
    this.project();
    let nearest: Mark | undefined, distance = Infinity;
    this.view.marks.forEach((m, i) => {
      if (Math.abs(sx[i] - x) > 60 || Math.abs(sy[i] - y) > 60) return;
      const d = Math.hypot(sx[i] - x, sy[i] - y) - Math.max(8, this.radii[i] * s);
      if (d < 3 && d < distance) [nearest, distance] = [m, d];
    });
    if (nearest) return { mark: nearest.id, members: nearest.members };
    let line: Line | undefined;
    distance = 6;
    for (const l of this.view.lines) {
      const d = toSegment(x, y, sx[l.a], sy[l.a], sx[l.b], sy[l.b]);
      if (d < distance) [line, distance] = [l, d];
    }
    return line && { line: line.id, facts: line.facts.map((f) => f.id) };
  }

  private wake() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private draw() {
    this.move();
    this.project();
    const { ctx } = this;
    ctx.fillStyle = this.colours.ground;
    ctx.fillRect(0, 0, this.width + 1, this.height + 1); // the last row of pixels may be half a one of the page
    const near = this.nearHovered();
    this.drawLines(near);
    this.drawMarks(near);
    this.drawLabels(near);
    if (!this.settled) this.wake();
  }

  // move brings every mark nearer to its place.
  private move() {
    if (this.settled) return;
    const t = Math.min(1, (performance.now() - this.began) / moveTime);
    const ease = 1 - (1 - t) ** 3;
    this.view.marks.forEach((m, i) => {
      if (i === this.held) return;
      const s = this.start[i], n = this.now[i];
      n.x = s.x + (m.at.x - s.x) * ease;
      n.y = s.y + (m.at.y - s.y) * ease;
    });
    this.settled = t === 1;
  }

  // project works out once a frame where every mark is on the screen.
  private project() {
    const n = this.now.length, { x, y, k } = this.cam;
    if (this.sx.length !== n) [this.sx, this.sy] = [new Float32Array(n), new Float32Array(n)];
    for (let i = 0; i < n; i++) {
      this.sx[i] = (this.now[i].x - x) * k + this.width / 2;
      this.sy[i] = (this.now[i].y - y) * k + this.height / 2;
    }
  }

  // nearHovered are the marks that stay bright while one is hovered: itself and
  // its neighbours.
  private nearHovered(): Set<number> | undefined {
    if (!this.hovered || !("mark" in this.hovered)) return;
    const i = this.view.index.get(this.hovered.mark);
    if (i === undefined) return;
    const near = new Set([i]);
    for (const l of this.view.lines) {
      if (l.a === i) near.add(l.b);
      if (l.b === i) near.add(l.a);
    }
    return near;
  }

  // standing tells of each line whether it stands out.
  private standing(): (l: Line) => boolean {
    const { selected, line, bright } = this.emphasis;
    const chosen = new Set([...selected].map((id) => this.view.index.get(id)));
    const hovered = this.hovered && "line" in this.hovered ? this.hovered.line : "";
    if (this.hovered && "mark" in this.hovered) chosen.add(this.view.index.get(this.hovered.mark));
    return (l) => l.id === line || l.id === hovered || chosen.has(l.a) || chosen.has(l.b) || bright.has(l.id);
  }

  private drawLines(near?: Set<number>) {
    const { ctx, sx, sy, width, height } = this;
    const stands = this.standing(), plain = this.view.lines.length >= plainFrom;
    const batches = new Map<number, Line[]>();
    for (const l of this.view.lines) {
      const a = l.a, b = l.b;
      if ((sx[a] < 0 && sx[b] < 0) || (sy[a] < 0 && sy[b] < 0) || (sx[a] > width && sx[b] > width) || (sy[a] > height && sy[b] > height)) continue;
      const strong = stands(l);
      const key = (strong ? 1 : 0) + (near && !strong ? 2 : 0) + (l.weak && !plain ? 4 : 0) + 8 * (plain && !strong ? 1 : widthOf(l.sentences));
      const batch = batches.get(key);
      batch ? batch.push(l) : batches.set(key, [l]);
    }
    for (const [key, lines] of [...batches].sort((x, y) => (x[0] & 1) - (y[0] & 1) || x[0] - y[0])) {
      ctx.globalAlpha = key & 2 ? 0.25 : 1;
      ctx.strokeStyle = key & 1 ? this.colours.accent : this.colours.line;
      ctx.lineWidth = plain && !(key & 1) ? 1 : (key >> 3) * Math.min(1.3, Math.max(0.75, this.cam.k));
      ctx.setLineDash(key & 4 ? [5, 4] : []);
      ctx.beginPath();
      for (const l of lines) {
        ctx.moveTo(sx[l.a], sy[l.a]);
        ctx.lineTo(sx[l.b], sy[l.b]);
      }
      ctx.stroke();
      if (!plain || key & 1) this.drawHeads(lines, ctx.lineWidth);
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  // drawHeads draws the arrows of lines, from subject to object, at the marks' rims.
  private drawHeads(lines: Line[], width: number) {
    const { ctx, sx, sy } = this;
    const s = sizeAt(this.cam.k), long = 5 + 1.5 * width, wide = 2.2 + 0.8 * width;
    ctx.fillStyle = ctx.strokeStyle;
    ctx.beginPath();
    for (const l of lines) {
      const dx = sx[l.b] - sx[l.a], dy = sy[l.b] - sy[l.a], far = Math.hypot(dx, dy);
      const ra = this.radii[l.a] * s + 2, rb = this.radii[l.b] * s + 2;
      if (far < ra + rb + 2 * long) continue;
      const x = dx / far, y = dy / far;
      if (l.leads & 1) head(ctx, sx[l.b] - x * rb, sy[l.b] - y * rb, x, y, long, wide);
      if (l.leads & 2) head(ctx, sx[l.a] + x * ra, sy[l.a] + y * ra, -x, -y, long, wide);
    }
    ctx.fill();
  }

  // drawMarks copies the stamps onto whole pixels of the device, unscaled,
  // so that nothing has to be resampled.
  private drawMarks(near?: Set<number>) {
    const { ctx, sx, sy, width, height, dense } = this;
    const s = sizeAt(this.cam.k), ringed: [i: number, r: number][] = [];
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    for (let i = 0; i < this.view.marks.length; i++) {
      const x = sx[i], y = sy[i], m = this.view.marks[i];
      if (x < -40 || y < -40 || x > width + 40 || y > height + 40) continue;
      const r = Math.round(this.radii[i] * s * 2) / 2;
      const stamp = this.stamp(m, r), half = stamp.width / 2;
      if (near) ctx.globalAlpha = near.has(i) ? 1 : 0.3;
      ctx.drawImage(stamp, Math.round(x * dense - half), Math.round(y * dense - half));
      if (m.pinned || this.emphasis.selected.has(m.id)) ringed.push([i, r]);
    }
    ctx.globalAlpha = 1;
    ctx.setTransform(dense, 0, 0, dense, 0, 0);
    for (const [i, r] of ringed) {
      const m = this.view.marks[i], at = { x: sx[i], y: sy[i] };
      if (m.pinned) this.ring(at, r + 1, 2, this.colours.ink);
      if (this.emphasis.selected.has(m.id)) this.ring(at, r + 4, 3, this.colours.accent);
    }
  }

  // stamp is a mark of one kind and size, drawn once and then copied.
  private stamp(m: Mark, r: number): ImageBitmap {
    const key = m.kind + r + (m.members ? "+" : "");
    const known = this.stamps.get(key);
    if (known) return known;
    const side = Math.ceil((r + (m.members ? 6 : 2)) * 2 * this.dense), half = side / this.dense / 2;
    const paper = new OffscreenCanvas(side, side), ctx = paper.getContext("2d")!;
    ctx.scale(this.dense, this.dense);
    ctx.translate(half, half);
    const disc = (radius: number, colour: string) => {
      ctx.beginPath();
      ctx.arc(0, 0, radius, 0, 6.2832);
      ctx.fillStyle = colour;
      ctx.fill();
    };
    if (m.members) disc(r + 5, kinds[m.kind].colour);
    if (m.members) disc(r + 3.5, this.colours.ground);
    disc(r + 1, this.colours.ground);
    disc(r, kinds[m.kind].colour);
    if (r >= signFrom) {
      ctx.scale(r / 13.5, r / 13.5);
      ctx.translate(-8, -8);
      ctx.fillStyle = "#fff";
      ctx.fill(new Path2D(kinds[m.kind].sign), "evenodd");
    }
    const made = paper.transferToImageBitmap();
    this.stamps.set(key, made);
    return made;
  }

  private ring(q: Point, r: number, width: number, colour: string) {
    this.ctx.beginPath();
    this.ctx.arc(q.x, q.y, r, 0, 6.2832);
    this.ctx.lineWidth = width;
    this.ctx.strokeStyle = colour;
    this.ctx.stroke();
  }

  private drawLabels(near?: Set<number>) {
    const { ctx } = this;
    const s = sizeAt(this.cam.k), grid = new Grid();
    const hovered = this.hovered && "mark" in this.hovered ? this.hovered.mark : "";
    const first = this.order.filter((i) => near?.has(i) || this.emphasis.selected.has(this.view.marks[i].id));
    const wanted: Wanted[] = [];
    for (const i of [...first, ...(near ? [] : this.order)]) {
      const m = this.view.marks[i], x = this.sx[i], y = this.sy[i];
      if (x < 0 || y < 0 || x > this.width || y > this.height) continue;
      const chosen = this.emphasis.selected.has(m.id);
      wanted.push({ text: chosen || m.id === hovered ? fullLabel(m) : labelOf(m), x, y, r: this.radii[i] * s + (chosen ? 6 : 0) });
      if (wanted.length >= mostTries) break;
    }
    if (this.view.marks.length < 1500)
      this.view.marks.forEach((_, i) => {
        const x = this.sx[i], y = this.sy[i], r = this.radii[i] * s * 0.8;
        if (x > 0 && y > 0 && x < this.width && y < this.height) grid.claim([x - r, y - r, x + r, y + r]);
      });
    ctx.font = font;
    ctx.textBaseline = "middle";
    const widthOf = (text: string) => this.widths.get(text) ?? (this.widths.set(text, ctx.measureText(text).width), this.widths.get(text)!);
    const names = place(unique(wanted), grid, widthOf, mostLabels, [4, 4, this.width - 4, this.height - 4]);
    const words = place(this.lineWords(), grid, widthOf, 24, [4, 4, this.width - 4, this.height - 4]);
    ctx.fillStyle = this.colours.halo;
    for (const l of [...names, ...words]) ctx.fillRect(l.x - 2, l.y - 7.5, l.width + 4, 15);
    ctx.fillStyle = this.colours.ink;
    for (const l of names) ctx.fillText(l.text, l.x, l.y + 0.5);
    ctx.fillStyle = this.colours.accent;
    for (const l of words) ctx.fillText(l.text, l.x, l.y + 0.5);
  }

  // lineWords are the predicates, written on the lines that stand out.
  private lineWords(): Wanted[] {
    return this.view.lines.filter(this.standing()).slice(0, 60).map((l) => {
      const said = [...new Set(l.facts.map((f) => predicates[f.predicate]))];
      const text = said.length > 2 ? `${said[0]} +${said.length - 1}` : said.join(", ");
      return { text, x: (this.sx[l.a] + this.sx[l.b]) / 2, y: (this.sy[l.a] + this.sy[l.b]) / 2, r: 2 };
    });
  }
}

const fullLabel = (m: Mark) => (m.members ? labelOf(m) : m.name.slice(0, 120));

export const labelOf = (m: Mark) => (m.members ? `${m.members.length} ${kinds[m.kind].many}` : shorten(m.name));

const round = (n: number, to: number) => Math.round(n * to) / to;
const weight = (m: Mark) => (m.members ? 1000 : 0) + m.degree;
const min = (list: number[]) => list.reduce((a, b) => Math.min(a, b), Infinity);
const max = (list: number[]) => list.reduce((a, b) => Math.max(a, b), -Infinity);

function unique(list: Wanted[]): Wanted[] {
  const seen = new Set<string>();
  return list.filter((w) => {
    const key = w.x + "," + w.y;
    return !seen.has(key) && seen.add(key);
  });
}

// head adds a triangle to the path: its tip, the way it points, its size.
function head(ctx: CanvasRenderingContext2D, x: number, y: number, dx: number, dy: number, long: number, wide: number) {
  ctx.moveTo(x, y);
  ctx.lineTo(x - dx * long - dy * wide, y - dy * long + dx * wide);
  ctx.lineTo(x - dx * long + dy * wide, y - dy * long - dx * wide);
}

function toSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax, dy = by - ay;
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + t * dx - x, ay + t * dy - y);
}
