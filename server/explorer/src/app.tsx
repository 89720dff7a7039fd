// The frame of the page: search above, filters left, the answer, network or
// table in the middle, evidence right, time below.
import { h, type ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Ask } from "./ask";
import { Help, Locked } from "./dialog";
import { DocumentPanel } from "./document";
import { EntityPanel } from "./entity";
import { EvidencePanel } from "./evidence";
import { Expander } from "./expander";
import { FilterPanel } from "./filter";
import { Icon, type Shape } from "./icon";
import { Notices } from "./notice";
import { PathPanel } from "./path";
import { Search } from "./search";
import { Stage, theRenderer } from "./stage";
import { back, canRedo, canUndo, closePanels, get, open, redo, set, undo, useApp, type Panel, type Tab } from "./state";
import { Table } from "./table";
import * as takeaway from "./takeaway";
import { Timeline } from "./timeline";
import { DocumentsPanel, upload } from "./upload";

const tabs: [Tab, string][] = [["ask", "Ask"], ["graph", "Graph"], ["table", "Table"]];

export function App() {
  const { locked, tab, panels, sheet, picture } = useApp();
  if (locked) return <Locked />;
  const panel = panels[panels.length - 1];
  const full = picture.entities.size > 0 && tab !== "ask";
  return (
    <div class={`frame tab-${tab}` + (panel ? " with-panel" : "") + (full ? " with-picture" : "") + (sheet ? " sheet-" + sheet : "")}
      onDragOver={(e: DragEvent) => e.preventDefault()} onDrop={(e: DragEvent) => { e.preventDefault(); upload([...(e.dataTransfer?.files ?? [])]); }}>
      <Top />
      {full && <aside class="side scroll" aria-label="Filters"><FilterPanel /></aside>}
      <main>
        <nav class="tabs" aria-label="Views">
          {tabs.map(([t, name]) => <button aria-current={tab === t ? "page" : undefined} onClick={() => set({ tab: t })}>{name}{t === "graph" && picture.entities.size > 0 && <span class="count">{picture.entities.size}</span>}</button>)}
          <span class="push" />
          {full && <button class="small-only" aria-label="Filters" onClick={() => set({ sheet: sheet === "filters" ? "" : "filters" })}><Icon shape="filter" /></button>}
          {full && <button class="small-only" aria-label="Timeline" onClick={() => set({ sheet: sheet === "timeline" ? "" : "timeline" })}><Icon shape="time" /></button>}
        </nav>
        {tab === "ask" ? <Ask /> : tab === "graph" ? <Stage /> : <Table />}
      </main>
      {panel && <Right panel={panel} depth={panels.length} />}
      {full && <section class="bottom" aria-label="Timeline"><Timeline /></section>}
      <Notices />
      <Help />
    </div>
  );
}

function Top() {
  useApp(); // undo and redo change with every step
  return (
    <header class="top">
      <button class="brand bare" onClick={() => set({ tab: "ask", question: undefined })}>Entente</button>
      <Search />
      <span class="push" />
      <Tool shape="undo" label={canUndo() ? `Undo: ${canUndo()}` : "Undo"} disabled={!canUndo()} deed={undo} />
      <Tool shape="redo" label={canRedo() ? `Redo: ${canRedo()}` : "Redo"} disabled={!canRedo()} deed={redo} />
      <Tool shape="documents" label="Documents" deed={() => open({ show: "documents" })} />
      <Share />
      <TakeAway />
      <Tool shape="theme" label="Light or dark" deed={turnTheme} />
      <Tool shape="help" label="Keys" deed={() => set({ help: true })} />
    </header>
  );
}

function Tool({ shape, label, deed, disabled }: { shape: Shape; label: string; deed: () => unknown; disabled?: boolean }) {
  return <button class={"bare tool-" + shape} title={label} aria-label={label} disabled={disabled} onClick={() => void deed()}><Icon shape={shape} /></button>;
}

function Share() {
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setDone(true);
      set({ said: "The link is copied" });
      setTimeout(() => setDone(false), 2000);
    } catch {
      window.prompt("The link to this picture", location.href);
    }
  };
  return <button class="bare" title="Copy a link to this picture" aria-label="Copy a link to this picture" onClick={copy}>{done ? "Copied" : <Icon shape="share" />}</button>;
}

function TakeAway() {
  const menu = useRef<HTMLDetailsElement>(null);
  const { picture, tab } = useApp();
  const take = (deed: () => unknown) => () => {
    menu.current!.open = false;
    void deed();
  };
  useEffect(() => {
    const shut = (e: Event) => menu.current?.contains(e.target as Node) || (menu.current!.open = false);
    addEventListener("pointerdown", shut);
    return () => removeEventListener("pointerdown", shut);
  }, []);
  const p = () => get().picture;
  const none = picture.entities.size === 0;
  return (
    <details class="menu" ref={menu}>
      <summary title="Take the picture away" aria-label="Take the picture away"><Icon shape="save" /></summary>
      <div>
        {none && <p class="quiet">The picture is empty.</p>}
        <button disabled={none || tab !== "graph"} onClick={take(async () => takeaway.save("picture.png", "image/png", await theRenderer()!.png()))}>PNG, as it is seen</button>
        <button disabled={none} onClick={take(() => takeaway.save("picture.svg", "image/svg+xml", takeaway.svg(p())))}>SVG</button>
        <button disabled={none} onClick={take(() => takeaway.save("facts.csv", "text/csv", takeaway.factsCSV(p())))}>CSV of the facts</button>
        <button disabled={none} onClick={take(() => takeaway.save("picture.graphml", "application/xml", takeaway.graphml(p())))}>GraphML</button>
        <button disabled={none} onClick={take(() => takeaway.save("picture.json", "application/json", takeaway.json(p())))}>JSON</button>
      </div>
    </details>
  );
}

function Right({ panel, depth }: { panel: Panel; depth: number }) {
  const box = useRef<HTMLElement>(null);
  const key = JSON.stringify(panel);
  useEffect(() => box.current?.scrollTo(0, 0), [key]);
  return (
    <aside class="right scroll" id="panel" tabIndex={-1} ref={box} aria-label="Details">
      <div class="panel-head">
        {depth > 1 ? <button class="bare" onClick={back}><Icon shape="back" /> Back</button> : <span />}
        <button class="bare" aria-label="Close" onClick={closePanels}><Icon shape="close" /></button>
      </div>
      <Shown panel={panel} />
    </aside>
  );
}

function Shown({ panel: p }: { panel: Panel }): ComponentChildren {
  switch (p.show) {
    case "entity":
      return <EntityPanel id={p.id} />;
    case "expander":
      return <Expander key={p.id} id={p.id} />;
    case "facts":
      return <EvidencePanel ids={p.ids} />;
    case "document":
      return <DocumentPanel id={p.id} start={p.start} end={p.end} />;
    case "paths":
      return <PathPanel from={p.from} to={p.to} />;
    case "documents":
      return <DocumentsPanel />;
  }
}

const themeKey = "entente-theme";

export function applyTheme() {
  const chosen = localStorage.getItem(themeKey);
  if (chosen) document.documentElement.dataset.theme = chosen;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => theRenderer()?.recolour());
}

function turnTheme() {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem(themeKey, dark ? "light" : "dark");
  theRenderer()?.recolour();
}
