// The expander: who stands around an entity, how many of each sort, and which of
// them are to come onto the canvas.
import { h } from "preact";
import { useState } from "preact/hooks";
import { ask } from "./api";
import { expand, type Expansion } from "./deed";
import { Sign } from "./icon";
import { counted, kindOrder, kinds, type Kind } from "./kind";
import { useLoaded, Waiting } from "./loaded";
import { predicateOrder, predicates, type Predicate } from "./predicate";
import { queries } from "./queries";
import { useApp } from "./state";

export function Expander({ id }: { id: string }) {
  const { picture } = useApp();
  const [by, setBy] = useState<Expansion>({});
  const [entity, again] = useLoaded("Read the entity", async () => (await ask(queries.entity, { id })).entity, [id]);
  const facts = { predicates: by.predicates?.length ? by.predicates : null, minConfidence: by.confidence || null, during: by.from || by.to ? { from: by.from || null, to: by.to || null } : null };
  const [around] = useLoaded("Read the neighbours", async () => (await ask(queries.neighbours, { id, kinds: by.kinds?.length ? by.kinds : null, facts })).entity, [id, by]);
  if (!entity) return <Waiting again={again} />;
  const toggle = <T,>(list: T[] | undefined, one: T) => (list?.includes(one) ? list.filter((x) => x !== one) : [...(list ?? []), one]);
  const here = (other: string) => picture.entities.has(other) && picture.entities.has(id);
  const total = around?.top.totalCount ?? 0;
  return (
    <article class="expander">
      <h2><Sign kind={entity.kind} size={26} /> Expand {entity.name}</h2>
      <fieldset>
        <legend>Relations, and how many facts</legend>
        <div class="toggles">{predicateOrder.filter((p) => entity[p] > 0).map((p) => (
          <button aria-pressed={!!by.predicates?.includes(p)} onClick={() => setBy({ ...by, predicates: toggle<Predicate>(by.predicates, p) })}>{predicates[p]} <span class="count">{entity[p]}</span></button>
        ))}</div>
      </fieldset>
      <fieldset>
        <legend>Kinds, and how many entities</legend>
        <div class="toggles">{kindOrder.filter((k) => (around?.[k].totalCount ?? 0) > 0 || by.kinds?.includes(k)).map((k) => (
          <button aria-pressed={!!by.kinds?.includes(k)} onClick={() => setBy({ ...by, kinds: toggle<Kind>(by.kinds, k) })}><Sign kind={k} size={16} /> {kinds[k].many} <span class="count">{around?.[k].totalCount ?? 0}</span></button>
        ))}</div>
      </fieldset>
      <div class="row narrow">
        <label>from <input class="year" placeholder="year" value={by.from ?? ""} onChange={(e: any) => dated(e, (from) => setBy({ ...by, from }))} /></label>
        <label>to <input class="year" placeholder="year" value={by.to ?? ""} onChange={(e: any) => dated(e, (to) => setBy({ ...by, to }))} /></label>
        <label>confidence at least <select value={String(by.confidence ?? 0)} onChange={(e: any) => setBy({ ...by, confidence: Number(e.currentTarget.value) })}>
          {[0, 0.5, 0.7, 0.8, 0.9].map((c) => <option value={String(c)}>{c === 0 ? "any" : c * 100 + " %"}</option>)}
        </select></label>
      </div>
      <div class="row">
        <button class="primary" disabled={!total} onClick={() => expand(entity, by)}>Add {total > 300 ? `the first 300 of ${total}` : counted(total, "entity", "entities")}</button>
        {total > 10 && <button onClick={() => expand(entity, by, around.top.edges.map((e: any) => e.node.id))}>Add the top 10</button>}
      </div>
      <h3>{total > 10 ? "The ten" : "Those"} that most documents tie to it</h3>
      <ol class="plain most">{(around?.top.edges ?? []).map((e: any) => (
        <li><button class="bar" disabled={here(e.node.id)} onClick={() => expand(entity, by, [e.node.id])}>
          <span><Sign kind={e.node.kind} /> {e.node.name} <small class="quiet">{[...new Set(e.facts.map((f: any) => predicates[f.predicate as Predicate]))].join(", ")}{here(e.node.id) ? " · on the canvas" : ""}</small></span>
          <span class="count">{counted(e.sources, "document")}</span>
        </button></li>
      ))}</ol>
    </article>
  );
}

// dated takes a partial date, and nothing else.
export function dated(e: any, then: (date: string) => void) {
  const input = e.currentTarget as HTMLInputElement, text = input.value.trim();
  const fine = /^(\d{4}(-\d\d(-\d\d)?)?)?$/.test(text);
  input.setCustomValidity(fine ? "" : "A year, month or day: 2005, 2005-04 or 2005-04-21");
  if (fine) then(text);
  else input.reportValidity();
}
