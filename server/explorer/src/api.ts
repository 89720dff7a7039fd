// The one way to the server: GraphQL at /graphql, as any other client asks it.

// Failure is why a question has no answer, in words for the reader.
export class Failure extends Error {
  constructor(message: string, readonly hint = "", readonly code = "") {
    super(message);
  }
}

const tokenKey = "entente-token";
const authorKey = "entente-author";

// The token lasts as long as the tab; the name that signs decisions stays.
export const token = {
  get: () => sessionStorage.getItem(tokenKey) ?? "",
  set: (t: string) => sessionStorage.setItem(tokenKey, t),
};
export const author = {
  get: () => localStorage.getItem(authorKey) ?? "",
  set: (a: string) => localStorage.setItem(authorKey, a),
};

let needsToken = () => {};
// onTokenNeeded says what to do when the server wants a token.
export function onTokenNeeded(then: () => void) {
  needsToken = then;
}

function headers(accept: string): Record<string, string> {
  const h: Record<string, string> = { Accept: accept };
  if (token.get()) h.Authorization = "Bearer " + token.get();
  if (author.get()) h["Entente-Author"] = encodeURIComponent(author.get());
  return h;
}

async function post(body: BodyInit, type: string, accept: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  const head = headers(accept);
  if (type) head["Content-Type"] = type;
  else head["GraphQL-Preflight"] = "1"; // a form says that it comes from no other site
  try {
    response = await fetch("graphql", { method: "POST", headers: head, body, signal });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new Failure("The server cannot be reached", "Check that it runs, then try again.", "UNREACHABLE");
  }
  if (response.status === 401) {
    needsToken();
    throw new Failure("The server wants its access token", "", "TOKEN");
  }
  return response;
}

// ask gives the data of an answer, or throws a Failure.
export async function ask<T = any>(query: string, variables: object = {}, signal?: AbortSignal): Promise<T> {
  return answer(await post(JSON.stringify({ query, variables }), "application/json", "application/graphql-response+json", signal));
}

// send asks with files, as the GraphQL multipart request specification says.
export async function send<T = any>(query: string, variables: object, files: { path: string; file: File }[]): Promise<T> {
  const form = new FormData();
  form.set("operations", JSON.stringify({ query, variables }));
  form.set("map", JSON.stringify(Object.fromEntries(files.map((f, i) => [String(i), [f.path]]))));
  files.forEach((f, i) => form.set(String(i), f.file));
  return answer(await post(form, "", "application/graphql-response+json"));
}

async function answer<T>(response: Response): Promise<T> {
  const body = await response.json().catch(() => null);
  const error = body?.errors?.[0];
  if (error) throw new Failure(sentence(error.message), sentence(error.extensions?.hint ?? ""), error.extensions?.code);
  if (!body?.data) throw new Failure("The server gave no answer", `It said ${response.status}.`);
  return body.data;
}

// subscribe reads the events of a subscription until it ends (graphql-sse, a
// connection for each).
export async function subscribe(query: string, variables: object, next: (data: any) => void, signal?: AbortSignal) {
  const response = await post(JSON.stringify({ query, variables }), "application/json", "text/event-stream", signal);
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream") || !response.body) return void (await answer(response));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read().catch(() => {
      throw new Failure("The server broke off", "Reading goes on there; ask again.", "UNREACHABLE");
    });
    if (done) return;
    const events = (rest + value).split(/\r?\n\r?\n/);
    rest = events.pop()!;
    for (const event of events) {
      const name = /^event: ?(.*)$/m.exec(event)?.[1];
      const data = event.split(/\r?\n/).filter((l) => l.startsWith("data:")).map((l) => l.slice(5)).join("\n");
      if (name === "complete") return;
      if (name !== "next" || !data.trim()) continue;
      const { data: payload, errors } = JSON.parse(data);
      if (errors?.length) throw new Failure(sentence(errors[0].message), sentence(errors[0].extensions?.hint ?? ""));
      next(payload);
    }
  }
}

// refused throws the first expected failure of a mutation's payload.
export function refused(payload: { errors: { message: string; hint?: string; code: string }[] }) {
  const e = payload.errors[0];
  if (e) throw new Failure(sentence(e.message), sentence(e.hint ?? ""), e.code);
}

const sentence = (s: string) => (s ? s[0].toUpperCase() + s.slice(1) : "");
