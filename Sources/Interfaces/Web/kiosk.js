// Self-checkout: card, items, done. The card's number is held in `visit` and nowhere else; leaving, idling and reloading
// forget it. Each item says what really became of it.

import { $, el, renew, text } from "./dom.js";
import { words } from "./kiosk-words.js";

const options = new URLSearchParams(location.search);
const reader = options.get("reader");
const home = words[options.get("lang")] ? options.get("lang") : navigator.language.startsWith("de") ? "de" : "en";
const seconds = Number(options.get("idle"));
// Seconds without a touch after which somebody is asked, and until everything is forgotten then.
const patience = seconds >= 5 && seconds <= 600 ? seconds : 60;
const grace = 15;

let tongue = home;
let say = words[tongue];
let view = null;
let visit = null;
let reachable = true;
// Whether the daemon knows no such pad: that is for the staff to put right, and no visit can begin.
let isStray = !reader;
let touched = Date.now();
// How often a card was presented or somebody left: an answer on a card that is not the last one opens nothing.
let cards = 0;

const path = (end = "") => `/v1/kiosks/${encodeURIComponent(reader)}${end}`;

async function call(end, body) {
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(path(end), {
    ...sent, cache: "no-store", headers: { Accept: "application/json", ...(sent.body ? { "Content-Type": "application/json" } : {}) },
  });
  const value = await response.json().catch(() => null);
  if (!response.ok) throw value ?? { status: response.status };
  return value;
}

// Tones and words of what became of an item; only "done" is good.
function verdict(result, lends) {
  switch (result.outcome) {
    case "done": return ["good", lends ? say.lent(result.due) : say.returned];
    case "kept": return ["good", say.kept];
    case "tags-do-not-follow": return ["bad", lends ? say.notReleased : say.notSecured];
    case "refused": return ["notice", lends ? say.refusedLoan : say.refusedBack];
    case "uncertain": return ["bad", say.uncertain];
    case "away": return ["bad", say.away];
    default: return ["bad", say.failed];
  }
}

// What lies there, and what was dealt with and taken away meanwhile.
function rows() {
  const here = (view?.items ?? []).map((item) => ({ ...item, isHere: true }));
  const gone = [...visit.results.keys()].filter((barcode) => !here.some((item) => item.barcode === barcode))
    .map((barcode) => ({ barcode, title: visit.titles.get(barcode), missing: [], isHere: false }));
  return [...here, ...gone].map((item) => ({
    ...item, tongue, lends: visit.lends, working: visit.working === item.barcode, result: visit.results.get(item.barcode) ?? null,
  }));
}

const open = () => rows().filter((item) => item.isHere && !item.missing.length && !isFinal(item.result));

// A refusal may be tried again; a loan that stands must not be asked for a second time.
const isFinal = (result) => result !== null && ["done", "kept", "tags-do-not-follow", "uncertain"].includes(result.outcome);

function row(item) {
  const [tone, told] = item.result ? verdict(item.result, item.lends)
    : item.working ? ["quiet", say.working]
    : item.missing.length ? ["notice", say.missing(item.missing)]
    : ["quiet", say.waiting];
  return el("li", { class: `card tone-${tone}` },
    el("p", { class: "head" }, el("strong", {}, item.title ?? say.untitled), el("span", { class: "quiet" }, item.barcode)),
    el("p", { class: "verdict" }, told),
    (item.result?.messages ?? []).map((message) => el("p", {}, message)),
    // A refusal without the library system's words has reasons for the staff.
    item.result?.outcome === "refused" && !item.result.messages?.length ? el("p", {}, say.askStaff) : null);
}

function show() {
  document.documentElement.lang = tongue;
  for (const element of document.querySelectorAll("[data-say]")) text(element, say[element.dataset.say]);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say[element.dataset.label]);
  for (const button of document.querySelectorAll("[data-tongue]")) {
    button.setAttribute("aria-pressed", String(button.dataset.tongue === tongue));
  }
  document.title = `${say.title} · Pressmark`;
  text($("library"), view?.library ?? "");
  const trouble = !reader ? say.noReader : isStray ? say.strayReader(reader) : !reachable ? say.unreachable : view && !view.isReady ? say.closed : "";
  $("trouble").hidden = !trouble;
  text($("trouble"), trouble);
  $("password-line").hidden = !view?.asksPassword;
  $("password").required = Boolean(view?.asksPassword);
  $("start").hidden = visit !== null || isStray;
  $("items").hidden = visit === null;
  if (!visit) return;
  text($("items-title"), visit.lends ? say.lendTitle : say.backTitle);
  const list = rows();
  text($("items-hint"), !list.length ? say.nothing : !open().length ? "" : visit.lends ? say.lendHint : say.backHint);
  renew($("messages"), visit.messages, (message) => message, (message) => el("li", { class: "card" }, message));
  renew($("item-list"), list, (item) => item.barcode, row);
  const waiting = open().length;
  $("go").hidden = waiting === 0 && visit.results.size > 0;
  $("go").disabled = waiting === 0 || visit.working !== null;
  $("leave").disabled = visit.working !== null;
  $("go").setAttribute("aria-busy", String(visit.working !== null));
  text($("go"), visit.lends ? say.lend(waiting) : say.back(waiting));
}

