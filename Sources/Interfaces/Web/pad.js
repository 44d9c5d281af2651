// What lies on a pad, and securing or releasing it. The result is what was read back, nothing else.

import { $, el, renew, text } from "./dom.js";
import { attempt, call, changed, loadPad, state as live } from "./live.js";
import { only } from "./session.js";
import { served } from "./speak.js";
import { say, told } from "./strings.js";

const view = { pad: null, working: new Set() };

function pads(state) {
  return (state.status?.readers ?? []).filter((reader) => reader.role === "pad");
}

// Tags with one barcode are parts of one item and are written together.
function items(tags, state) {
  const byBarcode = new Map();
  for (const tag of tags) {
    const key = tag.barcode ?? `uid ${tag.uid}`;
    byBarcode.set(key, [...(byBarcode.get(key) ?? []), tag]);
  }
  return [...byBarcode].map(([key, parts]) => ({
    key,
    barcode: parts[0].barcode ?? null,
    title: parts[0].title ?? null,
    parts,
    working: view.working.has(key),
    result: (parts[0].barcode && state.results.get(parts[0].barcode)) || null,
  }));
}

// What was read back is what the tags say now; everything else is read again.
function showReadBack(result) {
  const pad = live.pads.get(view.pad);
  if (result.outcome !== "done" || !pad?.tags) return;
  const written = new Set(result.parts.map((part) => part.uid));
  const security = result.want === "released" ? "disarmed" : "armed";
  live.pads.set(view.pad, { ...pad, tags: pad.tags.map((tag) => (written.has(tag.uid) ? { ...tag, security } : tag)) });
}

async function change(barcode, want) {
  if (view.working.has(barcode)) return;
  view.working.add(barcode);
  live.results.delete(barcode);
  changed();
  const result = await attempt(() => call(`/v1/readers/${encodeURIComponent(view.pad)}/security`, { barcode, want }));
  view.working.delete(barcode);
  if (result) {
    live.results.set(barcode, result);
    showReadBack(result);
  }
  changed();
  await loadPad(view.pad);
}

function resultLine(result) {
  const tone = { done: "good", unchanged: "good", refused: "notice" }[result.outcome] ?? "bad";
  return el("p", { class: `result tone-${tone}`, role: "status" },
    el("strong", {}, say.outcome[result.outcome]?.[result.want] ?? result.outcome),
    " · ", served(result.reason),
    result.hint ? el("span", { class: "hint" }, " ", served(result.hint)) : null);
}

function itemCard(it) {
  const states = [...new Set(it.parts.map((part) => part.security))];
  const tone = states.length > 1 ? "notice" : { armed: "good", disarmed: "quiet" }[states[0]] ?? "notice";
  return el("li", { class: `card tone-${tone}` },
    el("p", { class: "head" },
      states.map((name) => el("span", { class: `badge ${name}` }, say.security[name] ?? name)),
      el("strong", {}, it.title ?? (it.barcode ? say.untitled : say.unknownTag)),
      it.barcode ? el("span", { class: "quiet" }, it.barcode) : null),
    el("p", { class: "quiet mono" },
      it.parts.map((part) => [part.uid, part.chip, say.benchModel[part.model] ?? part.model].filter(Boolean).join(" · ")).join("\n")),
    it.parts.filter((part) => part.problem).map((part) => el("p", { class: "advice" }, served(part.problem))),
    it.barcode
      ? el("div", { class: "actions", ...only("POST /v1/readers/{name}/security") },
          ["released", "secured"].map((want) =>
            el("button", {
              type: "button", "data-name": want, "aria-disabled": it.working ? "true" : null,
              "aria-label": `${want === "released" ? say.release : say.secure}: ${it.title ?? it.barcode}`,
              onclick: () => change(it.barcode, want),
            }, want === "released" ? say.release : say.secure)))
      : el("p", {}, say.neverWritten),
    it.working ? el("p", { role: "status" }, say.working) : null,
    it.result && !it.working ? resultLine(it.result) : null);
}

// Why nothing can be said of what lies on a pad, and what helps; null where something can.
export function padTrouble(reader, pad) {
  if (!reader) return `${say.noPads} ${say.noReadersHint}`;
  const hint = (words) => (words ? ` ${say.remedy}: ${told(words)}` : "");
  if (reader.state === "connecting") return say.padConnecting(reader.name);
  if (reader.state !== "online") return say.padOffline(reader.name, told(reader.cause)) + hint(reader.hint);
  return pad?.problem ? told(pad.problem.detail) + hint(pad.problem.hint) : null;
}

export function showPad(state) {
  if (!state.status) return;
  const all = pads(state);
  if (!all.some((pad) => pad.name === view.pad)) view.pad = all[0]?.name ?? null;
  $("pad-choice").hidden = all.length < 2;
  renew($("pad-select"), all.map((pad) => ({ name: pad.name, on: pad.name === view.pad })), (it) => it.name, (it) =>
    el("option", { value: it.name, selected: it.on }, it.name));
  const reader = all.find((pad) => pad.name === view.pad);
  const pad = state.pads.get(view.pad);
  $("pad-read").hidden = reader?.state !== "online";
  $("pad-read").disabled = Boolean(pad?.reading);
  const list = items(pad?.tags ?? [], state);
  text($("pad-state"), padTrouble(reader, pad) ?? (!pad?.tags ? say.reading
    : list.length || pad.cards ? say.padCount(list.length, pad.tags.length) : say.emptyPad(reader.name)));
  const cards = pad?.cards ? [{ key: "cards", cards: pad.cards }] : [];
  renew($("pad-items"), [...list, ...cards], (it) => it.key, (it) => (it.cards ? el("li", { class: "card" }, say.cardLies(it.cards)) : itemCard(it)));
}

export function preparePad() {
  $("pad-select").addEventListener("change", (event) => {
    view.pad = event.target.value;
    loadPad(view.pad);
  });
  $("pad-read").addEventListener("click", () => loadPad(view.pad));
}
