// Everything the page says, in one place. A second language is a second file with the same keys.

const number = new Intl.NumberFormat("en");
const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });

const count = (value, one, many) => `${number.format(value)} ${value === 1 ? one : many}`;

export const format = {
  number: (value) => number.format(value),
  share: (part, whole) => `${whole ? (Math.floor((part / whole) * 1000) / 10).toFixed(1) : "100.0"} %`,
  time: (date) => (new Date().toDateString() === date.toDateString() ? "" : `${day.format(date)}, `) + clock.format(date),
  age(date, now = new Date()) {
    const seconds = Math.max(0, (now - date) / 1000);
    if (seconds < 5) return "just now";
    if (seconds < 60) return `${Math.floor(seconds)} s ago`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
    return `${count(Math.floor(seconds / 86400), "day", "days")} ago`;
  },
};

export const say = {
  skip: "To the content",
  sections: "Sections",
  now: "Now",
  sweep: "Sweep",
  gate: "Gate",
  pad: "Pad",

  connecting: "Connecting …",
  live: "Live",
  lost: "No connection, trying again",
  signIn: "Sign in",
  signOut: "Sign out",
  token: "Token",
  tokenHint: "Whoever looks after the daemon makes one: pressmark token create. It stays on this device until you sign out.",
  toThePage: "To the page",
  signedInAs: (name, role) => `You are ${name}: ${role}.`,
  signedOut: "Without a token nothing can be seen here.",
  sessionOf: (name) => `Signed in: ${name}`,
  accessRole: {
    viewer: "may look", technician: "looks after readers, holdings and sweeps", desk: "works at desks and gates",
    kiosk: "lends and takes back at its own pad", admin: "may do everything",
  },
  unreachable: "The daemon does not answer",
  unreachableHint: "Check that pressmarkd is running and that this device is on its network.",

  nowTitle: "How everything stands",
  daemon: "Daemon",
  up: "Running",
  running: (version, since) => `pressmarkd ${version}, started ${since}`,
  simulated: "Simulated branch: no real readers, no real tags.",
  holdings: "Holdings",
  noHoldings: "None yet",
  noHoldingsHint: "pressmark holdings import FILE --profile koha",
  items: (value) => count(value, "item", "items"),
  snapshot: (it, age) => `Snapshot ${it.number} from ${it.source} (${it.profile}), ${age}.`,
  rejected: (value) => `${count(value, "row was", "rows were")} rejected.`,
  old: "More than a week old: import a new one.",
  ils: "Library system",
  ilsState: { online: "Online", offline: "Offline", "not configured": "Not configured" },
  alarmsToday: (value) => `${count(value, "alarm", "alarms")} today`,
  lastAlarm: (reason, age) => `Last: ${reason}, ${age}.`,
  securityTitle: "Tags and loans",
  securityGood: "Agree",
  securityOpen: (value) => `${number.format(value)} open`,
  openChanges: (value) => `${count(value, "change was", "changes were")} begun, and the end is not known.`,
  wrongBits: (value) => `${count(value, "tag says", "tags say")} the wrong thing.`,
  repaired: (value) => `${count(value, "wrong tag was", "wrong tags were")} put right so far.`,
  divergenceTitle: "Where tags and loans may disagree",
  divergenceHint: "Lay the items on a pad. What was begun is finished by itself; for the rest there is the button.",
  repair: "Put right what lies on a reader",
  cutOff: "cut off before the end of it was known",
  unanswered: (cause) => `whether the ${cause} stands is not known`,
  changeOpen: (it) => `${it.cause}, to be ${it.want}, begun and not finished: counts as armed`,
  bitWrong: (it) => `says ${it.says}, and is ${it.item}: must be ${it.want}`,
  repairTold: (repairs) => {
    const done = repairs.filter((it) => it.outcome === "repaired" || it.outcome === "right").length;
    const rest = repairs.filter((it) => it.outcome !== "repaired" && it.outcome !== "right");
    const told = `${done} of ${repairs.length} put right.`;
    return [told, ...rest.slice(0, 3).map((it) => `${it.barcode}: ${it.reason}.`)].join(" ");
  },

  readers: "Readers",
  noReaders: "No readers are configured.",
  readerState: { online: "Online", connecting: "Connecting", offline: "Offline" },
  role: { pad: "Pad", wand: "Wand", gate: "Gate" },
  tagsPresent: (value) => `${count(value, "tag", "tags")} in the field`,
  lastSeen: (age) => `answered ${age}`,
  neverSeen: "has not answered yet",
  cause: "Cause",
  remedy: "Remedy",

  sweepTitle: "Sweep",
  noSweep: "No sweep has been started yet.",
  sweepState: { running: "Running", finished: "Finished" },
  scope: (id, state, scope) => `Sweep ${id} · ${state} · ${scope}`,
  of: (expected, share) => `of ${expected} seen · ${share}`,
  facts: (it) =>
    [
      it.others ? count(it.others, "other item", "other items") : null,
      count(it.sightings, "sighting", "sightings"),
      `snapshot ${it.snapshot}`,
    ].filter(Boolean).join(" · "),
  stripLabel: (it, share) =>
    `Shelf from ${it.strip[0]?.from ?? ""} to the end: ${share} heard, ` +
    `${count(it.strip.filter((s) => s.expected && !s.seen).length, "stretch", "stretches")} of ${it.strip.length} not heard at all.`,
  stretch: (it) =>
    `${it.from}: ${it.seen} of ${it.expected}` +
    (it.unheard >= 0.5 ? `, some ${number.format(Math.round(it.unheard))} more likely there but not heard` : ""),
  legendSeen: "seen",
  legendThin: "likely there, not heard",
  legendBare: "not heard",
  complete: (it) =>
    [
      it.judged
        ? `There but not heard: ${number.format(it.low)} to ${number.format(it.high)} of ${number.format(it.judged)} (95 %).`
        : null,
      it.untold ? `${count(it.untold, "item", "items")} not heard where one walk or none passed.` : null,
      it.thinSpots.length ? null : "Another walk would hardly bring more.",
    ].filter(Boolean).join(" "),
  thin: (it) => `Sweep these ${it.centimetres} cm again: ${it.from} to ${it.to}`,
  thinWhy: (it) => `${it.seen} of ${it.items} seen, ${it.reason}`,
  print: "Page to print",
  workbook: "Workbook",
  moves: (left, all) => (left ? `Moves: ${number.format(left)} of ${number.format(all)} left` : all ? "All moves done" : "Nothing to move"),
  movesHint: "The fewest moves that put the shelf in order, as you walk along. What is uncertain is left where it is.",
  movesLoad: "Check the order now",
  moveTake: (it) => `Take ${it.item.callNumber ?? it.item.barcode}`,
  movePut: (it) =>
    `put it after ${it.putAfter?.callNumber ?? "the beginning"}` + (it.toShelf ? ` on ${it.toShelf}` : "") +
    (it.putBefore ? `, before ${it.putBefore.callNumber}` : ""),
  moveStands: (it) => `It stands after ${it.standsAfter?.callNumber ?? "the beginning"}${it.fromShelf ? ` on ${it.fromShelf}` : ""}.`,
  findTitle: "Find an item",
  barcode: "Barcode",
  findStart: "Lead me to it",
  findStop: "Stop",
  findUnknown: "No tag of it was ever read, so a wand cannot hear it. Look between its neighbours.",
  findNear: (share) => (share <= 0 ? "not heard" : share < 0.35 ? "far" : share < 0.7 ? "near" : "here"),
  findLast: (seen, age) => `last seen ${age} by ${seen.reader}`,
  findNever: "never seen in a sweep",
  findBetween: (before, behind) => `belongs after ${before ?? "the beginning"}, before ${behind ?? "the end"}`,
  ring: (it) => `${it.list}: ${it.callNumber ?? ""} ${it.title ?? it.barcode}`,
  finish: "Finish sweep",
  finishTitle: "Finish this sweep?",
  finishText: (it) =>
    it.expected > it.seen
      ? `${count(it.expected - it.seen, "item has", "items have")} not been heard and will be looked at as possibly missing.`
      : "Every expected item has been heard.",
  goOn: "Go on sweeping",
  download: "Download CSV",
  startTitle: "Start a sweep",
  location: "Location",
  branch: "Branch",
  from: "From call number",
  to: "To call number",
  scheme: "Filed by",
  siteScheme: "the site's scheme",
  localScheme: "local scheme",
  startHint: "What is left empty is not limited.",
  start: "Start sweep",
  findings: "Findings",
  filter: "Show only",
  allKinds: "All",
  kind: (kind, value) => `${kind} ${number.format(value)}`,
  noFindings: "Nothing found that is not as it should be.",
  noFindingsYet: "Nothing found so far.",
  more: (value) => `Show ${number.format(value)} more`,

  gateTitle: "Gate",
  noAlarms: "No alarms yet. An armed item that is not on loan makes one when it passes the gate.",
  evidence: "Evidence",
  origin: (it) => `Last changed at ${it}`,
  alarmsTitle: "Alarms",
  mute: (minutes) => `Mute for ${minutes} minutes`,
  unmute: "Sound again",
  hears: "Hears",
  deaf: "Does not hear",
  mutedFor: (seconds) => `Muted for ${count(Math.ceil(seconds / 60), "more minute", "more minutes")}`,
  fire: "The fire contact is open: nothing sounds.",
  lies: (place) => `Lies ${place}`,
  people: (it) => `${number.format(it.incoming)} in, ${number.format(it.outgoing)} out`,
  lane: (value) => `Lane ${value}`,
  sentinel: (it) =>
    `Antenna ${it.antenna}: ${it.verdict}` + (it.last ? `, its sentinel heard in ${it.last.count} of ${it.last.of} looks` : ""),
  selfTest: (it) => `Self test: ${it.count} of ${it.of} looks`,
  measured: (name, it) =>
    it.of ? `${name}: ${it.count} of ${it.of} (${(it.low * 100).toFixed(1)} to ${(it.high * 100).toFixed(1)} %)` : `${name}: not measured yet`,
  falseAlarms: "False alarms in 30 days",
  missedWalks: "Missed test walks",
  bulk: "Theft in bulk?",
  quiet: (why) => `no noise: ${why}`,
  whatWasIt: "What was it?",
  outcomes: { false: "False alarm", cleared: "Cleared", left: "Went out", other: "Other" },

  padTitle: "Pad",
  noPads: "No pad is configured.",
  whichPad: "Pad",
  readAgain: "Read again",
  reading: "Reading …",
  emptyPad: (name) => `Nothing lies on ${name}.`,
  padCount: (items, tags) => `${count(items, "item", "items")}, ${count(tags, "tag", "tags")}`,
  padOffline: (name, cause) => `${name} is offline${cause ? `: ${cause}` : ""}.`,
  untitled: "Not in the holdings",
  unknownTag: "Unknown tag",
  neverWritten: "Not recognised as a library item: it is never written to.",
  security: { armed: "Armed", disarmed: "Released", "other value": "Other AFI", "not stated": "No statement", unreadable: "Not readable" },
  parts: (value) => count(value, "tag", "tags"),
  release: "Release",
  secure: "Secure",
  working: "Writing and reading back …",
  outcome: {
    done: { released: "Released, read back", secured: "Secured, read back" },
    unchanged: { released: "Was released already", secured: "Was secured already" },
    refused: { released: "Refused, nothing was written", secured: "Refused, nothing was written" },
    uncertain: { released: "Uncertain, counts as armed", secured: "Uncertain, counts as armed" },
    failed: { released: "Not released", secured: "Not secured" },
  },
};
