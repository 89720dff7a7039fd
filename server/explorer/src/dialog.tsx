// What stands before everything else: the token, and the list of keys.
import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, token } from "./api";
import { Icon } from "./icon";
import { keys } from "./keyboard";
import { set, useApp } from "./state";

// Locked asks for the access token that the server was started with.
export function Locked() {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState("");
  const enter = async (e: Event) => {
    e.preventDefault();
    token.set(text.trim());
    try {
      await ask("{ __typename }");
      location.reload(); // everything asks again, now with the token
    } catch (e) {
      setWrong((e as Error).message + ".");
    }
  };
  return (
    <main class="locked">
      <form class="card" onSubmit={enter}>
        <h1>Entente</h1>
        <p>This server wants an access token. Whoever started it has it, as <code>ENTENTE_TOKEN</code>.</p>
        <label class="field">Access token <input type="password" autocomplete="current-password" value={text} onInput={(e: any) => setText(e.currentTarget.value)} /></label>
        {wrong && text && <p role="alert" class="wrong">{wrong}</p>}
        <button class="primary" type="submit">Enter</button>
      </form>
    </main>
  );
}

export function Help() {
  const { help } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (help) dialog.current?.showModal();
    else dialog.current?.close();
  }, [help]);
  return (
    <dialog ref={dialog} aria-label="Keys" onClose={() => set({ help: false })}>
      <header><h2>Keys</h2><button class="bare" aria-label="Close" onClick={() => set({ help: false })}><Icon shape="close" /></button></header>
      <dl class="keys">{keys.map(([key, does]) => <div><dt>{key}</dt><dd>{does}</dd></div>)}</dl>
      <p class="quiet">On the canvas: click selects, Shift+click adds to the selection, double-click expands, dragging moves and pins, the wheel zooms.</p>
      <p class="quiet">The larger a sign, the more facts; the thicker a line, the more sentences; dashed is weak. An arrow leads from the subject to the object. A ring is a bundle of many alike, a rim a pin.</p>
    </dialog>
  );
}
