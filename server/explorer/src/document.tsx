// A document, opened at a place, with everything marked that it mentions.
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { ask } from "./api";
import { put } from "./deed";
import { kinds, type Kind } from "./kind";
import { useLoaded, Waiting } from "./loaded";
import { queries } from "./queries";
import { open } from "./state";
import { Marked, unitsAt, type Stretch } from "./text";

const longest = 400_000; // characters that are shown

export function DocumentPanel({ id, start, end }: { id: string; start: number; end: number }) {
  const [got, again] = useLoaded("Read the document", async () => (await ask(queries.document, { id })).node, [id]);
  useEffect(() => {
    document.getElementById("place")?.scrollIntoView({ block: "center" });
  }, [got, start]);
  if (got === null) return <p class="quiet">This document is no longer there.</p>;
  if (!got) return <Waiting again={again} />;
  const mentions: Stretch[] = got.mentions.nodes.flatMap((m: any) => m.spans.map((s: any) => ({
    start: s.start, end: s.end, class: "of-" + m.entity.kind.toLowerCase(), title: `${m.entity.name}, ${kinds[m.entity.kind as Kind].one}`,
    onClick: () => open({ show: "entity", id: m.entity.id }),
  })));
  const text = got.text.slice(0, longest);
  return (
    <article class="document">
      <h2>{got.title || got.source}</h2>
      <p class="quiet">{[got.published, got.source].filter(Boolean).join(" · ")}</p>
      {got.mentions.nodes.length > 0 && <div class="row"><button onClick={() => put(got.mentions.nodes.map((m: any) => m.entity))}>Put {got.mentions.nodes.length > 20 ? "the first 20" : "what it mentions"} on canvas</button></div>}
      <div class="text">{end > start ? <Opened text={text} start={start} end={end} mentions={mentions} /> : <Marked text={text} stretches={mentions} />}</div>
      {got.text.length > longest && <p class="quiet">The rest is not shown.</p>}
      {got.mentions.totalCount > 100 && <p class="quiet">Only the first 100 entities are marked.</p>}
    </article>
  );
}

// Opened shows the place that was asked for as a whole, and mentions before, in
// and after it.
function Opened({ text, start, end, mentions }: { text: string; start: number; end: number; mentions: Stretch[] }) {
  const units = unitsAt(text, [start, end]);
  const from = units.get(start)!, to = units.get(end)!;
  const within = (a: number, b: number) => mentions.filter((m) => m.start >= a && m.end <= b);
  return (
    <span>
      <Marked text={text.slice(0, from)} stretches={within(0, start)} />
      <mark id="place" class="place" tabIndex={-1}><Marked text={text.slice(from, to)} offset={start} stretches={within(start, end)} /></mark>
      <Marked text={text.slice(to)} offset={end} stretches={within(end, Infinity)} />
    </span>
  );
}
