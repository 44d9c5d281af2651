// Asks before something is done that cannot be taken back.

import { $, el, text } from "./dom.js";
import { say } from "./strings.js";

// `words` are lines of text; true when the person said yes.
export function sure(title, words, yes) {
  const dialog = $("ask-dialog");
  text($("ask-title"), title);
  $("ask-text").replaceChildren(...words.filter(Boolean).map((line) => el("p", {}, line)));
  text($("ask-yes"), yes);
  text($("ask-no"), say.cancel);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
