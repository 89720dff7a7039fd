// The picture as files, for other programs and for paper.
import { kinds } from "./kind";
import { place, Grid } from "./label";
import { labelOf } from "./canvas";
import type { Picture } from "./picture";
import { predicates } from "./predicate";
import { radiusOf, widthOf } from "./renderer";
import { viewOf } from "./view";

export function save(name: string, type: string, content: string | Blob) {
  const a = document.createElement("a");
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  a.href = url;
  a.download = "entente-" + name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// csv quotes every cell (RFC 4180), and disarms what a spreadsheet would take
// for a formula.
export function csv(head: string[], rows: (string | number)[][]): string {
  const cell = (v: string | number) => {
    const text = typeof v === "string" && /^[=+\-@\t\r]/.test(v) ? "'" + v : String(v);
    return `"${text.replaceAll('"', '""')}"`;
  };
  return [head, ...rows].map((r) => r.map(cell).join(",")).join("\r\n") + "\r\n";
}

const xml = (s: unknown) => String(s ?? "").replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "").replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

export function shown(p: Picture) {
  const view = viewOf(p);
  return { entities: view.entities, facts: view.facts };
}

export function factsCSV(p: Picture): string {
  const name = (id: string) => p.entities.get(id)?.name ?? "";
  return csv(["subject", "predicate", "object", "date", "until", "confidence", "documents", "sentences", "fact id", "subject id", "object id"],
    shown(p).facts.map((f) => [name(f.subject), f.predicate, name(f.object), f.date ?? "", f.until ?? "", f.confidence, f.sources, f.sentences, f.id, f.subject, f.object]));
}

export function json(p: Picture): string {
  const { entities, facts } = shown(p);
  return JSON.stringify({ entities: entities.map((e) => ({ ...e, ...p.places.get(e.id) })), facts }, null, 2) + "\n";
}

export function graphml(p: Picture): string {
  const { entities, facts } = shown(p);
  const nodeKeys = ["name", "kind", "date", "x", "y"], edgeKeys = ["predicate", "date", "until", "confidence", "documents"];
  const data = (key: string, value: unknown) => (value === null || value === undefined || value === "" ? "" : `<data key="${key}">${xml(value)}</data>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
${nodeKeys.map((k) => `<key id="n_${k}" for="node" attr.name="${k}" attr.type="${k === "x" || k === "y" ? "double" : "string"}"/>`).join("\n")}
${edgeKeys.map((k) => `<key id="e_${k}" for="edge" attr.name="${k}" attr.type="${k === "confidence" ? "double" : k === "documents" ? "int" : "string"}"/>`).join("\n")}
<graph edgedefault="directed">
${entities.map((e) => `<node id="${xml(e.id)}">${data("n_name", e.name)}${data("n_kind", e.kind)}${data("n_date", e.date)}${data("n_x", p.places.get(e.id)?.x)}${data("n_y", p.places.get(e.id)?.y)}</node>`).join("\n")}
${facts.map((f) => `<edge id="${xml(f.id)}" source="${xml(f.subject)}" target="${xml(f.object)}">${data("e_predicate", f.predicate)}${data("e_date", f.date)}${data("e_until", f.until)}${data("e_confidence", f.confidence)}${data("e_documents", f.sources)}</edge>`).join("\n")}
</graph>
</graphml>
`;
}

// svg draws the whole picture on paper, at scale 1.
export function svg(p: Picture): string {
  const { marks, lines } = viewOf(p);
  const pad = 120;
  const bound = (f: (...n: number[]) => number, axis: "x" | "y", start: number) => marks.reduce((v, m) => f(v, m.at[axis]), start);
  const left = bound(Math.min, "x", 1e9) - pad, top = bound(Math.min, "y", 1e9) - pad;
  const width = bound(Math.max, "x", -1e9) + pad - left, height = bound(Math.max, "y", -1e9) + pad - top;
  const grid = new Grid();
  const radius = (i: number) => radiusOf(marks[i].degree, marks[i].members?.length);
  marks.forEach((m, i) => grid.claim([m.at.x - left - radius(i), m.at.y - top - radius(i), m.at.x - left + radius(i), m.at.y - top + radius(i)]));
  const labels = place(marks.map((m, i) => ({ text: labelOf(m), x: m.at.x - left, y: m.at.y - top, r: radius(i) })), grid, (t) => t.length * 6.6, Infinity, [0, 0, width, height]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
${lines.map((l) => `<line x1="${marks[l.a].at.x - left}" y1="${marks[l.a].at.y - top}" x2="${marks[l.b].at.x - left}" y2="${marks[l.b].at.y - top}" stroke="#b5bdc9" stroke-width="${widthOf(l.sentences)}"${l.weak ? ' stroke-dasharray="5 4"' : ""}><title>${xml(l.facts.map((f) => predicates[f.predicate]).join(", "))}</title></line>`).join("\n")}
${marks.map((m, i) => `<g transform="translate(${m.at.x - left} ${m.at.y - top})"><title>${xml(m.members ? labelOf(m) : m.name)}</title><circle r="${radius(i)}" fill="${kinds[m.kind].colour}"/><path d="${kinds[m.kind].sign}" fill="#fff" fill-rule="evenodd" transform="scale(${radius(i) / 14}) translate(-8 -8)"/></g>`).join("\n")}
${labels.map((l) => `<text x="${l.x}" y="${l.y + 4}" fill="#1c2330">${xml(l.text)}</text>`).join("\n")}
</svg>
`;
}
