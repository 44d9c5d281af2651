// Starts the page: words, sections, live state.

import { $, el, text } from "./dom.js";
import { listen, onChange, changed, askAnew, isDayOver, loadStatus, watchStream } from "./live.js";
import { isMuffled, onMuffled, unmuffle } from "./sound.js";
import { served, speak } from "./speak.js";
import { say, told } from "./strings.js";
import { prepareNow, showNow } from "./now.js";
import { prepareSweep, showSweep } from "./sweep.js";
import { prepareMoves, showMoves } from "./moves.js";
import { prepareFind, showFind } from "./find.js";
import { prepareTell, showTell } from "./tell.js";
import { prepareGate, showGate } from "./gate.js";
import { showSession } from "./session.js";
import { preparePad, showPad } from "./pad.js";

const sections = ["now", "sweep", "gate", "pad", "bench", "setup"];
// What few people open is fetched when they do.
const later = { bench: () => import("./bench.js"), setup: () => import("./setup.js") };
const fetched = new Map();

// A section that this role may not see is not opened by its address either.
const isOpen = (name) => sections.includes(name) && !document.querySelector(`nav a[href="#${name}"]`).hidden;

async function open(name) {
  if (!later[name]) return;
  if (!fetched.has(name)) {
    fetched.set(name, later[name]().then((section) => {
      section.prepare();
      onChange(section.show);
      return section;
    }));
  }
  try {
    const section = await fetched.get(name);
    if (!$(name).hidden) section.open?.();
  } catch {
    fetched.delete(name);
  }
  changed();
}

function showSection() {
  const name = isOpen(location.hash.slice(1)) ? location.hash.slice(1) : "now";
  for (const section of sections) $(section).hidden = section !== name;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${say[name]} · Pressmark`;
  window.scrollTo(0, 0);
  open(name);
  askAnew();
}

// A clock that is far ahead of the daemon's asks in vain, and not every time.
let asked = 0;

function tick() {
  watchStream();
  if (isDayOver() && Date.now() - asked > 300000) {
    asked = Date.now();
    loadStatus().catch(() => {});
  }
  changed();
}

function showFrame(state) {
  const link = $("link");
  link.dataset.state = state.link;
  text(link, say[state.link]);
  document.body.classList.toggle("stale", state.link === "lost");
  if (state.status) text($("library"), state.status.library);
  $("muffled").hidden = !isMuffled();
  const problem = $("problem");
  const said = state.problem ? [state.problem.detail, state.problem.hint].filter(Boolean) : [];
  if (problem.textContent === said.map(told).join(" · ")) return;
  problem.replaceChildren(...(said.length
    // What has a type comes from the daemon.
    ? [el("p", { class: "card tone-bad" }, said.map((line, index) => [index ? " · " : null, state.problem.type ? served(line) : line]).flat())]
    : []));
}

speak();
prepareNow();
prepareSweep();
prepareMoves();
prepareFind();
prepareTell();
prepareGate();
preparePad();
for (const show of [showFrame, showNow, showSweep, showMoves, showFind, showTell, showGate, showPad]) onChange(show);
onMuffled(changed);
for (const name of ["click", "keydown"]) document.addEventListener(name, unmuffle);
window.addEventListener("hashchange", showSection);
if (!later[location.hash.slice(1)]) showSection();
changed();
// Which sections there are hangs on who asks.
showSession().catch(() => {}).then(showSection);
listen();
document.addEventListener("visibilitychange", () => { if (!document.hidden) askAnew(); });
setInterval(tick, 10000);
