// Tells a library system what a sweep saw: shown first, sent a portion at a time, each item's answer in sight.

import { $, el, renew, text } from "./dom.js";
import { sure } from "./ask.js";
import { attempt, call, changed, state as live } from "./live.js";
import { may } from "./session.js";
import { served } from "./speak.js";
import { say, told } from "./strings.js";

const view = { sweep: null, places: null, report: null, results: new Map(), busy: false, stopped: false, order: null };
const shown = 200;
const tone = { done: "good", planned: "quiet", refused: "notice", "left out": "notice" };

const fields = () => $("tell-form").elements;
const place = () => view.places?.[Number(fields().place.value)] ?? null;
const barcodes = () => fields().items.value.split(/[\s,;]+/).filter(Boolean);

async function load() {
  const { id } = live.sweep;
  // What is being told goes on, also when another sweep ends meanwhile.
  if (view.busy || view.sweep === id) return;
  Object.assign(view, { sweep: id, places: null, report: null, order: null, results: new Map() });
  const found = await attempt(() => Promise.all([call(`/v1/sweeps/${id}/write-backs/systems`), call(`/v1/sweeps/${id}/write-backs`)]));
  if (!found || view.sweep !== id) return;
  view.places = found[0];
  // The last word on an item counts.
  for (const line of found[1]) view.results.set(line.barcode, line);
  changed();
}

// What the form says now. It is kept from the look to the last portion: nothing goes elsewhere than where it was agreed to.
function order() {
  const { route, system } = place();
  const items = barcodes();
  return { sweep: view.sweep, wanted: { route, ...(system ? { system } : {}), ...(items.length ? { items } : {}) } };
}

const send = ({ sweep, wanted }, dryRun) => call(`/v1/sweeps/${sweep}/write-backs/live`, { ...wanted, dryRun });

async function show() {
  if (view.busy) return;
  Object.assign(view, { busy: true, report: null, order: order() });
  changed();
  view.report = await attempt(() => send(view.order, true));
  view.busy = false;
  changed();
}

// Whoever stops, or shuts the page, stops the telling: what is on its way is done, and nothing follows.
async function tell() {
  if (!view.report) return;
  const { order, report: { system, remaining } } = view;
  if (!(await sure(say.tellAsk(system, remaining), [told(view.report.notice), say.tellAskText], say.tellGo(remaining)))) return;
  // Another sweep has ended while the question stood there.
  if (view.order !== order) return;
  Object.assign(view, { busy: true, stopped: false });
  changed();
  while (!view.stopped) {
    const report = await attempt(() => send(order, false));
    if (!report) break;
    for (const line of report.results) {
      // The newest on top.
      view.results.delete(line.barcode);
      view.results.set(line.barcode, line);
    }
    view.report = report;
    changed();
    if (!report.remaining || report.trouble || !report.results.length) break;
  }
  view.busy = false;
  changed();
}

function lines() {
  const report = view.report;
  const planned = report?.dryRun ? report.next.map((barcode) => ({ barcode, state: "planned", result: "" })) : [];
  const leftOut = (report?.leftOut ?? []).map((line) => ({ ...line, state: "left out" }));
  return [...planned, ...[...view.results.values()].reverse(), ...leftOut];
}

function row(it) {
  return el("li", { class: `card tone-${tone[it.state] ?? "bad"}` },
    el("p", { class: "head" },
      el("span", { class: "badge" }, say.tellState[it.state] ?? it.state), el("strong", {}, it.barcode),
      it.result ? el("span", { class: "quiet" }, served(it.result)) : null));
}

export function showTell(state) {
  // What is still being walked is told when it is done.
  $("tell").hidden = state.sweep?.state !== "finished" || !may("technician", "admin");
  if ($("tell").hidden) return;
  if ($("tell").open) load();
  const places = view.sweep === state.sweep.id ? view.places : null;
  $("tell-form").hidden = !places?.length;
  $("tell-none").hidden = !places || places.length > 0;
  renew(fields().place, (places ?? []).map((it, index) => ({ ...it, index })), (it) => it.index, (it) =>
    el("option", { value: String(it.index) }, [say.tellRoute[it.route] ?? it.route, it.system ?? it.place].join(" · ")));
  const chosen = place();
  text($("tell-notice"), told(chosen?.notice) ?? "");
  $("tell-notice").hidden = !chosen?.notice;
  fields().items.placeholder = chosen?.wantsItems ? say.tellNamed : say.tellAll;
  fields().items.required = Boolean(chosen?.wantsItems);
  const report = view.report;
  text($("tell-told"), view.busy && !report ? say.moment : !report ? ""
    : [view.busy ? say.tellSending : null, report.dryRun ? say.tellPlanned(report) : say.tellTold(report),
      report.dryRun && !report.remaining ? say.tellNothing : null,
      report.trouble ? say.tellTrouble(told(report.trouble)) : null].filter(Boolean).join(" · "));
  $("tell-try").disabled = view.busy;
  $("tell-go").hidden = view.busy || !report?.dryRun || !report.remaining;
  text($("tell-go"), say.tellGo(report?.remaining ?? 0));
  $("tell-stop").hidden = !view.busy || !report || report.dryRun;
  $("tell-csv").hidden = !view.results.size;
  $("tell-csv").href = `/v1/sweeps/${state.sweep.id}/write-backs?format=csv`;
  const all = lines();
  const more = all.length > shown ? [{ barcode: "", more: all.length - shown }] : [];
  renew($("tell-list"), [...all.slice(0, shown), ...more], (it) => `${it.state} ${it.barcode}`, (it) =>
    (it.more ? el("li", { class: "quiet" }, say.tellMore(it.more)) : row(it)));
}

export function prepareTell() {
  $("tell").addEventListener("toggle", () => {
    // What could not be fetched is asked for again by whoever opens it again.
    if (!view.busy && !view.places) view.sweep = null;
    changed();
  });
  $("tell-form").addEventListener("change", () => {
    if (view.busy) return;
    view.report = null;
    changed();
  });
  $("tell-form").addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  $("tell-go").addEventListener("click", tell);
  $("tell-stop").addEventListener("click", () => {
    view.stopped = true;
    changed();
  });
}
