// The site's settings: by topic, tried before anything changes; readers get their names here.

import { $, el, renew, text } from "./dom.js";
import { sure } from "./ask.js";
import { attempt, call, changed, loadStatus, send, state as live } from "./live.js";
import { may } from "./session.js";
import { served } from "./speak.js";
import { setupWords as words } from "./setup-words.js";

const view = { settings: null, tag: null, order: null, outcome: null, saved: null, outdated: false, forms: 0 };
const groups = ["library", "barcodes", "security", "tags", "sweep", "shelf-order"];

const byKey = (key) => view.settings?.settings.find((it) => it.key === key);
const hex = (value) => `0x${value.toString(16).toUpperCase().padStart(2, "0")}`;
const lists = ["texts", "numbers", "bytes"];
// Of these the order is what is set: boxes that are ticked have none.
const ordered = ["shelf-order.parts"];
const isBoxes = (it) => it.kind === "words" && !ordered.includes(it.key);

const orders = (list) => (list.length < 2 ? [list] : list.flatMap((one) => orders(list.filter((other) => other !== one)).map((rest) => [one, ...rest])));

async function load() {
  const response = await fetch("/v1/settings", { headers: { Accept: "application/json" } }).catch(() => null);
  if (!response?.ok) return;
  const tag = response.headers.get("ETag");
  const settings = await response.json();
  if (tag !== view.tag) view.forms += 1;
  Object.assign(view, { settings, tag });
  changed();
}

// A word of the file in the page's language; what has none stays as the file has it.
const spoken = (key, word) => words.word[key]?.[word] ?? (key === "tags.elements" ? words.element[word] : null) ?? word;

// With a key the words of the file are said in the page's language.
function told(value, kind, key) {
  if (value === undefined || value === null) return words.usual;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  const one = (it) => (kind === "byte" || kind === "bytes" ? hex(it) : key ? spoken(key, it) : String(it));
  if (Array.isArray(value)) return value.length ? value.map(one).join(", ") : words.none;
  return one(value);
}

const label = (key) => words.label[key] ?? key;
const coming = (it) => (it.waits ? it.next : it.value);

// What stands in a field, of the kind that the setting takes; undefined for nothing.
function entered(form, it) {
  if (isBoxes(it)) return [...form.querySelectorAll(`[name="${it.key}"]:checked`)].map((box) => box.value);
  const value = form.elements[it.key].value.trim();
  const isByte = it.kind === "byte" || it.kind === "bytes";
  const number = (part) => {
    // Letters make it hexadecimal without 0x too: no other number has them.
    if (/^0x[0-9a-f]+$/i.test(part) || (isByte && /^(?=.*[a-f])[0-9a-f]+$/i.test(part))) return parseInt(part.replace(/^0x/i, ""), 16);
    return /^-?\d+$/.test(part) ? Number(part) : part;
  };
  if (lists.includes(it.kind)) {
    const parts = value.split(",").map((part) => part.trim()).filter(Boolean);
    return it.kind === "texts" ? parts : parts.map(number);
  }
  if (value === "") return undefined;
  if (it.kind === "words") return value.split(",");
  if (it.kind === "truth") return value === "true";
  return it.kind === "number" || it.kind === "byte" ? number(value) : value;
}

const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
// Boxes have no order, and none ticked is nothing said.
const alike = (it, one, other) => (isBoxes(it) ? same([...(one ?? [])].sort(), [...(other ?? [])].sort()) : same(one, other));

function field(it) {
  const value = coming(it);
  const own = { name: it.key, disabled: !may("admin") };
  if (isBoxes(it)) {
    return el("fieldset", { class: "whole", disabled: own.disabled }, el("legend", {}, label(it.key)),
      el("div", { class: "boxes" }, it.words.map((word) =>
        el("label", { class: "box" }, el("input", { type: "checkbox", name: it.key, value: word, checked: (value ?? []).includes(word) }), el("span", {}, spoken(it.key, word))))),
      from(it));
  }
  let input;
  if (it.kind === "words") {
    const options = orders(it.words);
    // The file may name fewer, or none.
    if (value && !options.some((list) => same(list, value))) options.unshift(value);
    input = el("select", own, value ? null : el("option", { value: "", selected: true }, words.usual),
      options.map((list) => el("option", { value: list.join(","), selected: same(list, value) }, told(list, it.kind, it.key))));
  } else if (it.kind === "word" || it.kind === "truth") {
    const options = it.kind === "truth" ? [["true", words.yes], ["false", words.no]] : it.words.map((word) => [word, spoken(it.key, word)]);
    if (value === undefined) options.unshift(["", words.usual]);
    input = el("select", own, options.map(([name, said]) => el("option", { value: name, selected: name === String(value ?? "") }, said)));
  } else {
    const shown = value === undefined ? "" : Array.isArray(value) && !value.length ? "" : told(value, it.kind);
    input = el("input", { ...own, value: shown, autocomplete: "off", inputmode: it.kind === "number" ? "numeric" : null,
      placeholder: lists.includes(it.kind) ? words.list : null });
  }
  return el("label", {}, el("span", {}, label(it.key)), input, from(it));
}

