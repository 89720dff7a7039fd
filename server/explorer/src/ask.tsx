// The first page: a question with gaps, and its answer, or what the graph holds.
import { Fragment, h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { answer, inWords, noQuestion, where, type Agreement, type Answer, type Question, type Term } from "./agreement";
import { Combobox } from "./combobox";
import { put } from "./deed";
import { Sign } from "./icon";
import { counted } from "./kind";
import { queries } from "./queries";
import { find, Hit } from "./search";
import { Start } from "./start";
import { act, open, set, useApp } from "./state";
import { Said } from "./text";

export function Ask() {
  const { question, busy } = useApp();
  const [draft, setDraft] = useState<Question>(question ?? noQuestion);
  const [got, setGot] = useState<Answer>();
  const asks = (q: Question) => set({ question: q });

  useEffect(() => {
    setDraft(question ?? noQuestion);
    if (!question) return setGot(undefined);
    let current = true;
    void act("Ask", async () => {
      const a = await answer(question);
      if (!current) return;
      setGot(a);
      set({ said: counted(a.total, "agreement") + " found" });
    });
    return () => void (current = false);
  }, [question]);

  const term = (of: "topic" | "one" | "other") => (t: Term) => setDraft((d) => ({ ...d, [of]: t }));
  return (
    <div class="ask scroll">
      <form class="question" onSubmit={(e: Event) => { e.preventDefault(); asks({ ...draft }); }}>
        <p class="gaps">
          <span>Which agreements cover</span>
          <Gap id="topic" label="Topic" placeholder="any topic" kinds={["TOPIC"]} term={draft.topic} change={term("topic")} enter={() => asks({ ...draft })} />
          <label class="check"><input type="checkbox" checked={draft.narrower} onChange={(e: any) => setDraft({ ...draft, narrower: e.currentTarget.checked })} /> and narrower</label>
          <span>between</span>
          <Gap id="one" label="Party" placeholder="any party" kinds={["ORGANISATION", "COUNTRY"]} term={draft.one} change={term("one")} enter={() => asks({ ...draft })} />
          <span>and</span>
          <Gap id="other" label="Other party" placeholder="any other" kinds={["ORGANISATION", "COUNTRY"]} term={draft.other} change={term("other")} enter={() => asks({ ...draft })} />
          <span>since</span>
          <input class="year" aria-label="Since the year" inputMode="numeric" pattern="[0-9]{4}(-[0-9]{2}){0,2}" placeholder="any year" value={draft.since}
            onInput={(e: any) => setDraft({ ...draft, since: e.currentTarget.value.trim() })} />
        </p>
        <div class="row">
          <button class="primary" type="submit">Ask</button>
          {question && <button type="button" onClick={() => set({ question: undefined })}>Clear</button>}
        </div>
      </form>
      {question && got?.question === question ? <Answers answer={got} more={(a) => setGot(a)} /> : question ? <p class="quiet">{busy ? "Asking…" : "There is no answer yet: ask again."}</p> : <Start ask={asks} />}
    </div>
  );
}

interface GapProps {
  id: string;
  label: string;
  placeholder: string;
  kinds: string[];
  term: Term;
  change: (t: Term) => void;
  enter: () => void;
}

// Gap is a gap of the question, completed from graph and thesaurus.
function Gap({ id, label, placeholder, kinds, term, change, enter }: GapProps) {
  return (
    <Combobox id={id} label={label} placeholder={placeholder} text={term.text} typed={(text) => change({ text })}
      find={async (text, signal) => (await find(text, kinds, 8, signal)).map((value) => ({ key: value.node.id, group: "", value, show: <Hit found={value} /> }))}
      taken={(f) => change({ text: f.node.name, id: f.node.id })} entered={enter} failed={(e) => act("Complete", () => Promise.reject(e))} />
  );
}

function Answers({ answer: a, more }: { answer: Answer; more: (a: Answer) => void }) {
  const graphiql = "graphiql#query=" + encodeURIComponent(queries.agreements) + "&variables=" + encodeURIComponent(JSON.stringify({ where: where(a.question) }, null, 2));
  const load = () => act("Show more", async () => {
    const next = await answer(a.question, a.after);
    more({ ...next, agreements: [...a.agreements, ...next.agreements] });
  });
  return (
    <section class="answer" aria-label="Answer">
      <header>
        <div>
          <h2>{a.unknown ?? (a.total === 0 ? "No fact was read that says so" : counted(a.total, "agreement"))}</h2>
          <p class="quiet">{inWords(a.question)}</p>
        </div>
        <div class="row">
          <a class="button" href={graphiql} target="_blank" rel="noopener">Show GraphQL</a>
          {a.total > 0 && <button class="primary" onClick={() => put(a.agreements, true)}>Put on canvas</button>}
        </div>
      </header>
      <ol class="cards">{a.agreements.map((g) => <Card key={g.id} agreement={g} />)}</ol>
      {a.total === 0 && <Instead question={a.question} />}
      {a.after && <button onClick={load}>Show more</button>}
    </section>
  );
}

// Instead shows the sentences that mention the words, where no fact says so.
function Instead({ question }: { question: Question }) {
  const [found, setFound] = useState<any[]>([]);
  const text = [question.topic, question.one, question.other].map((t) => t.text).filter(Boolean).join(" ");
  useEffect(() => {
    if (text) void act("Search sentences", async () => setFound(await find(text, ["SENTENCE"], 10, new AbortController().signal)));
  }, [text]);
  if (!found.length) return <p>No sentence has all these words either. Try a broader topic, or fewer parties.</p>;
  return (
    <div>
      <h3>Sentences with these words</h3>
      <ul class="plain">{found.map((f) => (
        <li><button class="link left" onClick={() => open({ show: "document", id: f.node.document.id, start: f.node.start, end: f.node.end }, true)}><Hit found={f} /></button></li>
      ))}</ul>
    </div>
  );
}

// Chips are those who stand behind an agreement, each with the sentence that says so.
function Chips({ of, more }: { of: Agreement["parties"]; more: number }) {
  return (
    <Fragment>
      {of.map((p) => (
        <button class="chip" title="See the sentence" onClick={() => open({ show: "facts", ids: [p.fact] }, true)}><Sign kind={p.entity.kind} size={14} /> {p.entity.name}</button>
      ))}
      {more > 0 && <span class="quiet">and {more} more</span>}
    </Fragment>
  );
}

function Card({ agreement: g }: { agreement: Agreement }) {
  const first = g.topics[0], cited = first?.cited;
  return (
    <li class="card">
      <h3>
        <Sign kind="AGREEMENT" />
        <button class="link" onClick={() => open({ show: "entity", id: g.id }, true)}>{g.name}</button>
        <time>{g.date ?? "undated"}</time>
      </h3>
      <p class="chips">
        <Chips of={g.parties} more={g.moreParties} />
        {g.parties.length === 0 && <span class="quiet">{g.adopters.length ? "adopted by" : "no party is named"}</span>}
        {g.parties.length === 0 && <Chips of={g.adopters} more={g.moreAdopters} />}
      </p>
      {cited && (
        <blockquote>
          <Said sentence={cited.sentence} words={[{ text: cited.object?.text, class: "object" }, { text: cited.subject?.text, class: "subject" }]} />
          <footer>
            <button class="link" onClick={() => open({ show: "facts", ids: [first.fact] }, true)}>Evidence</button>
            <span>covers {first.entity.name}</span>
            <span class="source">{cited.document.title}</span>
          </footer>
        </blockquote>
      )}
      {g.topics.length > 1 && <p class="quiet topics">also covers {g.topics.slice(1, 7).map((t) => t.entity.name).join(", ")}{g.topics.length > 7 ? ` and ${g.topics.length - 7} more` : ""}</p>}
    </li>
  );
}
