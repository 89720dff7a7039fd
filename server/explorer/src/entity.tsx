// Everything about one entity, and what can be done with it.
import { h } from "preact";
import { useState } from "preact/hooks";
import { ask } from "./api";
import { expand, fold, put } from "./deed";
import { Sign } from "./icon";
import { counted, kinds } from "./kind";
import { hide, pin } from "./picture";
import { origins, predicateOrder, predicates } from "./predicate";
import { queries } from "./queries";
import { change, open, useApp } from "./state";
import { useLoaded, Waiting } from "./loaded";

export function EntityPanel({ id }: { id: string }) {
  const { picture } = useApp();
  const [got, again] = useLoaded("Read the entity", async () => (await ask(queries.entity, { id })).entity, [id]);
  if (!got) return <Waiting again={again} />;
  const here = picture.entities.has(got.id);
  return (
    <article class="entity">
      <h2><Sign kind={got.kind} size={26} /> {got.name}</h2>
      <p class="quiet">
        {kinds[got.kind as keyof typeof kinds].one}
        {got.date && ` · ${got.date}`} · {counted(got.degree, "fact")}
        {got.firstSeen && ` · in texts ${got.firstSeen}${got.lastSeen !== got.firstSeen ? ` to ${got.lastSeen}` : ""}`}
      </p>
      <div class="row">
        {!here && <button class="primary" onClick={() => put([got])}>Add to canvas</button>}
        <button class={here ? "primary" : ""} onClick={() => open({ show: "expander", id: got.id })}>Expand…</button>
        {here && <button onClick={() => fold(got)}>Collapse</button>}
        {here && <button onClick={() => change(`Hide ${got.name}`, (p) => hide(p, [got.id]))}>Hide</button>}
        {here && <button aria-pressed={picture.pinned.has(got.id)} onClick={() => change(`Pin ${got.name}`, (p) => pin(p, [got.id]))}>Pin</button>}
      </div>
      <h3>Relations, to expand by</h3>
      <ul class="plain bars">
        {predicateOrder.filter((p) => got[p] > 0).map((p) => (
          <li><button class="bar" title={`Expand what says “${predicates[p]}”`} onClick={() => expand(got, { predicates: [p] })}>
            <span>{predicates[p]}</span><span class="count">{counted(got[p], "fact")}</span>
          </button></li>
        ))}
      </ul>
      {got.aliases.totalCount > 1 && <Aliases aliases={got.aliases} />}
      {got.identifiers.length > 0 && <section><h3>Identifiers</h3><ul class="plain">{got.identifiers.map((i: any) => <li><span class="quiet">{i.scheme}</span> {i.value}</li>)}</ul></section>}
      {got.mentions.totalCount > 0 && (
        <section>
          <h3>Mentioned in {counted(got.mentions.totalCount, "document")}</h3>
          <ul class="plain">{got.mentions.nodes.map((m: any) => (
            <li><button class="link left" onClick={() => open({ show: "document", id: m.document.id, start: m.spans[0]?.start ?? 0, end: m.spans[0]?.end ?? 0 })}>{m.document.title}</button> <time>{m.document.published}</time></li>
          ))}</ul>
        </section>
      )}
    </article>
  );
}

function Aliases({ aliases }: { aliases: any }) {
  const [all, setAll] = useState(false);
  const list = aliases.nodes.slice(1, all ? undefined : 7);
  return (
    <section>
      <h3>Also called</h3>
      <ul class="plain aliases">{list.map((a: any) => <li>{a.text} <small class="quiet">{a.origin === "EXTRACTED" ? counted(a.documents, "document") : origins[a.origin] ?? a.origin.toLowerCase()}</small></li>)}</ul>
      {!all && aliases.nodes.length > 7 && <button class="link" onClick={() => setAll(true)}>All names</button>}
    </section>
  );
}
