// Filters: what is left out is gone from the picture, with its lines.
import { h } from "preact";
import { dated } from "./expander";
import { Sign } from "./icon";
import { kindOrder, kinds, type Kind } from "./kind";
import { filter, noFilters, showAll, type Filters } from "./picture";
import { predicateOrder, predicates, type Predicate } from "./predicate";
import { change, useApp } from "./state";

export function FilterPanel() {
  const { picture } = useApp();
  const f = picture.filters;
  const counts = new Map<string, number>();
  for (const e of picture.entities.values()) counts.set(e.kind, (counts.get(e.kind) ?? 0) + 1);
  for (const x of picture.facts.values()) counts.set(x.predicate, (counts.get(x.predicate) ?? 0) + 1);
  const apply = (label: string, part: Partial<Filters>) => change(label, (p) => filter(p, part));
  const toggle = <T,>(list: T[], one: T) => (list.includes(one) ? list.filter((x) => x !== one) : [...list, one]);
  const filtered = JSON.stringify(f) !== JSON.stringify(noFilters);
  return (
    <div class="filters">
      <h2>Filters {filtered && <button class="link" onClick={() => apply("Clear the filters", noFilters)}>Clear</button>}</h2>
      <fieldset>
        <legend>Kinds</legend>
        {kindOrder.filter((k) => counts.has(k)).map((k) => (
          <label class="check"><input type="checkbox" checked={!f.kinds.includes(k)} onChange={() => apply(`Filter ${kinds[k].many}`, { kinds: toggle<Kind>(f.kinds, k) })} /><Sign kind={k} size={16} /> {kinds[k].many} <span class="count">{counts.get(k)}</span></label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Relations</legend>
        {predicateOrder.filter((p) => counts.has(p)).map((p) => (
          <label class="check"><input type="checkbox" checked={!f.predicates.includes(p)} onChange={() => apply(`Filter “${predicates[p]}”`, { predicates: toggle<Predicate>(f.predicates, p) })} />{predicates[p]} <span class="count">{counts.get(p)}</span></label>
        ))}
      </fieldset>
      <label class="field"><span>Confidence at least <output>{Math.round(f.confidence * 100)} %</output></span>
        <input type="range" min="0" max="1" step="0.05" value={f.confidence} onChange={(e: any) => apply("Filter by confidence", { confidence: Number(e.currentTarget.value) })} />
      </label>
      <label class="field">Documents at least
        <input type="number" min="0" max="99" value={f.sources} onChange={(e: any) => apply("Filter by documents", { sources: Math.max(0, Math.floor(Number(e.currentTarget.value)) || 0) })} />
      </label>
      <div class="row narrow">
        <label class="field">From <input class="year" placeholder="year" value={f.from} onChange={(e: any) => dated(e, (from) => apply("Filter by date", { from }))} /></label>
        <label class="field">To <input class="year" placeholder="year" value={f.to} onChange={(e: any) => dated(e, (to) => apply("Filter by date", { to }))} /></label>
      </div>
      {picture.hidden.size > 0 && <button onClick={() => change("Show what was hidden", showAll)}>Show {picture.hidden.size} hidden</button>}
    </div>
  );
}
