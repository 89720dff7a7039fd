// Documents that a person brings: dropped on the page or chosen, read by the
// server as a job, whose progress is told as it happens.
import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failure, refused, send, subscribe } from "./api";
import { counted } from "./kind";
import { queries } from "./queries";
import { refreshed } from "./start";
import { act, get, open, set } from "./state";

export interface Job {
  id: string;
  state: "WAITING" | "RUNNING" | "DONE";
  documents: number;
  done: number;
  failed: number;
  facts: number;
  items: { nodes: any[] };
}

let jobs: Job[] = [];
const watchers = new Set<() => void>();

function show(job: Job) {
  jobs = [job, ...jobs.filter((j) => j.id !== job.id)];
  for (const w of watchers) w();
}

// upload hands files in and follows the job to its end.
export function upload(files: File[]) {
  if (!files.length) return;
  if (get().panels[get().panels.length - 1]?.show !== "documents") open({ show: "documents" });
  void act(`Add ${counted(files.length, "document")}`, async () => {
    const { ingest } = await send(queries.ingest, { files: files.map((f) => ({ file: null, source: f.name })) },
      files.map((file, i) => ({ path: `variables.files.${i}.file`, file })));
    refused(ingest);
    await watch(ingest.job.id);
  });
}

function watch(id: string) {
  return act("Follow the reading", async () => {
    let state = "";
    await subscribe(queries.job, { id }, ({ ingestJob: job }) => {
      show(job);
      state = job.state;
      set({ said: `${job.done} of ${counted(job.documents, "document")} read` });
    });
    if (state !== "DONE") throw new Failure("The server broke off", "It reads on when it is back.");
    for (const again of refreshed) again();
  });
}

export function Drop() {
  const [over, setOver] = useState(false);
  return (
    <div class={"drop" + (over ? " over" : "")}
      onDragOver={(e: DragEvent) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(e: DragEvent) => { e.preventDefault(); e.stopPropagation(); setOver(false); upload([...(e.dataTransfer?.files ?? [])]); }}>
      <p>Drop files here, or <label class="link">choose them<input type="file" multiple class="unseen" aria-label="Choose documents"
        onChange={(e: any) => { upload([...e.currentTarget.files]); e.currentTarget.value = ""; }} /></label>.</p>
      <p class="quiet">Text, Markdown, HTML, or JSON Lines.</p>
    </div>
  );
}

export function DocumentsPanel() {
  const [, see] = useState(0);
  useEffect(() => {
    const again = () => see((n) => n + 1);
    watchers.add(again);
    return () => void watchers.delete(again);
  }, []);
  return (
    <div class="documents">
      <h2>Documents</h2>
      <Drop />
      {jobs.map((j) => <JobCard key={j.id} job={j} />)}
    </div>
  );
}

function JobCard({ job }: { job: Job }) {
  return (
    <section class="card job" aria-label="Reading">
      <p><strong>{job.state === "DONE" ? "Read" : "Reading"}</strong> {job.done} of {counted(job.documents, "document")}, {counted(job.facts, "fact")}{job.failed ? `, ${job.failed} failed` : ""}</p>
      {job.state !== "DONE" && <progress max={job.documents} value={job.done} aria-label="Progress" />}
      <ul class="plain">{job.items.nodes.map((i) => (
        <li class={i.error ? "failed" : ""}>
          {i.document ? <button class="link left" onClick={() => open({ show: "document", id: i.document.id, start: 0, end: 0 })}>{i.source}</button> : i.source}
          <small class="quiet"> {i.error ? "" : i.outcome ? `${i.outcome.toLowerCase()}, ${counted(i.facts, "fact")}` : "waiting"}</small>
          {i.error && <p role="alert">{i.error.message}.{i.error.hint ? ` ${i.error.hint}.` : ""}</p>}
        </li>
      ))}</ul>
    </section>
  );
}
