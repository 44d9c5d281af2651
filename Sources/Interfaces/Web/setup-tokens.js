// Tokens: made, shown once, revoked. What opens is held by the page until it is put away, and nowhere else.

import { $, el, renew, text } from "./dom.js";
import { sure } from "./ask.js";
import { attempt, call, changed, send } from "./live.js";
import { may } from "./session.js";
import { format, say } from "./strings.js";

const view = { tokens: null, made: null, copied: false };

async function load() {
  if (!may("admin")) return;
  view.tokens = await call("/v1/tokens").catch(() => view.tokens);
  changed();
}

async function revoke(name) {
  if (!(await sure(say.revokeTitle(name), [say.revokeText], say.revoke))) return;
  await attempt(() => send(`/v1/tokens/${encodeURIComponent(name)}`, { method: "DELETE" }));
  if (view.made?.token.name === name) view.made = null;
  await load();
}

async function make(form) {
  const ticked = (name) => [...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value);
  const fields = form.elements;
  const made = await attempt(() => call("/v1/tokens", {
    name: fields.name.value.trim(), role: fields.role.value, readers: ticked("readers"), gates: ticked("gates"),
    ...(fields.days.value ? { days: Number(fields.days.value) } : {}),
  }));
  if (!made) return;
  form.reset();
  Object.assign(view, { made, copied: false });
  await load();
}

async function copy(secret) {
  try {
    await navigator.clipboard.writeText(secret);
    view.copied = true;
  } catch {
    // Without a clipboard the text is marked, to be copied by hand.
    $("token-made").querySelector("input").select();
  }
  changed();
}

function madeCard({ made, copied }) {
  return el("div", { class: "card tone-notice" },
    el("p", {}, el("strong", {}, say.tokenMade(made.token.name))),
    el("p", {}, say.tokenOnce),
    el("label", {}, el("span", {}, say.token), el("input", { readonly: true, value: made.secret, class: "mono", spellcheck: "false" })),
    el("div", { class: "actions" },
      el("button", { type: "button", class: "primary", "data-name": "copy", onclick: () => copy(made.secret) }, copied ? say.copied : say.copy),
      el("button", { type: "button", "data-name": "put-away", onclick: () => { view.made = null; changed(); } }, say.tokenKept)));
}

function tokenCard(it) {
  const over = it.revokedAt || it.expired;
  return el("li", { class: `card tone-${over ? "quiet" : "good"}` },
    el("p", { class: "head" },
      el("strong", {}, it.name),
      el("span", { class: "badge" }, it.revokedAt ? say.tokenRevoked : it.expired ? say.tokenExpired : it.role),
      el("span", { class: "quiet" }, say.accessRole[it.role] ?? "")),
    el("p", { class: "quiet" }, [say.tokenWhere([...it.readers, ...it.gates]), it.words].join(" · ")),
    over ? null : el("div", { class: "actions" },
      el("button", { type: "button", "data-name": "revoke", "aria-label": `${say.revoke}: ${it.name}`, onclick: () => revoke(it.name) }, say.revoke)));
}

function boxes(name, readers, ticked) {
  return readers.map((reader) => {
    const box = el("input", { type: "checkbox", name, value: reader.name });
    box.checked = ticked.some((it) => it.name === reader.name);
    return el("label", { class: "box" }, box, el("span", {}, reader.name));
  });
}

export function showTokens(state) {
  if (!may("admin")) return;
  const now = new Date();
  const list = (view.tokens ?? []).map((it) => ({
    ...it, lastUsedAt: null, expired: Boolean(it.expiresAt) && new Date(it.expiresAt) < now,
    words: say.tokenLife(
      it.lastUsedAt ? format.age(new Date(it.lastUsedAt)) : null, it.expiresAt ? format.date(new Date(it.expiresAt)) : null),
  }));
  renew($("token-list"), list, (it) => `${it.name} ${it.createdAt}`, tokenCard);
  text($("token-none"), view.tokens && !list.length ? say.tokenNone : "");
  renew($("token-made"), view.made ? [{ made: view.made, copied: view.copied }] : [], () => "", madeCard);
  // A tick stays when a reader is plugged in or out: without it the token would be for every place.
  const ticked = [...$("token-places").querySelectorAll(":checked")].map((box) => ({ name: box.value, role: box.name === "gates" ? "gate" : "" }));
  const there = state.status.readers.map(({ name, role }) => ({ name, role: role === "gate" ? "gate" : "" }));
  const names = [...there, ...ticked.filter((it) => !there.some((other) => other.name === it.name))];
  renew($("token-places"), [names], () => "", () => el("div", { class: "boxes" },
    boxes("readers", names.filter((it) => it.role !== "gate"), ticked), boxes("gates", names.filter((it) => it.role === "gate"), ticked)));
}

export const openTokens = load;

export function prepareTokens() {
  $("token-form").addEventListener("submit", (event) => {
    event.preventDefault();
    make(event.target);
  });
}
