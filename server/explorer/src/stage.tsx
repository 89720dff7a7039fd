// The stage: the network, its buttons, and what a selection can be told to do.
import { h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { CanvasRenderer } from "./canvas";
import { Icon, Sign } from "./icon";
import { kindOrder, kinds } from "./kind";
import { keep, onCamera } from "./link";
import { toggleBundle } from "./picture";
import { listenToPointers } from "./pointer";
import type { Renderer } from "./renderer";
import { change, get, useApp } from "./state";
import { viewOf } from "./view";

let renderer: Renderer | undefined;
export const theRenderer = () => renderer;

// pending is where a link wants to look before there is a stage to look from.
let pending: Renderer["camera"] | undefined;
onCamera(() => renderer?.camera, (c) => { pending = c; if (renderer) renderer.camera = c; });

export function Stage() {
  const { picture, selected, line, lit } = useApp();
  const host = useRef<HTMLDivElement>(null);
  const view = viewOf(picture);

  useEffect(() => {
    const r = (renderer = new CanvasRenderer(keep));
    r.element.tabIndex = 0;
    r.element.setAttribute("role", "application");
    r.element.setAttribute("aria-label", "Network. The arrows go to neighbours; the table has the same in words.");
    host.current!.append(r.element);
    const off = listenToPointers(r);
    const sized = new ResizeObserver(() => r.resize());
    sized.observe(host.current!);
    r.resize();
    return () => {
      off();
      sized.disconnect();
      pending = r.camera;
      r.destroy();
      r.element.remove();
      renderer = undefined;
    };
  }, []);

  const before = useRef(0);
  useEffect(() => {
    if (!renderer) return;
    const bright = new Set(lit.length ? view.lines.filter((l) => l.facts.some((f) => lit.includes(f.id))).map((l) => l.id) : []);
    renderer.show(view, { selected: new Set(selected), line, bright }, (id) => picture.places.get(picture.cameFrom.get(id) ?? ""));
    const grown = picture.entities.size > before.current;
    before.current = picture.entities.size;
    if (pending) {
      renderer.resize(); // the panels beside it may have come just now
      renderer.camera = pending;
      if (view.marks.length) pending = undefined;
    } else if (grown && !allSeen(view.marks.map((m) => m.at))) renderer.fit();
  }, [picture, selected, line, lit]);

  // A panel that opens may cover what was selected; a second click comes first.
  const last = selected[selected.length - 1];
  useEffect(() => {
    if (!last) return;
    const timer = setTimeout(() => centre(last), 400);
    return () => clearTimeout(timer);
  }, [last]);

  const here = new Set(view.marks.map((m) => m.kind));
  return (
    <div class="stage">
      <div class="canvas" ref={host} />
      {picture.entities.size === 0 && <p class="empty quiet">Nothing is on the canvas yet. Search for a name and press Shift+Enter, or ask a question and put the answer here.</p>}
      <div class="tools" role="group" aria-label="View">
        <button title="Zoom in (+)" aria-label="Zoom in" onClick={() => zoom(1.3)}><Icon shape="plus" /></button>
        <button title="Zoom out (-)" aria-label="Zoom out" onClick={() => zoom(1 / 1.3)}><Icon shape="minus" /></button>
        <button title="Fit (F)" aria-label="Fit" onClick={() => renderer?.fit()}><Icon shape="fit" /></button>
      </div>
      <div class="legend">
        {kindOrder.filter((k) => here.has(k)).map((k) => <span><Sign kind={k} size={16} /> {kinds[k].one}</span>)}
        {view.lines.some((l) => l.weak) && <span><svg width="22" height="8" aria-hidden="true"><path d="M0 4h22" stroke="currentColor" stroke-dasharray="5 4" /></svg> weak: one document, not very certain</span>}
        {[...picture.unfolded].map((b) => <button class="link" onClick={() => change("Fold a bundle", (p) => toggleBundle(p, b))}>Fold the {kinds[b.split(":")[2] as keyof typeof kinds].many} of {picture.entities.get(b.split(":")[1])?.name}</button>)}
      </div>
    </div>
  );
}

export function zoom(by: number) {
  if (renderer) renderer.camera = { ...renderer.camera, k: renderer.camera.k * by };
}

function allSeen(places: { x: number; y: number }[]): boolean {
  const box = renderer!.element.getBoundingClientRect();
  return places.every((p) => {
    const q = renderer!.toScreen(p);
    return q.x > 10 && q.y > 10 && q.x < box.width - 10 && q.y < box.height - 10;
  });
}

// centre moves the camera so that an entity is seen.
export function centre(id: string) {
  const at = get().picture.places.get(id);
  if (!renderer || !at) return;
  const q = renderer.toScreen(at), box = renderer.element.getBoundingClientRect();
  if (q.x < 40 || q.y < 40 || q.x > box.width - 40 || q.y > box.height - 40) renderer.camera = { ...renderer.camera, x: at.x, y: at.y };
}