function from(it) {
  // That nobody has said anything is the rule, and needs no words under every field.
  const origin = it.origin === "default" ? null : words.origin[it.origin];
  return el("span", { class: "hint" }, [origin, it.waits ? words.waits(told(it.next, it.kind, it.key)) : null].filter(Boolean).join(" · "));
}

function group(name, all) {
  const list = all.filter((it) => it.changeable && it.key.startsWith(`${name}.`));
  if (!list.length) return null;
  const back = list.filter((it) => it.origin === "page");
  const form = el("form", { class: "card" }, list.map(field),
    may("admin") ? el("div", { class: "actions whole" },
      el("button", { type: "submit", class: "primary" }, words.preview),
      back.map((it) => el("button", { type: "button", onclick: () => preview({ changes: [{ key: it.key }] }) }, `${words.back}: ${label(it.key)}`))) : null);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const changes = list.map((it) => ({ it, value: entered(form, it) })).filter(({ it, value }) => !alike(it, value, coming(it)))
      .map(({ it, value }) => ({ key: it.key, ...(value === undefined ? {} : { value }) }));
    preview({ changes });
  });
  return el("details", { class: "settings" }, el("summary", {}, words.group[name]),
    words.about[name] ? el("p", { class: "hint" }, words.about[name]) : null, form);
}

function rest(all) {
  const list = all.filter((it) => !it.changeable);
  return list.length ? el("details", { class: "settings" }, el("summary", {}, words.group.rest),
    el("div", { class: "wide" }, el("table", { class: "grid", "aria-label": words.group.rest }, el("tbody", {}, list.map((it) =>
      el("tr", {}, el("th", { scope: "row", class: "mono key-name", lang: "en" },
        it.key.split(".").map((part, index) => (index ? [".", el("wbr"), part] : part)).flat()),
        el("td", {}, it.hidden ? words.hidden : told(it.value, it.kind)),
        el("td", { class: "quiet" }, it.origin === "default" ? "" : words.origin[it.origin]))))))) : null;
}

async function preview(order) {
  Object.assign(view, { order: null, outcome: null, saved: null, outdated: false });
  if (!order.changes.length && !order.readers?.length) {
    view.saved = words.nothing;
    changed();
    $("settings-outcome").scrollIntoView({ block: "center" });
    return;
  }
  const outcome = await attempt(() => call("/v1/settings/preview", order));
  if (outcome) Object.assign(view, { order, outcome });
  changed();
  if (!mark(outcome ? null : order)) $("settings-outcome").scrollIntoView({ block: "center" });
}

