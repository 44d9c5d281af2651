// The live sweep: how much was heard, where the shelf is thin, what was found and why.

import { $, el, renew, text } from "./dom.js";
import { attempt, call, changed, state as live, takeSweep } from "./live.js";
import { served } from "./speak.js";
import { format, say, told } from "./strings.js";
import { tongue } from "./tongue.js";

const page = 50;
const view = { kind: null, limit: page };
const order = { problem: 0, notice: 1, info: 2 };

function showStrip(sweep, marks) {
  const strip = $("sweep-strip");
  const sums = { missing: 0, misplaced: 0 };
  while (strip.children.length > sweep.strip.length) strip.lastChild.remove();
  while (strip.children.length < sweep.strip.length) strip.append(el("i"));
  sweep.strip.forEach((stretch, index) => {
    const cell = strip.children[index];
    const fill = stretch.expected ? stretch.seen / stretch.expected : 0;
    cell.style.setProperty("--fill", fill.toFixed(3));
    const thin = stretch.expected ? Math.min((stretch.unheard ?? 0) / stretch.expected, 1 - fill) : 0;
    cell.style.setProperty("--thin", thin.toFixed(3));
    // What is missing and what stands wrong is known when somebody has asked for it, or when the sweep is over.
    const { missing = 0, misplaced = 0 } = stretch.missing === undefined ? marks?.[index] ?? {} : stretch;
    cell.style.setProperty("--missing", (stretch.expected ? Math.min(missing / stretch.expected, 1 - fill) : 0).toFixed(3));
    cell.className = [
      !stretch.expected ? "none" : fill >= 1 ? "full" : fill > 0 ? "part" : "bare", thin > 0 && "thin", missing && "missing",
      misplaced && "misplaced",
    ].filter(Boolean).join(" ");
    cell.title = say.stretch({ ...stretch, missing, misplaced });
    sums.missing += missing;
    sums.misplaced += misplaced;
  });
  strip.setAttribute("aria-label", say.stripLabel({ ...sweep, ...sums }, format.share(sweep.seen, sweep.expected)));
  text($("sweep-from"), sweep.strip[0]?.from ?? "");
  text($("sweep-to"), sweep.strip.at(-1)?.from ?? "");
}

function showCompleteness(completeness) {
  text($("sweep-complete"), completeness ? say.complete(completeness) : "");
  renew($("sweep-thin"), completeness?.thinSpots.slice(0, 5) ?? [], (it) => it.from, (it) =>
    el("li", { class: "card tone-notice" }, el("p", {}, el("strong", {}, say.thin(it))), el("p", {}, say.thinWhy({ ...it, reason: told(it.reason) }))));
}

function showFindings(findings, running) {
  const kinds = new Map();
  for (const finding of findings) kinds.set(finding.kind, (kinds.get(finding.kind) ?? 0) + 1);
  if (view.kind && !kinds.has(view.kind)) view.kind = null;
  const chips = [{ kind: null, label: say.kind(say.allKinds, findings.length) }].concat(
    [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, value]) => ({ kind, label: say.kind(told(kind), value) })));
  renew($("sweep-kinds"), chips.map((chip) => ({ ...chip, on: chip.kind === view.kind })), (it) => it.kind ?? "", (it) =>
    el("button", {
      type: "button", "aria-pressed": String(it.on), "data-name": "chip",
      onclick: () => { view.kind = it.kind; view.limit = page; changed(); },
    }, it.label));
  const shown = findings
    .filter((finding) => !view.kind || finding.kind === view.kind)
    .sort((a, b) => (order[a.severity] ?? 3) - (order[b.severity] ?? 3)
      || (a.callNumber ?? "").localeCompare(b.callNumber ?? "", "en", { numeric: true }));
  const tones = { problem: "bad", notice: "notice", info: "quiet" };
  renew($("sweep-findings"), shown.length ? shown.slice(0, view.limit) : [{ id: "", running }], (it) => it.id, (it) =>
    it.id === ""
      ? el("li", { class: "card tone-good" }, it.running ? say.noFindingsYet : say.noFindings)
      : el("li", { class: `card tone-${tones[it.severity] ?? "quiet"}` },
          el("p", { class: "head" },
            el("span", { class: "badge" }, served(it.kind)),
            el("strong", {}, it.callNumber ?? ""),
            el("span", { class: "quiet" }, it.barcode ?? it.uid ?? "")),
          it.title ? el("p", { class: "title" }, it.title) : null,
          el("p", {}, served(it.reason)),
          it.advice ? el("p", { class: "advice" }, served(it.advice)) : null));
  const more = $("sweep-more");
  more.hidden = shown.length <= view.limit;
  text(more, say.more(Math.min(page, shown.length - view.limit)));
}

export function showSweep(state) {
  const sweep = state.sweep;
  const running = sweep?.state === "running";
  $("sweep-live").hidden = !sweep;
  $("sweep-found").hidden = !sweep;
  $("sweep-new").hidden = running;
  // Without holdings there is nothing that a sweep could expect.
  const isBare = Boolean(state.status && !state.status.store.snapshot);
  $("sweep-none").hidden = !isBare;
  text($("sweep-none"), isBare ? `${say.sweepNone} ${say.noHoldingsHint}` : "");
  if (!sweep) {
    // Once: whoever closes it may.
    if (state.status && !view.isOffered) {
      $("sweep-new").open = true;
      view.isOffered = true;
    }
    return;
  }
  text($("sweep-scope"), say.scope(sweep.id, say.sweepState[sweep.state] ?? sweep.state, told(sweep.scope)));
  text($("sweep-seen"), format.number(sweep.seen));
  text($("sweep-expected"), say.of(format.number(sweep.expected), format.share(sweep.seen, sweep.expected)));
  text($("sweep-facts"), say.facts(sweep));
  $("sweep-unread").hidden = !sweep.unreadTags;
  text($("sweep-unread"), sweep.unreadTags ? say.unread(sweep.unreadTags) : "");
  showStrip(sweep, state.marks);
  showCompleteness(sweep.completeness);
  $("sweep-print").href = `/v1/sweeps/${sweep.id}/report?format=html&lang=${tongue}`;
  $("sweep-xlsx").href = `/v1/sweeps/${sweep.id}/report?format=xlsx&lang=${tongue}`;
  $("sweep-finish").hidden = !running;
  const csv = $("sweep-csv");
  csv.hidden = state.findings.size === 0;
  csv.href = `/v1/sweeps/${sweep.id}/findings?format=csv`;
  csv.download = `sweep-${sweep.id}.csv`;
  showFindings([...state.findings.values()], running);
}

export function prepareSweep() {
  $("sweep-more").addEventListener("click", () => { view.limit += page; changed(); });
  $("sweep-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const request = {};
    for (const [name, value] of new FormData(form)) if (value.trim()) request[name] = value.trim();
    const button = form.querySelector("button");
    button.disabled = true;
    const sweep = await attempt(() => call("/v1/sweeps", request));
    button.disabled = false;
    if (!sweep) return;
    $("sweep-new").open = false;
    await takeSweep(sweep);
    $("main").focus();
  });
  const dialog = $("finish-dialog");
  $("sweep-finish").addEventListener("click", () => {
    text($("finish-text"), say.finishText(live.sweep));
    dialog.returnValue = "no";
    dialog.showModal();
  });
  dialog.addEventListener("close", async () => {
    if (dialog.returnValue !== "yes") return;
    const sweep = await attempt(() => call(`/v1/sweeps/${live.sweep.id}/finish`, {}));
    if (sweep) await takeSweep(sweep);
  });
}
