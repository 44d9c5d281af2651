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
  marks: null,
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

// Answers that are under way, with the events that come meanwhile. Which of the two is older nobody knows: those events are
// taken once more after the answer, and the last word is the event stream's.
const underway = new Set();

async function withNews(kinds, answer, take) {
  const waiting = { kinds, events: [] };
  underway.add(waiting);
  try {
    take(await answer);
  } finally {
    underway.delete(waiting);
  }
  for (const repeat of waiting.events) repeat();
}

export async function loadPad(name) {
  const pad = state.pads.get(name) ?? { tags: null, problem: null };
  state.pads.set(name, { ...pad, reading: true });
  changed();
  try {
    await withNews(["pad"], call(`/v1/readers/${encodeURIComponent(name)}/tags`), (tags) => {
      state.pads.set(name, { tags, cards: pad.cards ?? 0, problem: null, reading: false });
    });
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
  await withNews(["finding"], call(`/v1/sweeps/${id}/findings`), (findings) => {
    if (state.sweep?.id === id) state.findings = new Map(findings.map((finding) => [finding.id, finding]));
  });
  changed();
}

// What was found in another sweep, and the moves that put it right, say nothing of this one.
function showOf(sweep) {
  if (state.sweep?.id !== sweep.id) {
    state.findings = new Map();
    state.moves = null;
    state.marks = null;
  }
  state.sweep = sweep;
}

export async function takeSweep(sweep) {
  const before = state.sweep;
  if (before && before.id > sweep.id) return;
  if (before?.id === sweep.id && before.state === "finished" && sweep.state === "running") return;
  showOf(sweep);
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
  // A running sweep does not tell by itself where on the shelf something is missing or stands wrong; a finished one does.
  const report = state.sweep.state === "running" ? await call(`/v1/sweeps/${id}/report`) : null;
  const moves = report?.moves ?? (await call(`/v1/sweeps/${id}/moves`));
  if (state.sweep?.id !== id) return;
  state.moves = moves;
  state.marks = report?.sweep.strip ?? null;
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

// What a role may not see is not there for it, and keeps nobody from the rest.
const ifAllowed = (answer, otherwise = null) => answer.catch((problem) => {
  if (problem.status !== 403) throw problem;
  return otherwise;
});

async function loadAll() {
  const answers = Promise.all([
    call("/v1/status"), ifAllowed(call("/v1/sweeps?limit=1"), []), ifAllowed(call("/v1/gate/alarms?limit=50"), []),
    ifAllowed(loadGate()), ifAllowed(loadDivergence()),
  ]);
  await withNews(["reader", "sweep", "alarm"], answers, ([status, sweeps, alarms]) => {
    state.status = status;
    // Those that no disk took stand nowhere else.
    state.alarms = [...state.alarms.filter((it) => it.id === 0), ...alarms.sort((a, b) => b.id - a.id)];
    if (sweeps[0]) showOf(sweeps[0]);
  });
  if (state.sweep) {
    try {
      await loadFindings(state.sweep.id);
      if (state.sweep.state === "finished") await loadMoves();
    } catch (problem) {
      // What the daemon cannot say of one sweep is said, and keeps nobody from the gate.
      if (!problem.type) throw problem;
      state.problem = problem;
    }
  }
  changed();
  for (const reader of state.status.readers) {
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

// The day of which the daemon counts alarms is that of its machine, wherever this browser is. Its clock may be a little ahead.
export const isDayOver = () => Boolean(state.status?.gate.dayEnds) && Date.now() - 120000 >= Date.parse(state.status.gate.dayEnds);

// Alarms that no disk took have no number: they are told apart by when and where they rang.
const isSameAlarm = (one, other) =>
  one.id === other.id && (one.id > 0 || (one.gate === other.gate && one.at === other.at));

function takeAlarm(alarm) {
  const same = (other) => isSameAlarm(other, alarm);
  const known = state.alarms.findIndex(same);
  const alarms = state.alarms.filter((other) => !same(other));
  // An alarm of long ago comes again when somebody says what it was; one that could not be written down has no number.
  const place = known >= 0 ? known : alarm.id > 0 ? alarms.findIndex((other) => other.id < alarm.id) : 0;
  alarms.splice(place < 0 ? alarms.length : place, 0, alarm);
  state.alarms = alarms.slice(0, 200);
  if (!state.status) return;
  const { gate } = state.status;
  if (known < 0 && Date.parse(alarm.at) >= Date.parse(gate.dayEnds)) loadStatus().catch(() => {});
  else if (known < 0 && Date.parse(alarm.at) >= Date.parse(gate.dayBegan)) gate.alarmsToday += 1;
  state.status.gate.lastAlarm = state.alarms[0];
}

// What lies at a gate and how it hears is told by events that only say that it changed. The last question has the last word.
let gateTurn = 0;
let follower = null;

export async function loadGate(left) {
  gateTurn += 1;
  const turn = gateTurn;
  const gate = await call("/v1/gate");
  if (turn === gateTurn) takeGate(gate, left);
}

// Nothing tells that a mute has run out, or that what lay there was taken away: asked once a minute. Not for ever: what a page
// asks by itself keeps a session alive that nobody uses. The longest mute is two hours.
export function takeGate(gate, left = 130) {
  gateTurn += 1;
  state.gate = gate;
  clearTimeout(follower);
  const muted = gate.gates.map((it) => it.mutedSeconds).filter((seconds) => seconds > 0);
  if (left > 0 && (muted.length || gate.gates.some((it) => it.parked.length))) {
    follower = setTimeout(() => loadGate(left - 1).catch(() => {}), Math.min(60, ...muted.map((seconds) => seconds + 1)) * 1000);
  }
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

// Of the library system an event only says that it is there again, or is not; a new day and new holdings nobody tells of at all.
export async function loadStatus() {
  if (!state.status) return;
  await withNews(["reader", "alarm"], call("/v1/status"), (status) => { state.status = status; });
  changed();
}

// Nor does anybody tell of a mute from another desk: asked whenever somebody turns to the page.
export function askAnew() {
  if (!state.status) return;
  for (const load of [loadStatus, loadGate]) load().catch(() => {});
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
    const others = state.rings.filter((other) => other.list !== ring.list || other.barcode !== ring.barcode);
    state.rings = [ring, ...others].slice(0, 20);
    sound(ring.hertz, ring.beeps);
  },
  security: (result) => {
    state.results.set(result.barcode, result);
    askDivergence();
  },
  divergences: askDivergence,
  ils: () => loadStatus().catch(() => {}),
};

function setLink(link) {
  if (state.link === link) return;
  state.link = link;
  changed();
}

// The stream that is listened to. There is never a second one: each would hold one of the few lines a browser has to a daemon.
let current = null;

// The daemon says something every 15 seconds. A proxy may keep a line open behind which there is no daemon any more.
const longestSilence = 40000;
let heardAt = 0;

export function listen() {
  const stream = new EventSource("/v1/events");
  current = stream;
  heardAt = performance.now();
  stream.addEventListener("alive", () => { heardAt = performance.now(); });
  stream.onopen = () => {
    heardAt = performance.now();
    // Who this is may have changed meanwhile, or could not be asked before: what may be done hangs on it.
    showSession().catch(() => {});
    loadAll().then(() => { if (stream.readyState === EventSource.OPEN) setLink("live"); }, () => again(stream));
  };
  stream.onerror = () => {
    setLink("lost");
    if (stream.readyState === EventSource.CLOSED) again(stream);
  };
  for (const [name, take] of Object.entries(takers)) {
    stream.addEventListener(name, (event) => {
      heardAt = performance.now();
      const value = JSON.parse(event.data);
      take(value);
      for (const waiting of underway) if (waiting.kinds.includes(name)) waiting.events.push(() => take(value));
      changed();
    });
  }
}

// Called now and then: a stream that has been silent for too long is as good as broken.
export function watchStream() {
  if (current && performance.now() - heardAt > longestSilence) again(current);
}

function again(stream) {
  // Two questions that fail, or one and the stream itself, are one reason to begin anew.
  if (stream !== current) return;
  current = null;
  stream.close();
  setLink("lost");
  // A stream that is refused for want of a token does not say so.
  showSession().catch(() => {});
  setTimeout(listen, 2000);
}
