// The holdings: which snapshot stands, and a new export looked at before it takes its place.

import { $, el, renew, text } from "./dom.js";
import { sure } from "./ask.js";
import { attempt, call, changed, send, state as live } from "./live.js";
import { format, say } from "./strings.js";

const view = { snapshots: null, report: null, busy: false, told: "" };

async function load() {
  view.snapshots = await call("/v1/holdings/snapshots").catch(() => view.snapshots);
  changed();
}

// The snapshot in use stands on the other pages too.
async function taken(snapshot) {
  live.status.store.snapshot = snapshot;
  view.report = null;
  view.told = say.importTaken(snapshot.number, snapshot.items);
  await load();
}

async function accept(number) {
  const path = `/v1/holdings/snapshots/${number}/accept`;
  const snapshot = await attempt(async () => {
    try {
      return await call(path, { acceptShrink: false });
    } catch (problem) {
      if (problem.type !== "import-shrinks") throw problem;
      if (!(await sure(say.shrinkTitle, [problem.detail, say.shrinkText], say.importTake))) return null;
      return call(path, { acceptShrink: true });
    }
  });
  if (snapshot) await taken(snapshot);
}

async function discard(number) {
  const gone = await attempt(async () => {
    await send(`/v1/holdings/snapshots/${number}`, { method: "DELETE" });
    return true;
  });
  if (!gone) return;
  if (view.report?.snapshot?.number === number) view.report = null;
  view.told = say.importDiscarded(number);
  await load();
}

async function revert(number) {
  if (!(await sure(say.revertTitle(number), [say.revertText], say.revert))) return;
  const snapshot = await attempt(() => call(`/v1/holdings/snapshots/${number}/revert`, {}));
  if (snapshot) await taken(snapshot);
}

async function preview(form) {
  const file = form.file.files[0];
  if (!file) return;
  const query = new URLSearchParams({ name: file.name, ending: "preview" });
  for (const name of ["profile", "scheme"]) if (form[name].value) query.set(name, form[name].value);
  // What was looked at before and not taken is not wanted any more.
  if (view.report?.snapshot) await discard(view.report.snapshot.number);
  Object.assign(view, { busy: true, report: null, told: say.importReading(file.name) });
  changed();
  view.report = await attempt(() => send(`/v1/holdings/imports?${query}`, {
    method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file,
  }));
  Object.assign(view, { busy: false, told: "" });
  await load();
}

function table(caption, heads, rows) {
  return el("div", { class: "wide" }, el("table", { class: "grid" },
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell) => el("td", {}, cell ?? "")))))));
}

function reportCard(it) {
  const number = it.snapshot?.number;
  return el("div", { class: `card tone-${it.rejectedCount ? "notice" : "good"}` },
    el("p", { class: "head" }, el("strong", {}, say.importSum(it)), el("span", { class: "quiet" }, say.importProfile(it))),
    el("p", {}, say.importRejected(it, format.share(it.rejectedCount, it.read))),
    it.gone ? el("p", { class: "advice" }, say.importGone(it.gone)) : null,
    it.notices.map((notice) => el("p", { class: "advice" }, notice)),
    el("div", { class: "actions" },
      el("button", { type: "button", class: "primary", "data-name": "take", onclick: () => accept(number) }, say.importTake),
      el("button", { type: "button", "data-name": "discard", onclick: () => discard(number) }, say.importDiscard),
      it.rejectedCount
        ? el("a", { class: "button", href: `/v1/holdings/snapshots/${number}/rejections`, download: `rejected-${number}.csv` }, say.importRejectedAll)
        : null),
    it.columns.length
      ? table(say.importColumns, [say.columnName, say.columnField], it.columns.map((column) =>
          [column.name, column.patron ? say.columnPatron : column.field ?? say.columnUnused]))
      : null,
    it.first.length
      ? table(say.importFirst, [say.barcode, say.callNumber, say.itemTitle, say.location], it.first.map((item) =>
          [item.barcode, item.callNumber, item.title, [item.homeBranch, item.location].filter(Boolean).join(" ")]))
      : null,
    it.rejected.length
      ? table(say.importRejectedFirst, [say.rowLine, say.cause, say.rowText], it.rejected.slice(0, 10).map((row) =>
          [String(row.line), row.cause, row.text]))
      : null);
}

function snapshotCard(it) {
  const tone = { current: "good", staged: "notice" }[it.state] ?? "quiet";
  const actions = {
    staged: [["accept", say.importTake, accept], ["discard", say.importDiscard, discard]], kept: [["revert", say.revert, revert]],
  }[it.state] ?? [];
  return el("li", { class: `card tone-${tone}` },
    el("p", { class: "head" },
      el("strong", {}, say.snapshotName(it.number)), el("span", { class: "badge" }, say.snapshotState[it.state]),
      el("span", { class: "quiet" }, say.items(it.items))),
    el("p", { class: "quiet" }, say.snapshotFrom(it, it.age)),
    it.rejected ? el("p", { class: "quiet" }, say.rejected(it.rejected)) : null,
    actions.length ? el("div", { class: "actions" }, actions.map(([name, words, act]) =>
      el("button", { type: "button", "data-name": name, "aria-label": `${words}: ${say.snapshotName(it.number)}`,
        onclick: () => act(it.number) }, words))) : null);
}

export function showHoldings() {
  const list = (view.snapshots ?? []).map((it) => ({ ...it, age: format.age(new Date(it.importedAt)) }));
  const reported = view.report?.snapshot?.number;
  renew($("snapshot-list"), list.filter((it) => it.number !== reported), (it) => it.number, snapshotCard);
  text($("snapshot-none"), view.snapshots && !list.length ? say.noHoldings : "");
  $("import-button").disabled = view.busy;
  text($("import-told"), view.told);
  renew($("import-report"), view.report ? [view.report] : [], (it) => it.snapshot?.number ?? "", reportCard);
}

export const openHoldings = load;

export function prepareHoldings() {
  $("import-form").addEventListener("submit", (event) => {
    event.preventDefault();
    preview(event.target.elements);
  });
}
