// What the first page shows before a question: what there is, and what to ask.
import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { noQuestion, inWords, type Question } from "./agreement";
import { ask } from "./api";
import { Drop } from "./upload";
import { Sign } from "./icon";
import { counted, kinds, kindOrder, type Kind } from "./kind";
import { queries } from "./queries";
import { act, open } from "./state";

const examples: Question[] = [
  { ...noQuestion, topic: { text: "narcotics" } },
  { ...noQuestion, topic: { text: "climate change" }, one: { text: "United States" } },
  { ...noQuestion, topic: { text: "terrorism" }, since: "2000" },
];

// refreshed are told when documents were read.
export const refreshed = new Set<() => void>();

export function Start({ ask: asks }: { ask: (q: Question) => void }) {
  const [got, setGot] = useState<any>();
  const load = () => act("Read the counts", async () => setGot(await ask(queries.start)));
  useEffect(() => {
    void load();
    refreshed.add(load);
    return () => void refreshed.delete(load);
  }, []);
  const count = (k: Kind) => got?.statistics.entities.find((e: any) => e.kind === k)?.count ?? 0;
  const facts = got?.statistics.facts.reduce((n: number, f: any) => n + f.count, 0) ?? 0;
  return (
    <div class="start">
      <section aria-label="Examples">
        <h2>For example</h2>
        <ul class="plain examples">{examples.map((q) => <li><button class="example" onClick={() => asks(q)}>{inWords(q)}</button></li>)}</ul>
      </section>
      <section aria-label="What the graph holds">
        <h2>What is here</h2>
        <dl class="counts" aria-busy={!got}>
          <div><dt>documents</dt><dd>{got ? got.statistics.documents : "·"}</dd></div>
          <div><dt>sentences</dt><dd>{got ? got.statistics.sentences : "·"}</dd></div>
          <div><dt>facts</dt><dd>{got ? facts : "·"}</dd></div>
        </dl>
        <ul class="plain kinds">{kindOrder.map((k) => <li><Sign kind={k} /> {counted(count(k), kinds[k].one, kinds[k].many)}</li>)}</ul>
      </section>
      <section aria-label="Recent documents">
        <h2>Recent documents</h2>
        <ul class="plain recent">{(got?.documents.nodes ?? []).map((d: any) => (
          <li><button class="link left" title={d.title || d.source} onClick={() => open({ show: "document", id: d.id, start: 0, end: 0 }, true)}>{d.title || d.source}</button><time>{d.published ?? ""}</time></li>
        ))}</ul>
      </section>
      <section aria-label="Add documents">
        <h2>Add documents</h2>
        <Drop />
      </section>
    </div>
  );
}
