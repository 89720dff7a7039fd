// The picture as a table: the same entities and facts in words, for whoever
// would rather read, sort and take away, or does not see the canvas.
import { h } from "preact";
import { useState } from "preact/hooks";
import { save, csv } from "./takeaway";
import { select, selectLine } from "./deed";
import { Sign } from "./icon";
import { counted, kinds } from "./kind";
import { hide } from "./picture";
import { predicates } from "./predicate";
import { change, open, set, useApp } from "./state";
import { pairOf, viewOf } from "./view";

type Column = { name: string; value: (row: any) => string | number; number?: boolean };
const pageful = 200;

export function Table() {
  const { picture, selected, line } = useApp();
  const [what, setWhat] = useState<"entities" | "facts">("entities");
  const [sort, setSort] = useState<{ by: number; down: boolean }>({ by: 0, down: false });
  const [shown, setShown] = useState(pageful);
  const view = viewOf(picture);
  const name = (id: string) => picture.entities.get(id)?.name ?? "";
  const columns: Column[] = what === "entities"
    ? [{ name: "Name", value: (e) => e.name }, { name: "Kind", value: (e) => kinds[e.kind as keyof typeof kinds].one }, { name: "Date", value: (e) => e.date ?? "" }, { name: "Facts in all", value: (e) => e.degree, number: true }]
    : [{ name: "Subject", value: (f) => name(f.subject) }, { name: "Relation", value: (f) => predicates[f.predicate as keyof typeof predicates] }, { name: "Object", value: (f) => name(f.object) },
      { name: "Date", value: (f) => f.date ?? "" }, { name: "Confidence", value: (f) => Math.round(f.confidence * 100) / 100, number: true }, { name: "Documents", value: (f) => f.sources, number: true }];
  const rows: any[] = what === "entities" ? [...view.entities] : [...view.facts];
  const by = columns[sort.by] ?? columns[0];
  rows.sort((a, b) => {
    const [x, y] = [by.value(a), by.value(b)];
    const order = typeof x === "number" ? x - (y as number) : x === "" || y === "" ? Number(x === "") - Number(y === "") : String(x).localeCompare(String(y), "en");
    return (sort.down ? -order : order) || (a.id < b.id ? -1 : 1);
  });
  const chosen = what === "entities" ? rows.filter((r) => selected.includes(r.id)) : [];
  const toSave = chosen.length ? chosen : rows;
  const tick = (id: string) => set({ selected: selected.includes(id) ? selected.filter((s) => s !== id) : [...selected, id] });
  const isSelected = (r: any) => (what === "entities" ? selected.includes(r.id) : line === pairOf(r));
  const pick = (r: any, more: boolean) => {
    if (what === "facts") return selectLine(pairOf(r), [r.id]);
    select(r.id, more);
  };
  return (
    <div class="table">
      <div class="row head">
        <div class="toggles" role="group" aria-label="What to list">
          <button aria-pressed={what === "entities"} onClick={() => setWhat("entities")}>{counted(view.entities.length, "entity", "entities")}</button>
          <button aria-pressed={what === "facts"} onClick={() => setWhat("facts")}>{counted(view.facts.length, "fact")}</button>
        </div>
        <span class="push" />
        {chosen.length === 2 && <button onClick={() => open({ show: "paths", from: selected[0], to: selected[1] }, true)}>Paths between the two</button>}
        {chosen.length > 0 && <button onClick={() => change(`Hide ${counted(chosen.length, "entity", "entities")}`, (p) => hide(p, selected))}>Hide {chosen.length} selected</button>}
        <button onClick={() => save(what + ".csv", "text/csv", csv(columns.map((c) => c.name), toSave.map((r) => columns.map((c) => c.value(r)))))}>CSV of {counted(toSave.length, "row")}</button>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of the picture">
        <table>
          <thead><tr>
            {what === "entities" && <th class="tick" aria-label="Selection"><input type="checkbox" aria-label="Select all" checked={rows.length > 0 && chosen.length === rows.length} indeterminate={chosen.length > 0 && chosen.length < rows.length} onChange={(e: any) => set({ selected: e.currentTarget.checked ? rows.map((r) => r.id) : [] })} /></th>}
            {columns.map((c, i) => (
              <th class={c.number ? "number" : ""} aria-sort={sort.by === i ? (sort.down ? "descending" : "ascending") : "none"}>
                <button class="link" onClick={() => setSort({ by: i, down: sort.by === i ? !sort.down : !!c.number })}>{c.name}{sort.by === i ? (sort.down ? " ↓" : " ↑") : ""}</button>
              </th>
            ))}
          </tr></thead>
          <tbody>{rows.slice(0, shown).map((r) => (
            <tr key={r.id} class={isSelected(r) ? "selected" : ""} onClick={(e: MouseEvent) => !(e.target as HTMLElement).closest("input,button") && pick(r, e.shiftKey || e.ctrlKey || e.metaKey)}>
              {what === "entities" && <td class="tick"><input type="checkbox" aria-label={"Select " + r.name} checked={selected.includes(r.id)} onChange={() => tick(r.id)} /></td>}
              {columns.map((c, i) => (
                <td class={c.number ? "number" : ""}>{i === 0 ? <button class="link left" onClick={(e: MouseEvent) => pick(r, e.shiftKey)}>{what === "entities" && <Sign kind={r.kind} size={16} />} {c.value(r)}</button> : c.value(r)}</td>
              ))}
            </tr>
          ))}</tbody>
        </table>
        {rows.length > shown && <button onClick={() => setShown(shown + 1000)}>Show {Math.min(1000, rows.length - shown)} more</button>}
        {rows.length === 0 && <p class="quiet">The picture is empty. Search for a name, or ask a question and put the answer here.</p>}
      </div>
    </div>
  );
}
