// The search field at the top: what is typed is looked for as it is typed.
import { h } from "preact";
import { useState } from "preact/hooks";
import { ask } from "./api";
import { Combobox } from "./combobox";
import { put } from "./deed";
import { Icon, Sign } from "./icon";
import { counted } from "./kind";
import { queries } from "./queries";
import { act, inform, open } from "./state";
import { Marked } from "./text";

interface Found {
  match: string | null;
  degree: number | null;
  snippet: { text: string; spans: { start: number; end: number }[] };
  node: any;
}

const groups = ["Entities", "Agreements", "Topics", "Documents", "Sentences"];

const groupOf = (n: any) => ({ Agreement: "Agreements", Topic: "Topics", Document: "Documents", Sentence: "Sentences" })[n.__typename as string] ?? "Entities";

export async function find(text: string, kinds: string[] | null, first: number, signal: AbortSignal): Promise<Found[]> {
  return (await ask(queries.search, { text, kinds, first }, signal)).search.edges;
}

export function Search() {
  const [text, setText] = useState("");
  const look = async (words: string, signal: AbortSignal) => {
    const found = await find(words, null, 24, signal);
    return groups.flatMap((group) => found.filter((f) => groupOf(f.node) === group).slice(0, 7).map((value) => ({
      key: value.node.id ?? value.node.document.id + value.node.start, group, value, show: <Hit found={value} />,
    })));
  };
  return (
    <div class="search">
      <Icon shape="search" />
      <Combobox id="search" label="Search" wide placeholder={innerWidth > 800 ? "Search names and sentences" : "Search"} hint="Enter opens · Shift+Enter or Shift+click puts on the canvas" text={text} find={look} typed={setText}
        taken={(f, shift) => { setText(""); show(f, shift); }}
        entered={() => act("Search", async () => {
          const [first] = text.trim() ? await find(text, null, 1, new AbortController().signal) : [];
          if (!first) return inform("Nothing is called so, and no sentence says so");
          setText("");
          show(first, false);
        })}
        failed={(e) => act("Search", () => Promise.reject(e))} />
      <kbd>/</kbd>
    </div>
  );
}

// show opens what was found; with Shift it only goes onto the canvas.
function show(f: Found, shift: boolean) {
  const n = f.node;
  if (n.__typename === "Sentence") return open({ show: "document", id: n.document.id, start: n.start, end: n.end }, true);
  if (n.__typename === "Document") return open({ show: "document", id: n.id, start: 0, end: 0 }, true);
  if (!shift) open({ show: "entity", id: n.id }, true);
  else void put([n]);
}

export function Hit({ found }: { found: Found }) {
  const { node, snippet, degree } = found;
  const words = <Marked text={snippet.text} stretches={snippet.spans.map((s) => ({ ...s, class: "hit" }))} />;
  if (node.__typename === "Sentence") return <span class="found sentence"><span>{words}</span><small>{node.document.title}</small></span>;
  if (node.__typename === "Document") return <span class="found"><Icon shape="documents" /><span>{words}</span></span>;
  const alias = snippet.text !== node.name;
  return (
    <span class="found">
      <Sign kind={node.kind} />
      <span>{alias ? node.name : words}{alias && <small> matched: {words}</small>}</span>
      {degree !== null && <small class="count">{counted(degree, "fact")}</small>}
    </span>
  );
}
