// The network on a Canvas2D: lines in batches of one style, marks in batches of
// one colour, signs where there is room for them, labels last.
import type { Point } from "./graph";
import { kinds, kindOrder } from "./kind";
import { Grid, place, shorten, type Wanted } from "./label";
import { predicates } from "./predicate";
import { calm, radiusOf, sizeAt, widthOf, type Camera, type Emphasis, type Hit, type Renderer } from "./renderer";
import type { Line, Mark, View } from "./view";

const moveTime = 320; // milliseconds that a mark takes to its place
const mostLabels = 90;
const mostTries = 500; // marks that a label is tried for in one frame
const signFrom = 7; // pixels of radius
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
  private now: Point[] = []; // where each mark is drawn
  private start: Point[] = [];
  private began = 0;
  private frame = 0;
  private order: number[] = []; // of marks, for labels: the weightiest first
  private widths = new Map<string, number>();
  private width = 0;
  private height = 0;
  private colours!: Colours;
  private signs = new Map(kindOrder.map((k) => [k, new Path2D(kinds[k].sign)]));

  constructor(private onDraw: () => void) {
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
    this.now[i] = this.start[i] = this.view.marks[i].at = to;
    this.wake();
  }

  toPicture = (x: number, y: number): Point => ({ x: (x - this.width / 2) / this.cam.k + this.cam.x, y: (y - this.height / 2) / this.cam.k + this.cam.y });
  toScreen = (p: Point): Point => ({ x: (p.x - this.cam.x) * this.cam.k + this.width / 2, y: (p.y - this.cam.y) * this.cam.k + this.height / 2 });

  fit() {
    if (this.view.marks.length === 0) return;
    const xs = this.view.marks.map((m) => m.at.x), ys = this.view.marks.map((m) => m.at.y);
    const [left, right, top, bottom] = [min(xs), max(xs), min(ys), max(ys)];
    const k = Math.min((this.width - 150) / (right - left + 60), (this.height - 110) / (bottom - top + 60), 1.5);
    this.camera = { x: (left + right) / 2, y: (top + bottom) / 2, k: Math.max(0.05, k) };
  }

  resize() {
    const box = this.element.getBoundingClientRect();
    const dense = Math.min(2, devicePixelRatio || 1);
    if (box.width === 0 || box.height === 0) return;
    this.width = box.width;
    this.height = box.height;
    this.element.width = Math.round(box.width * dense);
    this.element.height = Math.round(box.height * dense);
    this.ctx.setTransform(dense, 0, 0, dense, 0, 0);
    this.draw();
  }

  recolour() {
    const css = getComputedStyle(document.documentElement);
    const of = (name: string) => css.getPropertyValue(name).trim();
    this.colours = { ground: of("--ground"), ink: of("--ink"), line: of("--edge"), accent: of("--accent"), halo: of("--halo") };
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
    const s = sizeAt(this.cam.k);
    let nearest: Mark | undefined, distance = Infinity;
    this.view.marks.forEach((m, i) => {
      const q = this.toScreen(this.now[i]);
      const d = Math.hypot(q.x - x, q.y - y) - Math.max(8, this.radius(m) * s);
      if (d < 3 && d < distance) [nearest, distance] = [m, d];
    });
    if (nearest) return { mark: nearest.id, members: nearest.members };
    let line: Line | undefined;
    distance = 6;
    for (const l of this.view.lines) {
      const d = toSegment(x, y, this.toScreen(this.now[l.a]), this.toScreen(this.now[l.b]));
      if (d < distance) [line, distance] = [l, d];
    }
    return line && { line: line.id, facts: line.facts.map((f) => f.id) };
  }

  private radius = (m: Mark) => radiusOf(m.degree, m.members?.length);

  private wake() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private draw() {
    const t = Math.min(1, (performance.now() - this.began) / moveTime);
    const ease = 1 - (1 - t) ** 3;
    this.view.marks.forEach((m, i) => {
      const s = this.start[i], n = this.now[i];
      n.x = s.x + (m.at.x - s.x) * ease;
      n.y = s.y + (m.at.y - s.y) * ease;
    });
    const { ctx } = this;
    ctx.fillStyle = this.colours.ground;
    ctx.fillRect(0, 0, this.width, this.height);
    const near = this.nearHovered();
    this.drawLines(near);
    this.drawMarks(near);
    this.drawLabels(near);
    if (t < 1) this.wake();
    this.onDraw();
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

  private stands(l: Line): boolean {
    const { selected, line, bright } = this.emphasis;
    const hovered = this.hovered && ("line" in this.hovered ? this.hovered.line === l.id : l.a === this.view.index.get(this.hovered.mark) || l.b === this.view.index.get(this.hovered.mark));
    return hovered || l.id === line || bright.has(l.id) || selected.has(this.view.marks[l.a].id) || selected.has(this.view.marks[l.b].id);
  }

  private drawLines(near?: Set<number>) {
    const { ctx } = this;
    const batches = new Map<string, { width: number; weak: boolean; strong: boolean; faint: boolean; lines: Line[] }>();
    for (const l of this.view.lines) {
      const strong = this.stands(l), faint = !!near && !strong, width = widthOf(l.sentences);
      const key = `${strong}${faint}${l.weak}${width}`;
      (batches.get(key) ?? batches.set(key, { width, weak: l.weak, strong, faint, lines: [] }).get(key)!).lines.push(l);
    }
    for (const b of [...batches.values()].sort((x, y) => Number(x.strong) - Number(y.strong))) {
      ctx.globalAlpha = b.faint ? 0.25 : 1;
      ctx.strokeStyle = b.strong ? this.colours.accent : this.colours.line;
      ctx.lineWidth = b.width * Math.min(1.3, Math.max(0.75, this.cam.k));
      ctx.setLineDash(b.weak ? [5, 4] : []);
      ctx.beginPath();
      for (const l of b.lines) {
        const a = this.toScreen(this.now[l.a]), c = this.toScreen(this.now[l.b]);
        if ((a.x < 0 && c.x < 0) || (a.y < 0 && c.y < 0) || (a.x > this.width && c.x > this.width) || (a.y > this.height && c.y > this.height)) continue;
        ctx.moveTo(a.x, a.y);
        ctx.lineTo(c.x, c.y);
      }
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  private drawMarks(near?: Set<number>) {
    for (const faint of near ? [true, false] : [false]) {
      this.ctx.globalAlpha = faint ? 0.3 : 1;
      const of = new Map<string, number[]>();
      this.view.marks.forEach((m, i) => {
        if (near && near.has(i) === faint) return;
        (of.get(m.kind) ?? of.set(m.kind, []).get(m.kind)!).push(i);
      });
      for (const k of kindOrder) this.drawKind(k, of.get(k) ?? []);
    }
    this.ctx.globalAlpha = 1;
  }

  private drawKind(kind: Mark["kind"], marks: number[]) {
    const { ctx, width, height } = this;
    const s = sizeAt(this.cam.k);
    const seen = marks.map((i) => ({ i, m: this.view.marks[i], q: this.toScreen(this.now[i]), r: this.radius(this.view.marks[i]) * s }))
      .filter(({ q, r }) => q.x > -r && q.y > -r && q.x < width + r && q.y < height + r);
    ctx.beginPath();
    for (const { m, q, r } of seen) {
      ctx.moveTo(q.x + r, q.y);
      ctx.arc(q.x, q.y, r, 0, 6.2832);
      if (m.members) {
        ctx.moveTo(q.x + r + 4, q.y);
        ctx.arc(q.x, q.y, r + 4, 0, 6.2832);
        ctx.arc(q.x, q.y, r + 2, 6.2832, 0, true);
      }
    }
    ctx.fillStyle = kinds[kind].colour;
    ctx.fill();
    if (seen.length < 1500) {
      ctx.strokeStyle = this.colours.ground;
      ctx.lineWidth = 1.5;
      ctx.stroke();
    }
    const signs = new Path2D();
    for (const { q, r, m } of seen) {
      if (r >= signFrom) signs.addPath(this.signs.get(kind)!, new DOMMatrix([r / 14, 0, 0, r / 14, q.x - (r * 8) / 14, q.y - (r * 8) / 14]));
      if (m.pinned) this.ring(q, r + 1, 2, this.colours.ink);
      if (this.emphasis.selected.has(m.id)) this.ring(q, r + 4, 3, this.colours.accent);
    }
    ctx.fillStyle = "#fff";
    ctx.fill(signs, "evenodd");
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
    const first = this.order.filter((i) => near?.has(i) || this.emphasis.selected.has(this.view.marks[i].id));
    const wanted: Wanted[] = [];
    for (const i of [...first, ...(near ? [] : this.order)]) {
      const m = this.view.marks[i], q = this.toScreen(this.now[i]);
      if (q.x < 0 || q.y < 0 || q.x > this.width || q.y > this.height) continue;
      wanted.push({ text: labelOf(m), x: q.x, y: q.y, r: this.radius(m) * s });
      if (wanted.length >= mostTries) break;
    }
    if (this.view.marks.length < 1500)
      this.view.marks.forEach((m, i) => {
        const q = this.toScreen(this.now[i]), r = this.radius(m) * s * 0.8;
        grid.claim([q.x - r, q.y - r, q.x + r, q.y + r]);
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
    return this.view.lines.filter((l) => this.stands(l)).slice(0, 60).map((l) => {
      const a = this.toScreen(this.now[l.a]), b = this.toScreen(this.now[l.b]);
      const said = [...new Set(l.facts.map((f) => predicates[f.predicate]))];
      const text = said.length > 2 ? `${said[0]} +${said.length - 1}` : said.join(", ");
      return { text, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, r: 2 };
    });
  }
}

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

function toSegment(x: number, y: number, a: Point, b: Point): number {
  const dx = b.x - a.x, dy = b.y - a.y;
  const t = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(a.x + t * dx - x, a.y + t * dy - y);
}
