// Alarms as they happen: why, which item, what to do, and one tap to say what it was. Never who.

import { $, el, renew, text } from "./dom.js";
import { attempt, call, changed, loadGate, onChange, state as live, takeGate } from "./live.js";
import { instead, only } from "./session.js";
import { served } from "./speak.js";
import { format, say, told } from "./strings.js";

const muteMinutes = 10;

function itemBlock(it) {
  return [
    el("p", { class: "head" }, el("span", { class: "badge" }, served(it.reason)), el("strong", {}, it.title ?? it.barcode ?? it.uid)),
    el("p", { class: "quiet" }, [it.callNumber, it.barcode ?? it.uid, it.origin && say.origin(told(it.origin))].filter(Boolean).join(" · ")),
    el("p", { class: "quiet" }, `${say.evidence}: `, served(it.evidence)),
    el("p", { class: "advice" }, served(it.advice)),
  ];
}

async function judge(alarm, outcome) {
  const told = await attempt(() => call(`/v1/gate/alarms/${alarm.id}/outcome`, { outcome }));
  if (!told) return;
  live.alarms = live.alarms.map((other) => (other.id === told.id ? told : other));
  changed();
  loadGate().catch(() => {});
}

// A wrong tap is put right by another one.
function outcomes(alarm) {
  return el("div", { class: "actions chips", role: "group", "aria-label": say.whatWasIt, ...only("POST /v1/gate/alarms/{id}/outcome") },
    Object.entries(say.outcomes).map(([name, words]) =>
      el("button", { type: "button", "data-name": `${alarm.id}-${name}`, "aria-pressed": String(alarm.outcome === name),
        onclick: () => judge(alarm, name) }, words)));
}

function alarmCard(it) {
  const words = [it.gate, it.lane, told(it.direction), it.quiet && say.quiet(told(it.quiet))].filter(Boolean).join(" · ");
  return el("li", { class: it.outcome ? "card" : "card tone-bad" },
    el("p", { class: "quiet" }, el("time", { datetime: it.at }, format.time(new Date(it.at))), ` · ${words}`),
    it.bulk ? el("p", {}, el("strong", {}, say.bulk)) : null,
    it.items.map((item) => el("div", { class: "part" }, itemBlock(item))),
    it.id > 0 ? outcomes(it) : null,
    it.outcome ? el("p", { ...instead("POST /v1/gate/alarms/{id}/outcome") }, say.outcomes[it.outcome] ?? it.outcome) : null);
}

function gateCard(it) {
  const lines = [];
  if (it.incoming + it.outgoing > 0) lines.push(say.people(it));
  if (it.lanes.length > 1) lines.push(...it.lanes.map((lane) => `${lane.name ?? say.lane(lane.lane)}: ${say.people(lane)}`));
  lines.push(...it.sentinels.map((antenna) => say.sentinel({ ...antenna, verdict: told(antenna.verdict) })));
  if (it.selfTest) lines.push(say.selfTest(it.selfTest));
  // A gate that makes no noise is not as it should be, however well it hears.
  const muted = it.mutedSeconds > 0;
  return el("li", { class: `card tone-${!it.hears || it.troubles.length ? "bad" : muted ? "notice" : "good"}` },
    el("p", { class: "head" }, el("strong", {}, it.name), el("span", { class: `badge tone-${it.hears ? "good" : "bad"}` }, it.hears ? say.hears : say.deaf),
      muted ? el("span", { class: "badge tone-notice" }, say.mutedFor(it.mutedSeconds)) : null),
    lines.map((line) => el("p", { class: "quiet" }, line)),
    it.troubles.map((trouble) => [
      el("p", {}, served(trouble.kind), ": ", served(trouble.cause)), el("p", { class: "advice" }, served(trouble.advice))]).flat(),
    it.parked.map((item) => [
      el("p", {}, `${say.lies(told(item.place))}: `, el("strong", {}, item.title ?? item.barcode ?? item.uid)),
      el("p", { class: "quiet" }, [item.callNumber, item.barcode].filter(Boolean).join(" · ")),
      el("p", { class: "advice" }, served(item.advice))]).flat());
}

async function mute(minutes) {
  const report = await attempt(() => call("/v1/gate/mute", { minutes }));
  if (report) takeGate(report);
}

// Fetched when somebody wants to see them.
let pictures = null;
function openPictures() {
  if (!$("pictures").open) return;
  pictures ??= import("./pictures.js").then((part) => {
    part.prepare();
    onChange(part.show);
    changed();
  }, () => { pictures = null; });
}

export function prepareGate() {
  $("pictures").addEventListener("toggle", openPictures);
  text($("gate-mute"), say.mute(muteMinutes));
  $("gate-mute").addEventListener("click", () => mute(muteMinutes));
  $("gate-unmute").addEventListener("click", () => mute(0));
}

export function showGate(state) {
  if (!state.status) return;
  const gate = state.gate;
  const facts = [say.alarmsToday(state.status.gate.alarmsToday)];
  if (gate?.gates.length) facts.push(say.measured(say.falseAlarms, gate.falseAlarms), say.measured(say.missedWalks, gate.misses));
  if (gate?.fire) facts.unshift(say.fire);
  text($("gate-today"), facts.join(" · "));
  const sounding = (gate?.gates ?? []).some((it) => it.outputs.length);
  const muted = (gate?.gates ?? []).some((it) => it.mutedSeconds > 0);
  $("gate-mute").hidden = !sounding || muted;
  $("gate-unmute").hidden = !muted;
  const gates = gate && !gate.gates.length ? [{ name: "" }] : gate?.gates ?? [];
  renew($("gate-list"), gates, (it) => it.name, (it) =>
    (it.name ? gateCard(it) : el("li", { class: "card" }, el("p", {}, say.noGate), el("p", { class: "advice" }, say.noGateHint))));
  const alarms = state.alarms.length ? state.alarms : [{ id: "" }];
  renew($("gate-alarms"), alarms, (it) => (it.id === 0 ? `${it.gate} ${it.at}` : it.id), (it) => (it.id === "" ? el("li", { class: "card" }, say.noAlarms) : alarmCard(it)));
}
