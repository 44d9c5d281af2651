// The tag bench: what one tag on a pad says, byte by byte; writing it by the site's profile; converting a stack.

import { $, el, renew, text } from "./dom.js";
import { sure } from "./ask.js";
import { attempt, call, changed, loadPad, state as live } from "./live.js";
import { may } from "./session.js";
import { setupWords as words } from "./setup-words.js";
import { padTrouble } from "./pad.js";
import { served } from "./speak.js";
import { format, say, told } from "./strings.js";

const view = { pad: null, uid: null, look: null, shown: null, health: null, problem: null, filled: null, written: null, report: null, busy: false, asked: new Set() };
const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const colours = 6;
const letter = (index) => letters[index] ?? "+";
const tone = { certain: "good", maybe: "notice", no: "quiet" };

const path = (end) => `/v1/readers/${encodeURIComponent(view.pad)}/${end}`;
const hex = (value) => value.toString(16).toUpperCase().padStart(2, "0");
const word = (value) => hex(value).padStart(4, "0");
// What stands on tags comes from anywhere: no control characters, and nothing that turns the line around.
const plain = (words) => words.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "·");

const fieldName = ({ name }) => words.element[name] ?? name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

const pads = () => (live.status?.readers ?? []).filter((reader) => reader.role === "pad");
const readings = () => live.pads.get(view.pad)?.tags ?? [];
const chosen = () => readings().find((tag) => tag.uid === view.uid) ?? null;

// Fetched anew when another tag is chosen, and when what lies there has changed.
async function explain(reading) {
  const look = view.look;
  try {
    const shown = await call(path(`tags/${reading.uid}`));
    if (look !== view.look) return;
    Object.assign(view, { shown, problem: null });
    changed();
    // What was never met has no history.
    const health = await call(`/v1/tags/${reading.uid}`).catch(() => null);
    if (look !== view.look) return;
    view.health = health;
  } catch (problem) {
    if (look !== view.look) return;
    Object.assign(view, { shown: null, problem });
  }
  changed();
}

// A newcomer comes with its number and barcode alone: chip and title are read once.
function meet(tags, pad) {
  const here = new Set(tags.map((tag) => tag.uid));
  view.asked = new Set([...view.asked].filter((uid) => here.has(uid)));
  const strangers = tags.filter((tag) => tag.chip === undefined && !view.asked.has(tag.uid));
  if (!strangers.length || !pad || pad.reading || view.busy) return;
  for (const tag of strangers) view.asked.add(tag.uid);
  loadPad(view.pad);
}

function choose(uid) {
  if (view.uid !== uid) Object.assign(view, { uid, shown: null, health: null, problem: null, written: null, filled: null });
  changed();
}

function tagButton(it) {
  return el("button", { type: "button", "data-name": "choose", "aria-pressed": String(it.on), onclick: () => choose(it.uid) },
    el("strong", {}, plain(it.barcode ?? say.benchModel[it.model] ?? say.unknownTag)),
    el("small", {}, [it.title, it.chip, it.uid].filter(Boolean).join(" · ")));
}

function pair(name, value, kind) {
  return value ? [el("dt", {}, name), el("dd", kind ? { class: kind } : {}, value)] : [];
}

function checksum(it) {
  if (!it) return null;
  return it.stored === it.computed ? say.checksumRight(it.kind) : say.checksumWrong(it.kind, word(it.stored), word(it.computed));
}

function chipWords(it) {
  return [it.chip?.name ?? say.chipUnknown, it.maker, it.chip?.passwords ? say.chipPasswords(it.chip.passwords) : null];
}

function facts(it) {
  const tag = it.tag;
  return el("dl", { class: "pairs" },
    pair(say.benchModelName, `${say.benchModel[tag.model] ?? tag.model}`),
    pair(say.benchOwner, it.owner && plain(it.owner)),
    pair(say.benchSet, it.parts == null ? null : say.setOf(it.parts, it.part)),
    pair(say.benchUsage, it.usage ? `${it.usage}: ${told(it.usageMeaning)}` : null),
    pair(say.benchSecurity, say.security[tag.security] ?? tag.security),
    pair("AFI", tag.afi == null ? say.notRead : hex(tag.afi), "mono"),
    pair("EAS", it.eas == null ? say.easNone : it.eas ? say.easOn : say.easOff),
    pair("DSFID", tag.dsfid == null ? say.notRead : hex(tag.dsfid), "mono"),
    pair(say.benchChecksum, checksum(it.checksum), it.checksum && it.checksum.stored !== it.checksum.computed ? "wrong" : null),
    pair(say.benchChip, chipWords(it).filter(Boolean).join(" · ")),
    pair(say.benchMemory, say.blocks(tag.blockCount ?? Math.floor(tag.memory.length / 2 / tag.blockSize), tag.blockSize)),
    pair(say.benchLocked, tag.lockedBlocks == null ? null : tag.lockedBlocks.join(", ")),
    pair("UID", tag.uid, "mono"));
}

