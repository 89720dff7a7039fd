// The frame of the page: search above, filters left, the answer, network or
// table in the middle, evidence right, time below.
import { h, type ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { inWords } from "./agreement";
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
import type { Picture } from "./picture";
import { Search } from "./search";
import { Stage, theRenderer } from "./stage";
import { back, canRedo, canUndo, closePanels, inform, open, redo, set, undo, useApp, type Panel, type Tab } from "./state";
import { Table } from "./table";
import * as takeaway from "./takeaway";
import { Timeline } from "./timeline";
import { DocumentsPanel, upload } from "./upload";
import { viewOf } from "./view";

// countOf says how many entities the picture shows, and of how many where
// filters or hiding keep some out.
function countOf(p: Picture): string {
  const shown = viewOf(p).entities.length, all = p.entities.size;
  return shown === all ? String(all) : `${shown} of ${all}`;
}

const tabs: [Tab, string][] = [["ask", "Ask"], ["graph", "Graph"], ["table", "Table"]];

export function App() {
  const { locked, tab, panels, sheet, picture, question } = useApp();
  const panel = panels[panels.length - 1];
  useEffect(() => void (document.title = question ? `${inWords(question)} · Entente` : "Entente"), [question]);
  const full = picture.entities.size > 0 && tab !== "ask";
  if (locked) return <Locked />;
  return (
    <div class={`frame tab-${tab}` + (panel ? " with-panel" : "") + (full ? " with-picture" : "") + (sheet ? " sheet-" + sheet : "")}
      onDragOver={(e: DragEvent) => e.preventDefault()} onDrop={(e: DragEvent) => { e.preventDefault(); upload([...(e.dataTransfer?.files ?? [])]); }}>
      <Top />
      {full && <aside class="side scroll" aria-label="Filters"><FilterPanel /></aside>}
      <main>
        <nav class="tabs" aria-label="Views">
          {tabs.map(([t, name]) => <button aria-current={tab === t ? "page" : undefined} onClick={() => set({ tab: t })}>{name}{t === "graph" && picture.entities.size > 0 && <span class="count">{countOf(picture)}</span>}</button>)}
          <span class="push" />
          {full && <button class="small-only" aria-label="Filters" aria-pressed={sheet === "filters"} onClick={() => set({ sheet: sheet === "filters" ? "" : "filters" })}><Icon shape="filter" /></button>}
          {full && <button class="small-only" aria-label="Timeline" aria-pressed={sheet === "timeline"} onClick={() => set({ sheet: sheet === "timeline" ? "" : "timeline" })}><Icon shape="time" /></button>}
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
      <Tool shape="documents" label="Documents" named deed={showDocuments} />
      <Tool shape="share" label="Copy a link to this picture" deed={share} />
      <TakeAway />
      <Tool shape="theme" label="Light or dark" deed={turnTheme} />
      <Tool shape="help" label="Keys" deed={showHelp} />
      <Menu shape="more" label="More">
        <button onClick={showDocuments}>Documents</button>
        <button onClick={share}>Copy a link to this picture</button>
        <button onClick={turnTheme}>Light or dark</button>
        <button onClick={showHelp}>Keys</button>
      </Menu>
    </header>
  );
}

const showDocuments = () => open({ show: "documents" });
const showHelp = () => set({ help: true });

interface ToolProps {
  shape: Shape;
  label: string;
  named?: boolean; // the label is written beside the icon where there is room
  disabled?: boolean;
  deed: () => unknown;
}

function Tool({ shape, label, named, deed, disabled }: ToolProps) {
  return <button class={"bare tool-" + shape} title={label} aria-label={label} disabled={disabled} onClick={() => void deed()}><Icon shape={shape} />{named && <span class="wide-only">{label}</span>}</button>;
}

async function share() {
  try {
    await navigator.clipboard.writeText(location.href);
    inform("The link is copied");
  } catch {
    window.prompt("The link to this picture", location.href);
  }
}

// Menu is a button with a list below it, which closes with a choice, a click
// elsewhere, or Escape.
function Menu({ shape, label, children }: { shape: Shape; label: string; children: ComponentChildren }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const shut = () => void (menu.current!.open = false);
  useEffect(() => {
    const elsewhere = (e: Event) => menu.current!.contains(e.target as Node) || shut();
    addEventListener("pointerdown", elsewhere);
    return () => removeEventListener("pointerdown", elsewhere);
  }, []);
  const key = (e: KeyboardEvent) => {
    if (e.key !== "Escape" || !menu.current!.open) return;
    e.stopPropagation();
    shut();
    menu.current!.querySelector("summary")!.focus();
  };
  return (
    <details class={"menu tool-" + shape} ref={menu} onKeyDown={key}>
      <summary title={label} aria-label={label}><Icon shape={shape} /></summary>
      <div onClick={(e: Event) => (e.target as HTMLElement).closest("button") && shut()}>{children}</div>
    </details>
  );
}

function TakeAway() {
  const { picture: p, tab } = useApp();
  const none = p.entities.size === 0;
  const save = (name: string, type: string, content: (p: Picture) => string) => () => takeaway.save(name, type, content(p));
  return (
    <Menu shape="save" label="Take the picture away">
      {none && <p class="quiet">The picture is empty.</p>}
      <button disabled={none || tab !== "graph"} title={tab === "graph" ? "" : "Go to Graph first"} onClick={async () => takeaway.save("picture.png", "image/png", await theRenderer()!.png())}>PNG, as it is seen</button>
      <button disabled={none} onClick={save("picture.svg", "image/svg+xml", takeaway.svg)}>SVG</button>
      <button disabled={none} onClick={save("facts.csv", "text/csv", takeaway.factsCSV)}>CSV of the facts</button>
      <button disabled={none} onClick={save("picture.graphml", "application/xml", takeaway.graphml)}>GraphML</button>
      <button disabled={none} onClick={save("picture.json", "application/json", takeaway.json)}>JSON</button>
    </Menu>
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
