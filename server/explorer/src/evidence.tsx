// What says so: the sentences behind one or several facts, and what the reader
// thinks of them.
import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ask, author } from "./api";
import { review } from "./deed";
import { factOf } from "./graph";
import { Sign } from "./icon";
import { counted } from "./kind";
import { useLoaded, Waiting } from "./loaded";
import { origins, predicates, type Predicate } from "./predicate";
import { queries } from "./queries";
import { get, inform, open, set } from "./state";
import { Marked } from "./text";

export function EvidencePanel({ ids }: { ids: string[] }) {
  const [facts, again] = useLoaded("Read the evidence", async () => (await ask(queries.evidence, { facts: ids.slice(0, 20) })).nodes as any[], [ids]);
  useEffect(() => {
    set({ lit: ids });
    return () => set({ lit: [] });
  }, [ids.join()]);
  if (!facts) return <Waiting again={again} />;
  const there = facts.filter(Boolean);
  return (
    <div class="evidence">
      {there.map((f) => <FactCard key={f.id} fact={f} changed={again} />)}
      {facts.map((f, i) => !f && <p class="card gone" key={ids[i]}>A person marked this fact as wrong. <span class="quiet">Undo brings it back.</span></p>)}
      {ids.length > 20 && <p class="quiet">{ids.length - 20} more facts are not shown.</p>}
      <label class="signed">Reviews are signed <input value={author.get()} placeholder="your name" onChange={(e: any) => author.set(e.currentTarget.value.trim())} /></label>
    </div>
  );
}

function FactCard({ fact, changed }: { fact: any; changed: () => void }) {
  const plain = get().picture.facts.get(fact.id) ?? factOf(fact);
  const said = [fact.date && (fact.until ? `${fact.date} to ${fact.until}` : fact.date), fact.title, fact.place?.name, fact.mode, fact.status, fact.role]
    .filter(Boolean).map((s: string) => (/^[A-Z_]+$/.test(s) ? s.toLowerCase().replaceAll("_", " ") : s));
  const verdict = fact.review?.verdict;
  return (
    <section class="fact" aria-label={`${fact.subject.name} ${predicates[fact.predicate as Predicate]} ${fact.object.name}`}>
      <h2 class="triple">
        <Who entity={fact.subject} as="subject" /> <em>{predicates[fact.predicate as Predicate]}</em> <Who entity={fact.object} as="object" />
      </h2>
      <p class="quiet">{[...said, `confidence ${Math.round(fact.confidence * 100)} %`, fact.origin === "EXTRACTED" ? counted(fact.sources, "document") : `from ${origins[fact.origin] ?? fact.origin.toLowerCase()}`].join(" · ")}</p>
      {fact.evidence.nodes.map((e: any) => <Sentence key={e.id} evidence={e} fact={fact} />)}
      {fact.evidence.totalCount > fact.evidence.nodes.length && <p class="quiet">{fact.evidence.totalCount - fact.evidence.nodes.length} more sentences are not shown.</p>}
      <div class="row">
        <button aria-pressed={verdict === "CONFIRMED"} title="The sentence says so" onClick={() => review(plain, "CONFIRMED", changed)}>Confirm</button>
        <button class="wrong" title="The sentence does not say so: the fact is taken out" onClick={() => review(plain, "REJECTED", changed)}>Wrong</button>
        {verdict && <span class="quiet">{verdict.toLowerCase()} by {fact.review.author}</span>}
      </div>
    </section>
  );
}

// Who is one end of a fact, in the colour that marks it in the sentences.
const Who = ({ entity, as }: { entity: any; as: "subject" | "object" }) => (
  <button class={"link who " + as} onClick={() => open({ show: "entity", id: entity.id })}><Sign kind={entity.kind} size={18} /> {entity.name}</button>
);

// Sentence is one sentence with its neighbours; subject and object are marked
// by their places in the document, which the sentence's own place makes its own.
function Sentence({ evidence: e, fact }: { evidence: any; fact: any }) {
  const [copied, setCopied] = useState(false);
  const main = e.spans[0];
  const offset = main.start - bytes(e.sentence.slice(0, Math.max(0, e.sentence.indexOf(main.text))));
  const marks = [e.subject && { ...e.subject, class: "subject", title: fact.subject.name }, e.object && { ...e.object, class: "object", title: fact.object.name }].filter(Boolean);
  const citation = `“${e.sentence.replace(/\s+/g, " ")}” ${e.document.title}${e.document.published ? ", " + e.document.published : ""}. ${e.document.source}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(citation);
      setCopied(true);
      inform("Citation copied");
    } catch {
      window.prompt("Copy the citation", citation);
    }
  };
  return (
    <blockquote class="sentence">
      <p>
        {e.before && <span class="beside">{e.before} </span>}
        <Marked text={e.sentence} offset={offset} stretches={marks} />
        {e.after && <span class="beside"> {e.after}</span>}
      </p>
      {e.spans.slice(1).map((s: any) => <p class="also"><small>{s.role === "DATE" ? "when" : "who is meant"}</small> {s.text}</p>)}
      <footer>
        <span class="source">{e.document.title}</span>{e.document.published && <time>published {e.document.published}</time>}
        <span>{Math.round(e.confidence * 100)} % certain</span><span>read by {e.extractor}</span>
        <span class="push" />
        <button class="link" onClick={() => open({ show: "document", id: e.document.id, start: main.start, end: main.end })}>Open in document</button>
        <button class="link" onClick={copy}>{copied ? "Copied" : "Copy citation"}</button>
      </footer>
    </blockquote>
  );
}

const bytes = (s: string) => new TextEncoder().encode(s).length;
