// Puts the words on the page, and the choice of languages in its head.

import { $, el } from "./dom.js";
import { say, told } from "./strings.js";
import { choose, tongue, tongues } from "./tongue.js";

export function speak() {
  document.documentElement.lang = tongue;
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say[element.dataset.say];
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say[element.dataset.label]);
  $("tongues").replaceChildren(...Object.entries(tongues).map(([name, words]) =>
    el("button", { type: "button", lang: name, title: words, "aria-label": words, "aria-pressed": String(name === tongue),
      onclick: () => choose(name) }, name.toUpperCase())));
}

// What the daemon said; marked as English where it could not be said otherwise, for whoever hears the page.
export function served(text) {
  const words = told(text);
  return words && words === text && tongue !== "en" ? el("span", { lang: "en" }, words) : words;
}
