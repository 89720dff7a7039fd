import { h } from "preact";
import { dismiss, useApp } from "./state";
import { Icon } from "./icon";

// Notices say what failed, and offer to try again.
export function Notices() {
  const { notices, said, busy } = useApp();
  return (
    <div class="notices">
      {notices.map((n) => (
        <div class="notice" role="alert" key={n.number}>
          <p>{n.text} {n.hint}</p>
          {n.again && <button onClick={n.again}>Try again</button>}
          <button class="bare" aria-label="Dismiss" onClick={() => dismiss(n.number)}><Icon shape="close" /></button>
        </div>
      ))}
      <p class="unseen" role="status" aria-live="polite">{said}</p>
      <div class={"progress" + (busy ? " on" : "")} />
    </div>
  );
}