// Shows where a field's bytes are, for the pointer and for the keyboard.
function light(event, index, on) {
  for (const byte of event.currentTarget.closest("article").querySelectorAll(`[data-field="${index}"]`)) byte.classList.toggle("lit", on);
}

function elements(it) {
  return el("div", { class: "wide" }, el("table", { class: "grid" },
    el("caption", {}, say.benchFields),
    el("thead", {}, el("tr", {}, ["", say.fieldName, say.fieldValue, say.fieldBytes, say.fieldHow].map((name) =>
      el("th", { scope: "col" }, name)))),
    el("tbody", {}, it.elements.map((field, index) =>
      el("tr", {
        tabindex: "0", onmouseenter: (event) => light(event, index, true), onmouseleave: (event) => light(event, index, false),
        onfocus: (event) => light(event, index, true), onblur: (event) => light(event, index, false),
      },
        el("td", {}, el("span", { class: `byte f${index % colours}` }, letter(index))),
        el("th", { scope: "row" }, fieldName(field), field.oid == null ? null : el("small", {}, ` ${field.oid}`)),
        el("td", {}, plain(field.value)),
        el("td", { class: "mono" }, say.fieldPlace(field.offset, field.length)),
        el("td", { class: "quiet" }, [field.compaction, field.locked ? say.fieldLocked : null].filter(Boolean).join(", ")))))));
}

function owners(it, size) {
  const list = new Array(size).fill(null);
  it.elements.forEach((field, index) => list.fill(index, field.offset, Math.min(field.offset + field.length, size)));
  return list;
}

// ISO 28560-3 keeps two fields in its first byte.
const namesAt = (it, place) =>
  it.elements.filter((field) => place >= field.offset && place < field.offset + field.length).map(fieldName).join(", ");

function memoryRow(it, bytes, fields, block) {
  const size = it.tag.blockSize;
  const places = bytes.slice(block * size, block * size + size).map((byte, index) =>
    ({ byte, place: block * size + index, field: fields[block * size + index] }));
  const begin = it.elements.map((field, index) => ({ field, index }))
    .filter(({ field }) => field.offset >= block * size && field.offset < (block + 1) * size);
  return el("tr", {},
    el("th", { scope: "row" }, String(block), it.tag.lockedBlocks?.includes(block) ? el("small", {}, ` ${say.lockMark}`) : null),
    el("td", { class: "bytes" }, places.map(({ byte, place, field }) =>
      el("span", {
        class: field == null ? "byte" : `byte f${field % colours}`, "data-field": field,
        title: field == null ? say.fieldNone : namesAt(it, place),
      }, byte, el("small", { "aria-hidden": "true" }, field == null ? "·" : letter(field))))),
    el("td", {}, begin.map(({ field, index }) => `${letter(index)} ${fieldName(field)}`).join(", ")));
}

