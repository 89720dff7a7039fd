// Where the page begins.
import { h, render } from "preact";
import { onTokenNeeded } from "./api";
import { App, applyTheme } from "./app";
import { listenToKeys } from "./keyboard";
import { keepAddress, restore } from "./link";
import { set } from "./state";

applyTheme();
onTokenNeeded(() => set({ locked: true }));
listenToKeys();
const root = document.getElementById("app")!;
root.replaceChildren();
render(<App />, root);
void restore().then(keepAddress);