// The field that was refused, if it was one, is where somebody goes on.
function mark(order) {
  for (const field of $("settings-groups").querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  const wrong = order?.changes.find(({ key }) => live.problem?.detail?.startsWith(`${key}: `));
  const field = wrong && $("settings-groups").querySelector(`[name="${CSS.escape(wrong.key)}"]`);
  if (!field) return false;
  field.setAttribute("aria-invalid", "true");
  field.focus();
  return true;
}

async function save() {
  const { order, outcome } = view;
  if (outcome.silence && !(await sure(words.silence, [outcome.silence], words.silenceYes))) return;
  const body = JSON.stringify({ ...order, ...(outcome.silence ? { confirmed: true } : {}) });
  const done = await attempt(() => send("/v1/settings", {
    method: "PATCH", body, headers: { "Content-Type": "application/json", "If-Match": view.tag },
  }));
  if (done) for (const { driver, line, address } of order.readers ?? []) kept.set(JSON.stringify([driver, line, address]), done.restart);
  if (done) Object.assign(view, { order: null, outcome: null, saved: [words.saved, done.restart ? words.restart : null].filter(Boolean).join(" ") });
  // Readers may have gone; of those that come the daemon tells.
  if (done) loadStatus().catch(() => {});
  const isOutdated = live.problem?.status === 412;
  await load();
  if (done || !isOutdated) return;
  // Somebody else was quicker: what was wanted is shown anew, over what stands there now, before it can be agreed to again.
  await preview(order);
  view.outdated = Boolean(view.outcome);
  changed();
}

function tags(outcome) {
  const { tagsBefore: before, tagsAfter: after } = outcome;
  if (same(before, after)) return null;
  const kinds = ["secured", "released", "other", "foreign"];
  return el("table", { class: "grid" }, el("caption", {}, words.tags.what),
    el("thead", {}, el("tr", {}, ["", words.tags.now, words.tags.then].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, kinds.map((kind) => el("tr", {}, el("th", { scope: "row" }, words.tags[kind]),
      el("td", {}, String(before[kind])), el("td", {}, String(after[kind]))))));
}

function outcomeCard(it) {
  if (it.saved) return el("p", { class: "card tone-good" }, it.saved);
  const { outcome } = it;
  return el("div", { class: `card tone-${outcome.silence ? "bad" : "notice"}` },
    it.outdated ? el("p", { role: "alert" }, el("strong", {}, words.outdated)) : null,
    outcome.changes.length ? el("dl", { class: "pairs" }, outcome.changes.map((change) =>
      [el("dt", {}, label(change.key)),
        el("dd", {}, `${told(change.before, change.kind, change.key)} → ${told(change.after, change.kind, change.key)}, ${words.effect[change.effect]}`)]).flat())
      : el("p", {}, words.nothing),
    tags(outcome),
    outcome.notes.map((note) => el("p", { class: "advice" }, served(note))),
    outcome.silence ? el("p", {}, el("strong", {}, `${words.silence}: `), served(outcome.silence)) : null,
    el("div", { class: "actions" },
      outcome.changes.length ? el("button", { type: "button", class: "primary", "data-name": "save", onclick: save }, words.save) : null,
      el("button", { type: "button", "data-name": "discard", onclick: () => { Object.assign(view, { order: null, outcome: null }); changed(); } }, words.discard)));
}

// A name and a role for a reader, as a form that calls `then` with them.
function naming(summary, name, role, hint, then) {
  const form = el("form", {},
    el("label", {}, el("span", {}, words.name), el("input", { name: "name", value: name, maxlength: "40", required: true, autocomplete: "off" })),
    el("label", {}, el("span", {}, words.role), el("select", { name: "role" }, Object.entries(words.roles).map(([value, said]) =>
      el("option", { value, selected: value === role }, said)))),
    hint ? el("p", { class: "hint" }, hint) : null,
    el("div", { class: "actions whole" }, el("button", { type: "submit" }, words.preview)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    then(form.elements.name.value.trim(), form.elements.role.value);
  });
  return el("details", {}, el("summary", {}, summary), form);
}

// What somebody types outlives the card around it, which is made anew whenever its reader comes or goes; but not the settings that
// it was typed for.
const forms = new Map();

function keeping(key, make) {
  const known = forms.get(key);
  if (known && known.tag === view.tag) return known.form;
  const form = make();
  forms.set(key, { tag: view.tag, form });
  return form;
}

// For a reader of the configuration.
export function readerNaming(it) {
  const [name, role] = ["name", "role"].map((key) => byKey(`reader.${it.name}.${key}`));
  if (!name || !role || !may("admin")) return null;
  return keeping(it.name, () => naming(words.nameReader, coming(name) ?? it.name, coming(role), null, (newName, newRole) => preview({
    changes: [[name, newName], [role, newRole]].filter(([setting, value]) => value !== coming(setting))
      .map(([setting, value]) => ({ key: setting.key, value })),
  })));
}

// Readers that were kept here, and whether they wait for the next start: nobody is offered to keep them twice, unless they were taken
// back since.
const kept = new Map();
const isComing = (line, address) => (view.settings?.settings ?? []).some((it) =>
  it.key.startsWith("reader.") && it.key.endsWith(`.${line}`) && coming(it) === address);

// For a reader that was found.
export function foundNaming(it) {
  if (!it.line || !["found", "seen"].includes(it.state) || !may("admin")) return null;
  const { driver, line, address } = it;
  const key = JSON.stringify([driver, line, address]);
  if (kept.has(key) && isComing(line, address)) return el("p", { class: "advice" }, kept.get(key) ? words.keptLater : words.keptNow);
  return keeping(key, () => naming(words.keep, "", "pad", words.keepHint, (name, role) =>
    preview({ changes: [], readers: [{ name, role, driver, line, address }] })));
}

// Which readers may be named: a card that is made before is made again.
export const namedReaders = () => (may("admin") ? view.tag : null);

export function showSettings() {
  const { settings } = view;
  if (!settings) return;
  const waiting = settings.settings.filter((it) => it.waits).map((it) => label(it.key));
  text($("settings-waiting"), waiting.length ? words.waiting(waiting.join(", ")) : "");
  renew($("settings-outcome"), view.saved || view.outcome ? [{ saved: view.saved, outcome: view.outcome, outdated: view.outdated }] : [], () => "", outcomeCard);
  // A form that somebody fills in stays until the settings are other ones.
  renew($("settings-groups"), [view.forms], () => "", () =>
    el("div", {}, groups.map((name) => group(name, settings.settings)).filter(Boolean), rest(settings.settings)));
}

export const openSettings = load;

export function prepareSettings() {
  $("setup-settings").prepend(el("h3", {}, words.title), el("p", { class: "hint" }, may("admin") ? words.rule : words.look));
}
