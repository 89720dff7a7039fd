// The facts of the picture through time, stacked by the kind that they lead to.
// A brush over the years filters everything.
import { h } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Fact } from "./graph";
import { counted, kindOrder, kinds, type Kind } from "./kind";
import { filter, type Picture } from "./picture";
import { change, useApp } from "./state";
import { passes } from "./view";

const fewest = 12; // years, so that a single one is no wall

interface Year {
  year: number;
  of: Map<Kind, number>;
  total: number;
}

// kindOf is the kind that tells most about a fact: the rarer of its two ends.
const telling: Kind[] = ["AGREEMENT", "EVENT", "TOPIC", "PERSON", "PLACE", "ORGANISATION", "COUNTRY"];
function kindOf(f: Fact, p: Picture): Kind {
  const ends = [p.entities.get(f.subject)?.kind, p.entities.get(f.object)?.kind];
  return telling.find((k) => ends.includes(k)) ?? "TOPIC";
}

function yearsOf(p: Picture): Year[] {
  const without = { ...p.filters, from: "", to: "" };
  const years = new Map<number, Year>();
  for (const f of p.facts.values()) {
    if (!f.date || !passes(f, without)) continue;
    const year = Number(f.date.slice(0, 4)), kind = kindOf(f, p);
    const y = years.get(year) ?? { year, of: new Map(), total: 0 };
    y.of.set(kind, (y.of.get(kind) ?? 0) + 1);
    y.total++;
    years.set(year, y);
  }
  if (!years.size) return [];
  const last = Math.max(...years.keys()), first = Math.min(...years.keys(), last - fewest + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => years.get(first + i) ?? { year: first + i, of: new Map(), total: 0 });
}

export function Timeline() {
  const { picture } = useApp();
  const [brush, setBrush] = useState<[number, number]>();
  const begun = useRef(0); // the year where the brush was put down
  const svg = useRef<SVGSVGElement>(null);
  const years = yearsOf(picture);
  if (!years.length) return <p class="quiet timeline none">Nothing in the picture has a date.</p>;
  const { from, to } = picture.filters;
  const first = years[0].year, n = years.length, most = Math.max(...years.map((y) => y.total));
  const undated = [...picture.facts.values()].filter((f) => !f.date && passes(f, { ...picture.filters, from: "", to: "" })).length;
  const inside = (y: number) => (!from || y >= Number(from.slice(0, 4))) && (!to || y <= Number(to.slice(0, 4)));
  const set = (a: number, b: number) => change(`Only ${a} to ${b}`, (p) => filter(p, { from: String(a), to: String(b) }));
  const yearAt = (e: PointerEvent) => {
    const box = svg.current!.getBoundingClientRect();
    return first + Math.max(0, Math.min(n - 1, Math.floor(((e.clientX - box.left) / box.width) * n)));
  };
  const [low, high] = brush ? [Math.min(...brush), Math.max(...brush)] : from || to ? [Number((from || String(first)).slice(0, 4)), Number((to || String(first + n - 1)).slice(0, 4))] : [0, 0];
  const key = (e: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (e.key === "Escape" && (from || to)) return change("All years", (p) => filter(p, { from: "", to: "" }));
    if (!step) return;
    e.preventDefault();
    const [a, b] = low ? [low, high] : [first, first + n - 1];
    if (e.shiftKey) set(a, Math.max(a, b + step));
    else if (low) set(a + step, b + step);
    else set(step > 0 ? a + 1 : a, step > 0 ? b : b - 1);
  };
  const every = Math.ceil(n / (innerWidth > 800 ? 12 : 6));
  return (
    <div class="timeline">
      <div class="head">
        <h2>Timeline</h2>
        <span class="quiet">{low ? `${low} to ${high}` : `${first} to ${first + n - 1}`} · at most {counted(most, "fact")} a year{undated > 0 && ` · ${undated} undated ${low ? "left out" : "not shown"}`}</span>
        {(from || to) && <button class="link" onClick={() => change("All years", (p) => filter(p, { from: "", to: "" }))}>All years</button>}
      </div>
      <svg ref={svg} viewBox={`0 0 ${n} 40`} preserveAspectRatio="none" tabIndex={0} role="slider" aria-label="Years that are shown"
        aria-valuemin={first} aria-valuemax={first + n - 1} aria-valuenow={low || first} aria-valuetext={low ? `${low} to ${high}` : "all years"} onKeyDown={key}
        onPointerDown={(e: PointerEvent) => { svg.current!.setPointerCapture(e.pointerId); begun.current = yearAt(e); setBrush([yearAt(e), yearAt(e)]); }}
        onPointerMove={(e: PointerEvent) => begun.current && setBrush([begun.current, yearAt(e)])}
        onPointerUp={(e: PointerEvent) => { if (begun.current) set(Math.min(begun.current, yearAt(e)), Math.max(begun.current, yearAt(e))); begun.current = 0; setBrush(undefined); }}
        onPointerCancel={() => { begun.current = 0; setBrush(undefined); }}>
        {low > 0 && <rect class="brush" x={low - first} width={high - low + 1} y="0" height="40" />}
        {years.map((y, i) => {
          let top = 40;
          return kindOrder.filter((k) => y.of.has(k)).map((k) => {
            const tall = (y.of.get(k)! / most) * 38;
            top -= tall;
            return <rect x={i + 0.1} width="0.8" y={top} height={tall} fill={kinds[k].colour} opacity={inside(y.year) ? 1 : 0.25}><title>{`${y.year}: ${y.total}`}</title></rect>;
          });
        })}
      </svg>
      <div class="years" aria-hidden="true">{years.filter((_, i) => i % every === 0).map((y) => <span style={{ left: ((y.year - first + 0.5) / n) * 100 + "%" }}>{y.year}</span>)}</div>
    </div>
  );
}
