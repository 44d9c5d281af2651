// What the page knows, and how it learns of changes: everything is fetched once, then kept up by /v1/events.
// A broken stream is opened again and everything fetched anew, so nothing is missed.

import { sound } from "./sound.js";
import { say } from "./strings.js";
import { showSession } from "./session.js";

export const state = {
  link: "connecting",
  problem: null,
  status: null,
  divergence: null,
  sweep: null,
  findings: new Map(),
  alarms: [],
  gate: null,
  pads: new Map(),
  results: new Map(),
  moves: null,
  guide: null,
  rings: [],
};

const listeners = [];
let scheduled = false;

export function onChange(listener) {
  listeners.push(listener);
}

export function changed() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    for (const listener of listeners) listener(state);
  });
}

export function call(path, body) {
  return send(path, body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
}

export async function send(path, options) {
  let response;
  try {
    // No page of another site can send Pressmark-Page along.
    response = await fetch(path, { ...options, headers: { Accept: "application/json", "Pressmark-Page": "1", ...options.headers } });
  } catch {
    throw { detail: say.unreachable, hint: say.unreachableHint };
  }
  const value = await response.json().catch(() => null);
  // Nothing may be seen without a token here, or the session is over.
  if (response.status === 401) location.assign("/sign-in");
  if (!response.ok) throw value ?? { detail: `${response.status} ${response.statusText}` };
  return value;
}

// Runs what a person asked for; says why when it could not be done.
export async function attempt(work) {
  state.problem = null;
  changed();
  try {
    return await work();
  } catch (problem) {
    state.problem = problem.detail ? problem : { detail: String(problem) };
    changed();
    return null;
  }
}

export async function loadPad(name) {
  const pad = state.pads.get(name) ?? { tags: null, problem: null };
  state.pads.set(name, { ...pad, reading: true });
  changed();
  try {
    const tags = await call(`/v1/readers/${encodeURIComponent(name)}/tags`);
    state.pads.set(name, { tags, cards: pad.cards ?? 0, problem: null, reading: false });
  } catch (problem) {
    state.pads.set(name, { tags: null, problem, reading: false });
  }
  forgetResults();
  changed();
}

// What lies on a pad comes by itself; what was read of a tag before stays as long as it says the same.
function takePad(content) {
  const before = new Map((state.pads.get(content.reader)?.tags ?? []).map((tag) => [tag.uid, tag]));
  const tags = content.tags.map((tag) => {
    const known = before.get(tag.uid);
    return known && known.barcode === tag.barcode && known.model === tag.model ? { ...known, ...tag } : tag;
  });
  const reader = state.status?.readers.find((other) => other.name === content.reader);
  if (reader) reader.tagsPresent = content.count;
  const pad = state.pads.get(content.reader);
  state.pads.set(content.reader, { tags, cards: content.cards, problem: null, reading: pad?.reading ?? false });
  forgetResults();
}

// A result is told while its item lies there; an item that comes back starts afresh.
function forgetResults() {
  const present = new Set([...state.pads.values()].flatMap((pad) => (pad.tags ?? []).map((tag) => tag.barcode)));
  for (const barcode of state.results.keys()) if (!present.has(barcode)) state.results.delete(barcode);
}

async function loadFindings(id) {
  const findings = await call(`/v1/sweeps/${id}/findings`);
  if (state.sweep?.id !== id) return;
  state.findings = new Map(findings.map((finding) => [finding.id, finding]));
  changed();
}

export async function takeSweep(sweep) {
  const before = state.sweep;
  if (before && before.id > sweep.id) return;
  if (before?.id === sweep.id && before.state === "finished" && sweep.state === "running") return;
  state.sweep = sweep;
  if (before?.id !== sweep.id) {
    state.findings = new Map();
    state.moves = null;
  }
  changed();
  if (before?.id !== sweep.id || before.state !== sweep.state) {
    await loadFindings(sweep.id);
    if (sweep.state === "finished") await loadMoves();
  }
  else checkFindings();
}

// While a sweep runs its order is checked when somebody asks: it takes seconds on a large shelf.
export async function loadMoves() {
  const id = state.sweep?.id;
  if (!id) return;
  const moves = await call(`/v1/sweeps/${id}/moves`);
  if (state.sweep?.id !== id) return;
  state.moves = moves;
  changed();
}

// A finding may go away again when more was heard: fetched anew when the sweep counts others than are shown.
let checking = false;
function checkFindings() {
  const counted = Object.values(state.sweep?.findings ?? {}).reduce((sum, value) => sum + value, 0);
  if (checking || !state.sweep || counted === state.findings.size) return;
  checking = true;
  setTimeout(() => {
    checking = false;
    loadFindings(state.sweep.id).catch(() => {});
  }, 2000);
}

async function loadAll() {
  const [status, sweeps, alarms, gate, divergence] = await Promise.all([
    call("/v1/status"), call("/v1/sweeps?limit=1"), call("/v1/gate/alarms?limit=50"), call("/v1/gate"),
    call("/v1/security/divergence"),
  ]);
  state.gate = gate;
  state.divergence = divergence;
  state.status = status;
  state.alarms = alarms.sort((a, b) => b.id - a.id);
  if (sweeps[0]) {
    state.sweep = sweeps[0];
    await loadFindings(sweeps[0].id);
    if (sweeps[0].state === "finished") await loadMoves();
  }
  changed();
  for (const reader of status.readers) {
    if (reader.role === "pad" && reader.state === "online") loadPad(reader.name);
  }
}

function takeReader(reader) {
  if (!state.status) return;
  const readers = state.status.readers;
  const index = readers.findIndex((other) => other.name === reader.name);
  const before = readers[index];
  if (index < 0) readers.push(reader);
  else readers[index] = reader;
  const moved = !before || before.tagsPresent !== reader.tagsPresent || before.state !== reader.state;
  if (reader.role === "pad" && moved) {
    if (reader.state === "online") loadPad(reader.name);
    else state.pads.delete(reader.name);
  }
}

function takeAlarm(alarm) {
  const known = state.alarms.some((other) => other.id === alarm.id);
  state.alarms = [alarm, ...state.alarms.filter((other) => other.id !== alarm.id)].slice(0, 200);
  if (!state.status) return;
  if (!known) state.status.gate.alarmsToday += 1;
  state.status.gate.lastAlarm = alarm;
}

// What lies at a gate and how it hears is told by events that only say that it changed.
export async function loadGate() {
  state.gate = await call("/v1/gate");
  changed();
}

// Fetched anew when a change or a wrong bit was told; a sweep may tell of many in a second.
let asking = false;
function askDivergence() {
  if (asking) return;
  asking = true;
  setTimeout(() => {
    asking = false;
    loadDivergence().catch(() => {});
  }, 500);
}

export async function loadDivergence() {
  state.divergence = await call("/v1/security/divergence");
  changed();
}

// The event only says that it is there again, or is not: the status says why.
async function loadLibrarySystem() {
  const { ils } = await call("/v1/status");
  if (state.status) state.status.ils = ils;
  changed();
}

const takers = {
  reader: takeReader,
  pad: takePad,
  sweep: takeSweep,
  finding: (finding) => state.findings.set(finding.id, finding),
  alarm: takeAlarm,
  parked: () => loadGate().catch(() => {}),
  trouble: () => loadGate().catch(() => {}),
  guide: (guide) => { if (state.guide?.item.barcode === guide.barcode) state.guide.strength = guide.strength; },
  sought: (ring) => {
    state.rings = [ring, ...state.rings].slice(0, 20);
    sound(ring.hertz, ring.beeps);
  },
  security: (result) => {
    state.results.set(result.barcode, result);
    askDivergence();
  },
  divergences: askDivergence,
  ils: () => loadLibrarySystem().catch(() => {}),
};

function setLink(link) {
  if (state.link === link) return;
  state.link = link;
  changed();
}

export function listen() {
  const stream = new EventSource("/v1/events");
  stream.onopen = () => {
    loadAll().then(() => setLink("live"), () => again(stream));
  };
  stream.onerror = () => {
    setLink("lost");
    if (stream.readyState === EventSource.CLOSED) again(stream);
  };
  for (const [name, take] of Object.entries(takers)) {
    stream.addEventListener(name, (event) => {
      take(JSON.parse(event.data));
      changed();
    });
  }
}

function again(stream) {
  stream.close();
  setLink("lost");
  // A stream that is refused for want of a token does not say so.
  showSession().catch(() => {});
  setTimeout(listen, 2000);
}
