// How everything stands: green, amber or red, always with the word beside it, cause and remedy below.

import { $, el, renew } from "./dom.js";
import { attempt, call, changed, loadDivergence } from "./live.js";
import { served } from "./speak.js";
import { format, say, told } from "./strings.js";

const week = 7 * 86400 * 1000;

function card(title, value, tone, ...lines) {
  return { title, value, tone, lines: lines.filter(Boolean) };
}

// A gate that does not hear, or not well, lets everything out: it is told before how many alarms there were.
function gateCard(status, report) {
  // Green is for a gate that does its work, not for none.
  if (report && !report.gates.length && !status.alarmsToday) return card(say.gate, say.noGate, "quiet", say.noGateHint);
  const alarms = say.alarmsToday(status.alarmsToday);
  const gates = report?.gates ?? [];
  const troubles = gates.flatMap((it) => it.troubles);
  const deaf = gates.filter((it) => !it.hears);
  const muted = gates.filter((it) => it.mutedSeconds > 0);
  const last = status.lastAlarm;
  return card(
    say.gate, deaf.length ? say.deaf : alarms, troubles.length || deaf.length ? "bad" : status.alarmsToday || muted.length ? "notice" : "good",
    ...deaf.filter((it) => !it.troubles.length).map((it) => `${it.name}: ${say.deaf}`),
    ...troubles.flatMap((it) => [`${it.gate}: ${told(it.kind)}, ${told(it.cause)}`, `${say.remedy}: ${told(it.advice)}`]),
    report?.fire ? say.fire : null,
    ...muted.map((it) => `${it.name}: ${say.mutedFor(it.mutedSeconds)}`),
    deaf.length ? alarms : null,
    last ? say.lastAlarm(told(last.items[0].reason), format.age(new Date(last.at))) : null,
  );
}

function cards(status, divergence, report) {
  const { store, ils, gate } = status;
  const snapshot = store.snapshot;
  const old = snapshot && Date.now() - new Date(snapshot.importedAt) > week;
  const list = [
    card(
      say.daemon, say.up, "good",
      say.running(status.version, format.age(new Date(status.startedAt))),
      status.simulated ? say.simulated : null,
    ),
    snapshot
      ? card(
          say.holdings, say.items(snapshot.items), old ? "notice" : "good",
          say.snapshot(snapshot, format.age(new Date(snapshot.importedAt))),
          snapshot.rejected ? say.rejected(snapshot.rejected) : null,
          old ? say.old : null,
        )
      : card(say.holdings, say.noHoldings, "notice", say.noHoldingsHint),
    gateCard(gate, report),
    card(
      say.ils, say.ilsState[ils.state] ?? ils.state,
      { online: "good", offline: "bad" }[ils.state] ?? "quiet",
      ils.detail,
    ),
  ];
  const changes = divergence?.changes.length ?? 0;
  const wrong = divergence?.wrongBits.length ?? 0;
  list.push(
    card(
      say.securityTitle,
      changes + wrong ? say.securityOpen(changes + wrong) : say.securityGood,
      changes + wrong ? "bad" : "good",
      changes ? say.openChanges(changes) : null,
      wrong ? say.wrongBits(wrong) : null,
      divergence?.repaired ? say.repaired(divergence.repaired) : null,
    ),
  );
  return list;
}

// One entry for each item that may walk out, or ring, without a reason.
function divergences(report) {
  const changes = report.changes.map((it) => ({
    key: `change-${it.id}`,
    barcode: it.barcode,
    what: say.changeOpen({ ...it, cause: told(it.cause) }),
    where: `${it.device} · ${format.age(new Date(it.at))}`,
    why: it.isAgreed ? told(it.reason) ?? say.cutOff : say.unanswered(told(it.cause)),
  }));
  const wrong = report.wrongBits.map((it) => ({
    key: `bit-${it.uid}`,
    barcode: it.barcode,
    what: say.bitWrong({ ...it, says: told(it.says), item: told(it.item) }),
    where: `${it.device} · ${format.age(new Date(it.last))}`,
    why: [it.callNumber, it.title].filter(Boolean).join(" · "),
  }));
  return [...changes, ...wrong].slice(0, 200);
}

export function prepareNow() {
  $("repair").addEventListener("click", async () => {
    $("repair").disabled = true;
    const repairs = await attempt(() => call("/v1/security/repair", {}));
    $("repair").disabled = false;
    if (repairs) $("repair-told").textContent = say.repairTold(repairs.map((it) => ({ ...it, reason: told(it.reason) })));
    await loadDivergence().catch(() => {});
    changed();
  });
}

function readerFacts(reader) {
  return [
    [reader.model, reader.firmware].filter(Boolean).join(" ") || reader.driver,
    reader.link,
    say.tagsPresent(reader.tagsPresent),
    reader.lastSeen ? say.lastSeen(format.age(new Date(reader.lastSeen))) : say.neverSeen,
  ].join(" · ");
}

export function showNow(state) {
  if (!state.status) return;
  const open = state.divergence ? divergences(state.divergence) : [];
  $("now-security").hidden = open.length === 0;
  renew($("divergence-list"), open, (it) => it.key, (it) =>
    el("li", { class: "card tone-bad" },
      el("p", { class: "head" }, el("strong", {}, it.barcode), el("span", {}, it.what)),
      el("p", { class: "quiet" }, it.where),
      it.why ? el("p", {}, it.why) : null));
  renew($("now-cards"), cards(state.status, state.divergence, state.gate), (it) => it.title, (it) =>
    el("div", { class: `card tone-${it.tone}` },
      el("h3", {}, it.title),
      el("p", { class: "value" }, it.value),
      it.lines.map((line) => el("p", {}, line === state.status.ils.detail ? served(line) : line))));
  const readers = state.status.readers.map((reader) => ({ ...reader, facts: readerFacts(reader), lastSeen: null }));
  const tones = { online: "good", connecting: "notice", offline: "bad" };
  renew($("now-readers"), readers.length ? readers : [{ name: "" }], (it) => it.name, (it) =>
    it.name === ""
      ? el("li", { class: "card" }, el("p", {}, say.noReaders), el("p", { class: "advice" }, say.noReadersHint))
      : el("li", { class: `card tone-${tones[it.state]}` },
          el("p", { class: "head" },
            el("strong", {}, it.name),
            el("span", { class: "badge" }, say.readerState[it.state] ?? it.state),
            el("span", { class: "quiet" }, say.role[it.role] ?? it.role)),
          el("p", { class: "quiet" }, it.facts),
          it.cause ? el("p", {}, el("strong", {}, `${say.cause}: `), served(it.cause)) : null,
          it.hint ? el("p", {}, el("strong", {}, `${say.remedy}: `), served(it.hint)) : null));
}