function memory(it) {
  const bytes = it.tag.memory.match(/../g) ?? [];
  if (!bytes.length) return null;
  const size = it.tag.blockSize;
  const fields = owners(it, bytes.length);
  const count = Math.ceil(bytes.length / size);
  const empty = (block) => block < count
    && bytes.slice(block * size, block * size + size).every((byte, index) => byte === "00" && fields[block * size + index] === null);
  const rows = [];
  for (let block = 0; block < count; block += 1) {
    let end = block;
    while (empty(end)) end += 1;
    if (end - block > 2) {
      rows.push(el("tr", {}, el("th", { scope: "row" }, `${block}–${end - 1}`), el("td", { class: "quiet", colspan: "2" }, say.blocksEmpty)));
      block = end - 1;
    } else rows.push(memoryRow(it, bytes, fields, block));
  }
  return el("div", { class: "wide" }, el("table", { class: "grid hex" },
    el("caption", {}, say.benchBytes),
    el("thead", {}, el("tr", {}, [say.block, say.fieldBytes, say.fieldBegins].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, rows)));
}

function explained(it) {
  return el("article", { class: `card tone-${tone[it.confidence]}` },
    el("p", { class: "head" },
      el("span", { class: "badge" }, say.confidence[it.confidence]),
      el("strong", {}, plain(it.tag.title ?? it.tag.barcode ?? say.unknownTag)),
      it.tag.title && it.tag.barcode ? el("span", { class: "quiet" }, plain(it.tag.barcode)) : null),
    el("p", {}, say.because(told(it.reason))),
    it.problems.map((words) => el("p", { class: "advice" }, plain(words))),
    facts(it),
    it.elements.length ? elements(it) : null,
    memory(it));
}

const verdictTone = { good: "good", watch: "notice", replace: "bad", unknown: "quiet" };

// How old it is and how well it does, as far as it was written down.
function condition(it) {
  const met = (when) => (when ? [format.age(new Date(when.at)), when.reader ? words.on(when.reader) : null].filter(Boolean).join(" ") : null);
  const trouble = [it.memoryWrites.lastTrouble, it.securityWrites.lastTrouble].filter(Boolean).map(plain).join(" · ");
  return el("article", { class: `card tone-${verdictTone[it.verdict]}` },
    el("p", { class: "head" }, el("span", { class: "badge" }, words.verdict[it.verdict]), el("strong", {}, words.tagTitle)),
    it.reasons.map((reason) => el("p", { class: "advice" }, served(plain(reason)))),
    el("dl", { class: "pairs" },
      pair(words.first, [met(it.firstSeen), words.age(it.ageDays ?? 0)].filter(Boolean).join(" · ")),
      pair(words.last, met(it.lastSeen)),
      pair(words.answers, it.hearing?.looks ? words.answersOf(it.hearing) : null),
      pair(words.signal, it.hearing?.signal == null ? null : words.signalOf(it.hearing)),
      pair(words.memory, words.writes(it.memoryWrites)),
      pair(words.theft, words.writes(it.securityWrites)),
      pair(words.wrong, it.wrongBits ? words.wrongOf(it) : null, it.wrongNow ? "wrong" : null),
      pair(words.trouble, trouble ? served(trouble) : null)));
}

function fill(reading) {
  if (view.filled === reading.uid) return;
  view.filled = reading.uid;
  const form = $("bench-form");
  form.elements.barcode.value = reading.barcode ?? "";
  form.elements.parts.value = "1";
  form.elements.part.value = "1";
  form.elements.want.value = reading.security === "disarmed" ? "released" : "secured";
}

export function show() {
  if (!live.status || $("bench").hidden) return;
  const all = pads();
  if (!all.some((pad) => pad.name === view.pad)) Object.assign(view, { pad: all[0]?.name ?? null, uid: null });
  $("bench-choice").hidden = all.length < 2;
  renew($("bench-select"), all.map((pad) => ({ name: pad.name, on: pad.name === view.pad })), (it) => it.name, (it) =>
    el("option", { value: it.name, selected: it.on }, it.name));
  const reader = all.find((pad) => pad.name === view.pad);
  const pad = live.pads.get(view.pad);
  $("bench-read").hidden = reader?.state !== "online";
  $("bench-read").disabled = Boolean(pad?.reading);
  text($("bench-state"), padTrouble(reader, pad) ?? (!pad?.tags ? say.reading
    : pad.tags.length ? say.benchCount(pad.tags.length) : say.emptyPad(reader.name)));
  const tags = readings();
  meet(tags, pad);
  // While a tag is read again it stays in sight.
  if (tags.length && !chosen()) choose(tags[0].uid);
  renew($("bench-tags"), tags.map(({ uid, barcode, title, chip, model }) =>
    ({ uid, barcode, title, chip, model, on: uid === view.uid })), (it) => it.uid, tagButton);
  const reading = chosen();
  const look = reading && JSON.stringify([view.pad, reading]);
  if (reading && look !== view.look) {
    view.look = look;
    explain(reading);
  }
  if (!reading && pad?.tags) view.look = null;
  renew($("bench-tag"), reading && view.shown?.tag.uid === reading.uid ? [view.shown] : [], (it) => it.tag.uid, explained);
  renew($("bench-health"), reading && view.health?.uid === reading.uid ? [view.health] : [], (it) => it.uid, condition);
  text($("bench-problem"), view.problem ? [view.problem.detail, view.problem.hint].filter(Boolean).map(told).join(" · ") : "");
  $("bench-write").hidden = !reading;
  $("bench-convert").hidden = !tags.length;
  if (reading) fill(reading);
  $("bench-write-button").disabled = view.busy;
  showWritten();
  showReport();
}

function showWritten() {
  const it = view.written;
  renew($("bench-written"), it ? [it] : [], () => "", () =>
    el("p", { class: `result tone-${{ written: "good", refused: "notice" }[it.outcome] ?? "bad"}` },
      el("strong", {}, say.writing[it.outcome]), it.outcome === "written" ? null : [" · ", served(it.reason)], it.hint ? el("span", { class: "hint" }, " ", served(it.hint)) : null));
}

// Who the barcode belongs to is asked before: a slip of the finger must not become a tag.
async function write(form) {
  const wanted = {
    barcode: form.barcode.value.trim(), parts: Number(form.parts.value), part: Number(form.part.value), want: form.want.value,
  };
  const reading = chosen();
  if (!reading || !wanted.barcode) return;
  const known = (await call(`/v1/holdings/items/${encodeURIComponent(wanted.barcode)}`).catch(() => null))?.item;
  const what = known ? [known.callNumber, known.title].filter(Boolean).join(" · ") : say.writeUnknown;
  const now = reading.barcode ? say.writeOver(reading.barcode) : say.benchModel[reading.model] ?? reading.model;
  const answer = await sure(say.writeTitle(wanted.barcode), [what, say.writeOn(reading.uid, now), say.writeHint], say.write);
  if (!answer) return;
  view.busy = true;
  changed();
  if (!known) wanted.acceptUnknown = true;
  view.written = await attempt(() => call(path(`tags/${reading.uid}`), wanted));
  view.busy = false;
  await loadPad(view.pad);
}

const conversionTone = { converted: "good", unchanged: "good", planned: "quiet", refused: "notice" };

function reportRow(it) {
  return el("li", { class: `card tone-${conversionTone[it.outcome] ?? "bad"}` },
    el("p", { class: "head" },
      el("span", { class: "badge" }, say.conversion[it.outcome] ?? it.outcome),
      el("strong", {}, plain(it.barcode ?? say.unknownTag)),
      el("span", { class: "quiet" }, [it.model && (say.benchModel[it.model] ?? it.model), it.uid].filter(Boolean).join(" · "))),
    el("p", {}, served(it.reason)),
    it.hint ? el("p", { class: "advice" }, served(it.hint)) : null,
    it.blocks?.length ? el("p", { class: "quiet" }, say.blockOrder(it.blocks.join(", "))) : null,
    it.blocks?.length && it.interruption ? el("p", { class: "quiet" }, say.tornAway(it.interruption)) : null,
    it.leftOut.length ? el("p", { class: "quiet" }, say.leftOut(it.leftOut.join(", "))) : null,
    it.notes.map((note) => el("p", { class: "quiet" }, note)));
}

function showReport() {
  const report = view.report;
  const planned = report?.dryRun ? report.totals.planned ?? 0 : 0;
  $("convert-go").hidden = planned === 0;
  $("convert-go").disabled = $("convert-try").disabled = view.busy;
  text($("convert-go"), say.convertGo(planned));
  text($("convert-told"), view.busy ? say.moment : report ? say.converted(report) : "");
  renew($("convert-list"), report?.tags ?? [], (it) => it.uid, reportRow);
}

async function convert(dryRun) {
  const form = $("convert-form").elements;
  const reading = chosen();
  const barcodes = form.which.value === "one" && reading?.barcode ? [reading.barcode] : [];
  if (form.which.value === "one" && !barcodes.length) {
    attempt(async () => { throw { detail: say.convertNoItem }; });
    return;
  }
  if (!dryRun) {
    const planned = view.report.totals.planned;
    if (!(await sure(say.convertTitle(planned), [say.convertText(form.target.selectedOptions[0].text), say.writeHint], say.convertGo(planned)))) return;
  }
  view.busy = true;
  view.report = null;
  changed();
  view.report = await attempt(() => call(path("conversions"), { barcodes, target: form.target.value, dryRun }));
  view.busy = false;
  if (dryRun) changed();
  else await loadPad(view.pad);
}

export function prepare() {
  $("bench-select").addEventListener("change", (event) => {
    Object.assign(view, { pad: event.target.value, report: null });
    choose(null);
    loadPad(view.pad);
  });
  $("bench-read").addEventListener("click", () => {
    view.look = null;
    loadPad(view.pad);
  });
  if (!may("technician", "admin")) return;
  $("bench-form").addEventListener("submit", (event) => {
    event.preventDefault();
    write(event.target.elements);
  });
  $("convert-form").addEventListener("change", () => {
    view.report = null;
    changed();
  });
  $("convert-form").addEventListener("submit", (event) => {
    event.preventDefault();
    convert(true);
  });
  $("convert-go").addEventListener("click", () => convert(false));
}
