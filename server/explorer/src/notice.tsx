import { Fragment, h } from "preact";
import { dismiss, useApp } from "./state";
import { Icon } from "./icon";

// Notices say what failed, and offer to try again.
export function Notices() {
  const { notices, said, brief, busy } = useApp();
  return (
    <Fragment>
      {brief && <p class="brief" aria-hidden="true">{brief}</p>}
      <div class="notices">
        {notices.map((n) => (
          <div class={"notice" + (n.again ? "" : " mild")} role="alert" key={n.number}>
            <p>{n.text} {n.hint}</p>
            {n.again && <button onClick={n.again}>Try again</button>}
            <button class="bare" aria-label="Dismiss" onClick={() => dismiss(n.number)}><Icon shape="close" /></button>
          </div>
        ))}
        <p class="unseen" role="status" aria-live="polite">{said}</p>
        <div class={"progress" + (busy ? " on" : "")} />
      </div>
    </Fragment>
  );
}
