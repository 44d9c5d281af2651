// Starts the page: words, sections, live state.

import { $, el, text } from "./dom.js";
import { listen, onChange, changed } from "./live.js";
import { say } from "./strings.js";
import { prepareNow, showNow } from "./now.js";
import { prepareSweep, showSweep } from "./sweep.js";
import { prepareMoves, showMoves } from "./moves.js";
import { prepareFind, showFind } from "./find.js";
import { prepareGate, showGate } from "./gate.js";
import { showSession } from "./session.js";
import { preparePad, showPad } from "./pad.js";

const sections = ["now", "sweep", "gate", "pad"];

function speak() {
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say[element.dataset.say];
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say[element.dataset.label]);
}

function showSection() {
  const name = sections.includes(location.hash.slice(1)) ? location.hash.slice(1) : "now";
  for (const section of sections) $(section).hidden = section !== name;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${say[name]} · Pressmark`;
  window.scrollTo(0, 0);
}

function showFrame(state) {
  const link = $("link");
  link.dataset.state = state.link;
  text(link, say[state.link]);
  document.body.classList.toggle("stale", state.link === "lost");
  if (state.status) text($("library"), state.status.library);
  const problem = $("problem");
  const words = state.problem ? [state.problem.detail, state.problem.hint].filter(Boolean).join(" · ") : "";
  if (problem.textContent !== words) problem.replaceChildren(...(words ? [el("p", { class: "card tone-bad" }, words)] : []));
}

speak();
prepareNow();
prepareSweep();
prepareMoves();
prepareFind();
prepareGate();
preparePad();
for (const show of [showFrame, showNow, showSweep, showMoves, showFind, showGate, showPad]) onChange(show);
window.addEventListener("hashchange", showSection);
showSection();
changed();
showSession().catch(() => {});
listen();
setInterval(changed, 10000);
