// Mouse, pen and fingers on the network: hover, click, drag a mark, drag the
// ground, wheel and pinch to zoom.
import { selectLine, select, deselect } from "./deed";
import { move, toggleBundle } from "./picture";
import type { Hit, Renderer } from "./renderer";
import { change, get, open } from "./state";

const slack = 4; // pixels that a click may wander

export function listenToPointers(r: Renderer): () => void {
  const at = (e: { clientX: number; clientY: number }) => {
    const box = r.element.getBoundingClientRect();
    return { x: e.clientX - box.left, y: e.clientY - box.top };
  };
  const down = new Map<number, { x: number; y: number }>();
  let held: Hit | undefined, moved = false, spread = 0;

  const on = <K extends keyof HTMLElementEventMap>(name: K, then: (e: HTMLElementEventMap[K]) => void) => {
    r.element.addEventListener(name, then, { passive: false });
    return () => r.element.removeEventListener(name, then);
  };

  const zoom = (x: number, y: number, by: number) => {
    const before = r.toPicture(x, y);
    r.camera = { ...r.camera, k: r.camera.k * by };
    const after = r.toPicture(x, y);
    r.camera = { ...r.camera, x: r.camera.x + before.x - after.x, y: r.camera.y + before.y - after.y };
  };

  const offs = [
    on("pointerdown", (e) => {
      if (e.button !== 0) return;
      r.element.setPointerCapture(e.pointerId);
      const q = at(e);
      down.set(e.pointerId, q);
      if (down.size === 1) [held, moved] = [r.hit(q.x, q.y), false];
      spread = 0;
    }),
    on("pointermove", (e) => {
      const q = at(e), was = down.get(e.pointerId);
      if (!was) {
        const hit = r.hit(q.x, q.y);
        r.hover(hit);
        r.element.style.cursor = hit ? "pointer" : "grab";
        return;
      }
      if (down.size === 2) {
        down.set(e.pointerId, q);
        const [a, b] = [...down.values()];
        const now = Math.hypot(a.x - b.x, a.y - b.y);
        if (spread) zoom((a.x + b.x) / 2, (a.y + b.y) / 2, now / spread);
        [spread, moved] = [now, true];
        return;
      }
      if (!moved && Math.hypot(q.x - was.x, q.y - was.y) < slack) return;
      moved = true;
      if (held && "mark" in held && !held.members) r.drag(held.mark, r.toPicture(q.x, q.y));
      else r.camera = { ...r.camera, x: r.camera.x - (q.x - was.x) / r.camera.k, y: r.camera.y - (q.y - was.y) / r.camera.k };
      down.set(e.pointerId, q);
    }),
    on("pointerup", (e) => {
      if (!down.has(e.pointerId)) return;
      const q = at(e);
      down.delete(e.pointerId);
      if (down.size > 0) return;
      if (!moved) return click(held, e.shiftKey || e.ctrlKey || e.metaKey);
      if (held && "mark" in held && !held.members) {
        const { mark } = held;
        change(`Move ${get().picture.entities.get(mark)?.name ?? ""}`, (p) => move(p, mark, r.toPicture(q.x, q.y)));
      }
    }),
    on("pointercancel", (e) => void down.delete(e.pointerId)),
    on("pointerleave", () => r.hover(undefined)),
    on("dblclick", (e) => {
      const q = at(e), hit = r.hit(q.x, q.y);
      if (hit && "mark" in hit && !hit.members) open({ show: "expander", id: hit.mark }, true);
    }),
    on("wheel", (e) => {
      e.preventDefault();
      const q = at(e);
      zoom(q.x, q.y, Math.exp(-Math.max(-60, Math.min(60, e.deltaY)) * (e.deltaMode ? 0.06 : 0.004)));
    }),
  ];
  return () => offs.forEach((off) => off());
}

function click(hit: Hit | undefined, more: boolean) {
  if (!hit) deselect();
  else if ("line" in hit) selectLine(hit.line, hit.facts);
  else if (hit.members) change("Unfold a bundle", (p) => toggleBundle(p, hit.mark));
  else select(hit.mark, more);
}
