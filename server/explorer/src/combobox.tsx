// A field that completes what is typed: the list below is walked with the
// arrows, taken with Enter, put away with Escape.
import { h, type ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface Option<T> {
  key: string;
  group: string;
  value: T;
  show: ComponentChildren;
}

interface Props<T> {
  id: string;
  label: string;
  text: string;
  placeholder?: string;
  wide?: boolean;
  hint?: string; // below the list
  find: (text: string, signal: AbortSignal) => Promise<Option<T>[]>;
  typed: (text: string) => void;
  taken: (value: T, shift: boolean) => void;
  entered?: (shift: boolean) => void; // Enter, with nothing chosen from the list
  failed?: (e: unknown) => void;
}

const pause = 110; // milliseconds of silence before a question is sent

export function Combobox<T>(p: Props<T>) {
  const [options, setOptions] = useState<Option<T>[]>([]);
  const [at, setAt] = useState(-1);
  const [shown, setShown] = useState(false);
  const [none, setNone] = useState(false);
  const asking = useRef<{ abort: AbortController; timer: number } | undefined>(undefined);

  const stop = () => {
    if (!asking.current) return;
    clearTimeout(asking.current.timer);
    asking.current.abort.abort();
  };
  useEffect(() => stop, []);

  const look = (text: string) => {
    stop();
    p.typed(text);
    setAt(-1);
    setNone(false);
    if (!/[\p{L}\p{N}]/u.test(text)) return setOptions([]);
    const abort = new AbortController();
    const timer = setTimeout(() => {
      p.find(text, abort.signal).then(
        (found) => {
          if (abort.signal.aborted) return;
          setOptions(found);
          setNone(found.length === 0);
          setShown(true);
        },
        (e) => !abort.signal.aborted && p.failed?.(e),
      );
    }, pause) as unknown as number;
    asking.current = { abort, timer };
  };

  const take = (o: Option<T>, shift: boolean) => {
    setShown(false);
    setOptions([]);
    p.taken(o.value, shift);
  };

  const key = (e: KeyboardEvent) => {
    const last = options.length - 1;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      if (!options.length) return;
      e.preventDefault();
      setShown(true);
      setAt(e.key === "ArrowDown" ? (at >= last ? 0 : at + 1) : at <= 0 ? last : at - 1);
    } else if (e.key === "Enter") {
      if (shown && options[at]) {
        e.preventDefault();
        take(options[at], e.shiftKey);
      } else if (p.entered) {
        e.preventDefault();
        stop();
        if (shown && options[0] && p.wide) take(options[0], e.shiftKey);
        else p.entered(e.shiftKey);
        setShown(false);
      }
    } else if (e.key === "Escape" && shown) {
      e.stopPropagation();
      setShown(false);
    }
  };

  const listId = p.id + "-list";
  const open = shown && (options.length > 0 || none);
  let group = "";
  return (
    <div class={"combobox" + (p.wide ? " wide" : "")}>
      <input
        id={p.id} type="text" role="combobox" aria-label={p.label} aria-expanded={open} aria-controls={listId} aria-autocomplete="list"
        aria-activedescendant={open && options[at] ? `${p.id}-${at}` : undefined} autocomplete="off" spellcheck={false}
        placeholder={p.placeholder} value={p.text}
        onInput={(e: any) => look(e.currentTarget.value)} onKeyDown={key}
        onFocus={() => options.length && setShown(true)} onBlur={() => setTimeout(() => setShown(false), 120)}
      />
      <ul id={listId} role="listbox" aria-label={p.label} hidden={!open} onMouseDown={(e: Event) => e.preventDefault()}>
        {none && <li class="none" role="option" aria-disabled="true" aria-selected={false}>Nothing is called so{p.wide ? ", and no sentence says so" : ""}.</li>}
        {options.map((o, i) => {
          const head = o.group !== group && o.group;
          group = o.group;
          return [
            head && <li class="group" role="presentation">{head}</li>,
            <li key={o.key} id={`${p.id}-${i}`} role="option" aria-selected={i === at} class={i === at ? "at" : ""}
              onClick={(e: MouseEvent) => take(o, e.shiftKey)} onMouseMove={() => at !== i && setAt(i)}>
              {o.show}
            </li>,
          ];
        })}
        {p.hint && options.length > 0 && <li class="hint" role="presentation">{p.hint}</li>}
      </ul>
    </div>
  );
}
