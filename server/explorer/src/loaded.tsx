// What a panel shows has to be asked for first.
import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { act } from "./state";

// useLoaded asks when one of the things changes that the answer hangs on; until
// the answer is there, or if there is none, it gives undefined. The function
// that comes with it asks again.
export function useLoaded<T>(label: string, load: () => Promise<T>, on: unknown[]): [T | undefined, () => void] {
  const [got, setGot] = useState<{ for: string; value: T }>();
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify(on);
  useEffect(() => {
    let current = true;
    void act(label, async () => {
      const value = await load();
      if (current) setGot({ for: key, value });
    });
    return () => void (current = false);
  }, [key, turn]);
  return [got?.for === key ? got.value : undefined, () => setTurn((t) => t + 1)];
}

export function Waiting({ again }: { again: () => void }) {
  return <div class="waiting"><p class="quiet">Asking…</p><button class="link" onClick={again}>Ask again</button></div>;
}
