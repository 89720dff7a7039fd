// How two entities hang together, hop by hop, each with its sentence.
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { ask } from "./api";
import { follow } from "./deed";
import { Sign } from "./icon";
import { counted } from "./kind";
import { useLoaded, Waiting } from "./loaded";
import { predicates, type Predicate } from "./predicate";
import { queries } from "./queries";
import { open, set, useApp } from "./state";

export function PathPanel({ from, to }: { from: string; to: string }) {
  const [got, again] = useLoaded("Find paths", async () => (await ask(queries.paths, { from, to })).paths, [from, to]);
  const { picture } = useApp();
  useEffect(() => {
    set({ lit: (got?.paths ?? []).flatMap((p: any) => p.facts.map((f: any) => f.id)) });
    return () => set({ lit: [] });
  }, [got]);
  if (!got) return <Waiting again={again} />;
  const paths: any[] = got.paths;
  const name = (id: string) => picture.entities.get(id)?.name ?? paths[0]?.entities.find((e: any) => e.id === id)?.name ?? "";
  const there = paths.every((p) => p.facts.every((f: any) => picture.facts.has(f.id)));
  return (
    <article class="paths">
      <h2>{paths.length === 0 ? "No path" : counted(paths.length, "path") + " of " + counted(paths[0].length, "step")}</h2>
      <p class="quiet">between {name(from)} and {name(to)}</p>
      {paths.length === 0 && <p class="quiet">{got.exhausted ? "Nothing joins the two within four steps." : "None was found before the search became too wide."}</p>}
      {paths.length > 0 && <div class="row">{there ? <span class="quiet">All of it is on the canvas.</span> : <button class="primary" onClick={() => follow(paths, from, to)}>Put on canvas</button>}</div>}
      {paths.map((p) => <Path path={p} />)}
      {got.truncated && <p class="quiet">There are more paths of this length.</p>}
    </article>
  );
}

function Path({ path }: { path: any }) {
  return (
    <ol class="path card">
      {path.entities.map((e: any, i: number) => {
        const f = path.facts[i - 1], cited = f?.evidence.nodes[0];
        const onwards = f && f.subject.id === path.entities[i - 1].id;
        return [
          f && (
            <li class="hop">
              <button class="link" onClick={() => open({ show: "facts", ids: [f.id] })}>{onwards ? "↓" : "↑"} {predicates[f.predicate as Predicate]} {f.date ?? ""}</button>
              {cited && <q>{cited.sentence}</q>}
            </li>
          ),
          <li class="stop"><Sign kind={e.kind} /> <button class="link" onClick={() => open({ show: "entity", id: e.id })}>{e.name}</button></li>,
        ];
      })}
    </ol>
  );
}
