// Set-up: what is wrong and what helps, the readers and whether they work; beside it holdings, tokens and the simulated branch.

import { $, el, renew, text } from "./dom.js";
import { attempt, call, changed } from "./live.js";
import { served } from "./speak.js";
import { format, say } from "./strings.js";
import { openHoldings, prepareHoldings, showHoldings } from "./setup-holdings.js";
import { foundNaming, namedReaders, openSettings, prepareSettings, readerNaming, showSettings } from "./setup-settings.js";
import { openTokens, prepareTokens, showTokens } from "./setup-tokens.js";
import { openSimulation, prepareSimulation, showSimulation } from "./setup-simulation.js";

const view = { doctor: null, checking: false, probes: null, probing: false, trials: new Map(), trying: null };
const severity = { failure: "bad", warning: "notice", note: "quiet" };
const readerTone = { online: "good", connecting: "notice", offline: "bad" };

async function check() {
  view.checking = true;
  changed();
  view.doctor = (await attempt(() => call("/v1/doctor"))) ?? view.doctor;
  view.checking = false;
  changed();
}

async function probe() {
  view.probing = true;
  changed();
  view.probes = (await attempt(() => call("/v1/readers/probe", {}))) ?? view.probes;
  view.probing = false;
  changed();
}

async function trial(name, write) {
  view.trying = name;
  view.trials.delete(name);
  changed();
  const result = await attempt(() => call(`/v1/readers/${encodeURIComponent(name)}/test`, { write }));
  view.trying = null;
  if (result) view.trials.set(name, result.steps);
  changed();
}

function findingCard(it) {
  return el("li", { class: `card tone-${severity[it.severity]}` },
    el("p", { class: "head" },
      el("span", { class: "badge" }, say.severity[it.severity]), el("strong", {}, served(it.finding)), el("span", { class: "quiet" }, served(it.subject))),
    el("p", {}, el("strong", {}, `${say.cause}: `), served(it.cause)),
    el("p", { class: "advice" }, served(it.remedy)));
}

function showDoctor() {
  const report = view.doctor;
  $("doctor-check").disabled = view.checking;
  text($("doctor-told"), view.checking ? say.doctorChecking
    : report ? say.doctorTold(report.findings.length, report.checked.length, format.time(new Date(report.checkedAt))) : "");
  renew($("doctor-list"), report?.findings ?? [], (it) => `${it.kind} ${it.subject}`, findingCard);
  renew($("doctor-checked"), report?.checked ?? [], (it) => it, (it) => el("li", {}, served(it)));
}

// What a reader can do besides are names for whoever writes a driver: they are there, and small.
function stepDetail({ name, detail }) {
  const [first, abilities] = name === "identify" ? detail.split("; ") : [detail];
  return [el("span", {}, served(first)), abilities ? el("span", { class: "quiet mono", lang: "en" }, abilities) : null];
}

function steps(list) {
  return el("ol", { class: "steps" }, list.map((step) =>
    el("li", { class: `tone-${{ passed: "good", failed: "bad" }[step.outcome] ?? "quiet"}` },
      el("span", { class: "badge" }, say.trialOutcome[step.outcome] ?? step.outcome),
      el("strong", {}, say.trialStep[step.name] ?? step.name), stepDetail(step))));
}

function readerCard(it) {
  const off = it.state !== "online" || it.busy;
  return el("li", { class: `card tone-${readerTone[it.state]}` },
    el("p", { class: "head" },
      el("strong", {}, it.name), el("span", { class: "badge" }, say.readerState[it.state] ?? it.state),
      el("span", { class: "quiet" }, say.role[it.role] ?? it.role)),
    el("p", { class: "quiet" }, [[it.model, it.firmware].filter(Boolean).join(" "), it.driver, it.link].filter(Boolean).join(" · ")),
    it.cause ? el("p", {}, el("strong", {}, `${say.cause}: `), served(it.cause)) : null,
    it.hint ? el("p", { class: "advice" }, served(it.hint)) : null,
    el("div", { class: "actions" },
      [[false, say.trialRead], [true, say.trialWrite]].map(([write, words]) =>
        el("button", { type: "button", disabled: off, "data-name": `trial-${write}`, "aria-label": `${words}: ${it.name}`,
          onclick: () => trial(it.name, write) }, words))),
    it.trying ? el("p", { role: "status" }, say.trialRunning) : null,
    it.steps ? el("div", { role: "status" }, steps(it.steps)) : null,
    readerNaming(it));
}

const probeTone = { found: "good", configured: "good", seen: "notice", silent: "quiet", unreachable: "bad" };

function probeCard(it) {
  const naming = foundNaming(it);
  return el("li", { class: `card tone-${probeTone[it.state]}` },
    el("p", { class: "head" },
      el("span", { class: "badge" }, say.probeState[it.state]), el("strong", {}, it.place),
      el("span", { class: "quiet" }, [it.model ?? it.driver, it.firmware].filter(Boolean).join(" "))),
    it.detail ? el("p", { class: "quiet" }, served(it.detail)) : null,
    // Whoever may keep it here need not write it into the file.
    it.hint && !naming ? el("p", { class: "advice" }, served(it.hint)) : null,
    naming);
}

export function show(state) {
  if (!state.status || $("setup").hidden) return;
  showDoctor();
  const readers = state.status.readers.map((reader) => ({
    ...reader, lastSeen: null, tagsPresent: null, busy: view.trying !== null, trying: view.trying === reader.name,
    steps: view.trials.get(reader.name) ?? null, named: namedReaders(),
  }));
  renew($("setup-readers"), readers.length ? readers : [{ name: "" }], (it) => it.name, (it) =>
    (it.name === "" ? el("li", { class: "card" }, el("p", {}, say.noReaders), el("p", { class: "advice" }, say.noReadersHint)) : readerCard(it)));
  $("probe").disabled = view.probing;
  text($("probe-told"), view.probing ? say.probing : view.probes ? say.probed(view.probes.length) : "");
  renew($("probe-list"), (view.probes ?? []).map((it) => ({ ...it, named: namedReaders() })), (it) => it.place, probeCard);
  showSettings();
  showHoldings(state);
  showTokens(state);
  showSimulation(state);
}

export function open() {
  check();
  openSettings();
  openHoldings();
  openTokens();
  openSimulation();
}

export function prepare() {
  $("doctor-check").addEventListener("click", check);
  $("probe").addEventListener("click", probe);
  prepareSettings();
  prepareHoldings();
  prepareTokens();
  prepareSimulation();
}