function begin(lends, card = null, messages = []) {
  visit = { lends, card, messages, results: new Map(), titles: new Map(), working: null };
  text($("items-told"), "");
  touch();
  show();
  $("items-title").focus();
  look();
}

// Nothing of the visit is left: neither in the page nor in what the browser keeps of it.
function leave() {
  cards += 1;
  if (visit) visit.card = null;
  visit = null;
  tongue = home;
  say = words[tongue];
  $("card-form").reset();
  for (const id of ["card-told", "items-told"]) text($(id), "");
  $("item-list").replaceChildren();
  $("messages").replaceChildren();
  if ($("idle").open) $("idle").close();
  show();
  $("card").focus();
}

async function present(event) {
  event.preventDefault();
  touch();
  const card = { patron: $("card").value.trim(), password: $("password").value || undefined };
  $("card-form").reset();
  text($("card-told"), say.working);
  cards += 1;
  const mine = cards;
  const isOver = () => mine !== cards || visit !== null;
  try {
    const welcome = await call("/patron", card);
    if (isOver()) return;
    text($("card-told"), welcome.outcome === "welcome" ? "" : [say[welcome.outcome], ...welcome.messages].join(" "));
    if (welcome.outcome === "welcome") return begin(true, card, welcome.messages);
  } catch (problem) {
    if (isOver()) return;
    text($("card-told"), problem?.status ? say.away : say.unreachable);
  }
  $("card").focus();
}

// One item after the other: a pad has one reader.
async function go() {
  const now = visit;
  if (now.working !== null) return;
  const todo = open();
  for (const item of todo) {
    // Whoever has left is not asked for any more.
    if (visit !== now) return;
    now.working = item.barcode;
    now.titles.set(item.barcode, item.title);
    now.results.delete(item.barcode);
    show();
    try {
      const body = now.lends ? { barcode: item.barcode, ...now.card } : { barcode: item.barcode };
      now.results.set(item.barcode, await call(now.lends ? "/checkout" : "/checkin", body));
    } catch (problem) {
      // Without an answer nobody knows whether the loan stands.
      const outcome = problem?.status ? "away" : "uncertain";
      now.results.set(item.barcode, { outcome, messages: [] });
    }
    touch();
  }
  now.working = null;
  if (visit !== now) return;
  const good = todo.filter((item) => ["done", "kept"].includes(now.results.get(item.barcode)?.outcome)).length;
  text($("items-told"), say.summary(good, todo.length) + (good < todo.length ? ` ${say.askStaff}` : ""));
  show();
  ($("go").hidden ? $("leave") : $("go")).focus();
}

let looking = null;
async function look() {
  clearTimeout(looking);
  if (reader) {
    try {
      view = await call();
      reachable = true;
      isStray = false;
    } catch (problem) {
      reachable = Boolean(problem?.status);
      isStray = !visit && [400, 404].includes(problem?.status);
      // Of a pad that the daemon does not know any more nobody can say what lies there.
      if (view) view = { ...view, isReady: false, items: [400, 404].includes(problem?.status) ? [] : view.items };
      else if (reachable) view = { library: "", isReady: false, asksPassword: false, items: [] };
    }
  }
  show();
  clearTimeout(looking);
  looking = setTimeout(look, !visit ? 5000 : isTold ? 3000 : 700);
}

// What comes to the pad and leaves it is told at once, and that its reader is gone or back; only without the stream it is asked for
// again and again.
let isTold = false;
function listen() {
  const stream = new EventSource("/v1/events");
  stream.onopen = () => { isTold = true; };
  stream.onerror = () => {
    isTold = false;
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 10000);
  };
  stream.addEventListener("pad", (event) => { if (JSON.parse(event.data).reader === reader) look(); });
  stream.addEventListener("reader", (event) => { if (JSON.parse(event.data).name === reader) look(); });
}

function touch() {
  touched = Date.now();
  if ($("idle").open) $("idle").close();
}

function watch() {
  const left = patience - (Date.now() - touched) / 1000;
  // Half a card's number is forgotten too, and the language that somebody chose.
  if (!visit && tongue === home && !$("card").value && !$("password").value) return;
  if (left > 0 || visit?.working) return;
  if (left <= -grace || !visit) {
    touch();
    return leave();
  }
  text($("idle-told"), say.idleTold(Math.ceil(left + grace)));
  if (!$("idle").open) $("idle").showModal();
}

for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, () => { if (!$("idle").open) touched = Date.now(); });
for (const button of document.querySelectorAll("[data-tongue]")) {
  button.addEventListener("click", () => {
    tongue = button.dataset.tongue;
    say = words[tongue];
    text($("card-told"), "");
    text($("items-told"), "");
    touch();
    show();
  });
}
$("card-form").addEventListener("submit", present);
$("give-back").addEventListener("click", () => begin(false));
$("go").addEventListener("click", go);
$("leave").addEventListener("click", leave);
$("idle-leave").addEventListener("click", leave);
$("idle-stay").addEventListener("click", touch);
$("idle").addEventListener("cancel", touch);
// A page that the browser brings back from its memory must not bring back a visit.
window.addEventListener("pageshow", (event) => { if (event.persisted) leave(); });
window.addEventListener("pagehide", leave);

show();
$("card").focus();
look();
if (reader) listen();
setInterval(watch, 500);
