"""What somebody does at any page: types, agrees, looks, walks by keyboard; and what is looked for everywhere."""
import importlib.machinery, importlib.util, json, os

SCRIPTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../Scripts")
loader = importlib.machinery.SourceFileLoader("kiosk", os.path.join(SCRIPTS, "bench-kiosk"))
kiosk = importlib.util.module_from_spec(importlib.util.spec_from_loader("kiosk", loader))
loader.exec_module(kiosk)
ask, say = kiosk.ask, kiosk.say
ITEM, OTHER = "30100000000002", "30100000000010"
CARRIED = ["30100000000028", "30100000000044", "30100000000077"]
SECTIONS = ["now", "sweep", "gate", "pad", "bench", "setup"]
MOST_BYTES = 200_000
# Texts that stand on the page though the German words for them are others, and what no text should ever be.
ENGLISH = """
return (async () => {
const [en, de] = await Promise.all(["en", "de"].map(async (name) => (await import(`/strings-${name}.js`)).say));
const words = new Set();
const take = (one, other) => { for (const key of Object.keys(one)) {
  if (typeof one[key] === "object") take(one[key], other[key]);
  else if (typeof one[key] === "string" && one[key] !== other[key]) words.add(one[key]); } };
take(en, de);
const found = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const text = walk.currentNode.textContent.trim(), holder = walk.currentNode.parentElement;
  // Names of readers and roles stay as they are, and what is marked as English is meant so.
  if (!text || holder.closest("[lang=en], option, script, #library")) continue;
  if (words.has(text) || /undefined|\\bNaN\\b|\\[object/.test(text)) found.push(text);
}
return found;
})();
"""
# An alarm that comes while the list of alarms, made before it, is still on its way.
MEANWHILE = """
return (async () => {
const { listen, state } = await import("/live.js");
const [Source, plain] = [window.EventSource, window.fetch];
let stream = null, isAsked = null, answer = null;
const [asked, held] = [new Promise((go) => { isAsked = go; }), new Promise((go) => { answer = go; })];
window.EventSource = class extends Source { constructor(...all) { super(...all); stream = this; } };
window.fetch = async (path, ...rest) => {
  const found = await plain(path, ...rest);
  if (String(path).startsWith("/v1/gate/alarms")) { isAsked(); await held; }
  return found;
};
listen();
await asked;
const button = document.querySelector("#gate-alarms button");
button.focus();
const alarm = { ...state.alarms[0], id: 1000000, at: new Date().toISOString() };
stream.dispatchEvent(new MessageEvent("alarm", { data: JSON.stringify(alarm) }));
const before = state.alarms;
answer();
while (state.alarms === before) await new Promise((go) => setTimeout(go, 20));
const stays = state.alarms.some((it) => it.id === alarm.id);
while (stays && !document.querySelector("#gate-alarms [data-key='1000000']")) await new Promise((go) => setTimeout(go, 20));
const focus = document.activeElement === button;
// Two that no disk took: they have no number.
for (const minute of [1, 2]) {
  const lost = { ...alarm, id: 0, at: new Date(Date.now() - minute * 60000).toISOString() };
  stream.dispatchEvent(new MessageEvent("alarm", { data: JSON.stringify(lost) }));
}
return { stays, focus, both: state.alarms.filter((it) => it.id === 0).length === 2 };
})();
"""
# A gate that has stopped to answer, as the daemon tells of it.
DEAF = """
return (async () => {
const { changed, state } = await import("/live.js");
const [gate] = state.gate.gates;
const trouble = { gate: gate.name, kind: "dead", at: new Date().toISOString(), cause: "no answer for 3 min", advice: "watch the exit" };
state.gate = { ...state.gate, gates: [{ ...gate, hears: false, troubles: [trouble] }] };
changed();
await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
return [...document.querySelectorAll("#now-cards .tone-bad")].map((it) => it.textContent).join(" ");
})();
"""
# Statistics of a month in which a kiosk forgets: three reasons, two kiosks, every procedure.
MONTH = {
    "alarms": 21, "days": 30, "quietAlarms": 2, "unanswered": 3, "hours": [0] * 9 + [2, 3, 5, 1, 0, 2, 4, 3, 1] + [0] * 6,
    "reasons": {"not on loan": 12, "on loan, tag not cleared": 8, "returned, not yet secured": 3},
    "crosses": [
        {"weekday": "Monday", "device": "no device of ours", "reason": "not on loan", "count": 9},
        {"weekday": "Tuesday", "device": "kiosk-2", "reason": "on loan, tag not cleared", "count": 5},
        {"weekday": "Friday", "device": "kiosk-1", "reason": "not on loan", "count": 3},
        {"weekday": "Friday", "device": "kiosk-1", "reason": "returned, not yet secured", "count": 3},
        {"weekday": "Tuesday", "device": "kiosk-1", "reason": "on loan, tag not cleared", "count": 2},
        {"weekday": "Friday", "device": "kiosk-1", "reason": "on loan, tag not cleared", "count": 1}],
    "details": [
        {"reason": "not on loan", "hours": [0] * 9 + [2, 2, 3, 1, 0, 1, 2, 1] + [0] * 7, "procedures": {"staff": 3}},
        {"reason": "on loan, tag not cleared", "hours": [0] * 10 + [1, 2, 0, 0, 1, 2, 2] + [0] * 7, "procedures": {"check-out": 8}},
        {"reason": "returned, not yet secured", "hours": [0] * 17 + [3] + [0] * 6, "procedures": {"check-in": 2, "repair": 1}}],
    "devices": {"no device of ours": 9, "kiosk-1": 9, "kiosk-2": 5}, "procedures": {"check-out": 8, "staff": 3, "check-in": 2, "repair": 1},
    "outcomes": {}, "passages": {}, "visitors": 500, "visitorHours": [0] * 9 + [20, 40, 60, 80, 50, 70, 90, 60, 30] + [0] * 6,
    "alarmsPerThousandVisitors": 42.0, "headline": "71 % of Tuesday's items came from kiosk-2",
    "falseAlarms": {"count": 0, "of": 0, "low": 0, "high": 1}, "misses": {"count": 0, "of": 0, "low": 0, "high": 1}, "sentinels": []}
# The page is given this month, as the daemon would tell of it.
GIVE_MONTH = f"""
const plain = window.fetch;
window.fetch = async (path, ...rest) => (String(path).startsWith("/v1/gate/statistics")
  ? new Response(JSON.stringify({json.dumps(MONTH)}), {{ headers: {{ "Content-Type": "application/json" }} }}) : plain(path, ...rest));
const days = document.querySelector("#picture-days");
days.value = "90";
days.dispatchEvent(new Event("change", {{ bubbles: true }}));
"""
# The rows of a picture's table, by its caption.
ROWS = """
return Object.fromEntries([...document.querySelectorAll("#picture-list figure")].map((it) => [it.querySelector("figcaption").textContent,
  [...it.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent))]));
"""
# How far each number in a square of the statistics stands out from it; the square's colour lies thin on the card's.
SQUARES = """
const value = (text) => text.match(/[\\d.]+/g).map(Number).slice(0, 3);
const light = (color) => color.map((c) => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
const card = value(getComputedStyle(document.querySelector("#pictures")).backgroundColor);
return [...document.querySelectorAll("#picture-list .cell + text")].map((words) => {
  const square = getComputedStyle(words.previousElementSibling), thick = Number(square.fillOpacity);
  const behind = value(square.fill).map((c, i) => c * thick + card[i] * (1 - thick));
  const [a, b] = [light(value(getComputedStyle(words).fill)), light(behind)].sort((x, y) => y - x);
  return [words.textContent, (a + .05) / (b + .05)]; });
"""
# Where the Tab key has led to, and whether that is behind where it came from and can be seen.
STEP = """
const [before, now] = [window.beforeTab, document.activeElement];
window.beforeTab = now;
return { over: now === document.body || now.matches(".skip"), what: now.outerHTML.slice(0, 90),
  back: !!before?.isConnected && (before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_PRECEDING) !== 0,
  unseen: getComputedStyle(now).outlineStyle === "none" || !now.getClientRects().length };
"""
# Colours that are mixed by the browser are told in parts of one there; those are looked at in the pictures.
CONTRAST = kiosk.CONTRAST.replace('"h1, p, label', '"h1, h2, h3, p, td, th, dt, dd, summary, label').replace(
    "e.innerText.trim()", "!e.closest('.byte') && e.innerText.trim()")


# What a field says before somebody types stands out like any text (1.4.3), and its edge like that of any control (1.4.11).
FIELDS = """
const value = (text) => text.match(/[\\d.]+/g).map(Number).slice(0, 3);
const light = (color) => color.map((c) => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
const ratio = (one, other) => { const [a, b] = [light(value(one)), light(value(other))].sort((x, y) => y - x); return (a + .05) / (b + .05); };
return [...document.querySelectorAll("input:not([type=checkbox]), select")].filter((e) => e.offsetParent && !e.disabled).map((e) => {
  const own = getComputedStyle(e);
  return [e.name || e.id, ratio(own.borderTopColor, own.backgroundColor),
    e.placeholder ? ratio(getComputedStyle(e, "::placeholder").color, own.backgroundColor) : 21]; })
  .filter(([, edge, hint]) => edge < 3 || hint < 4.5);
"""


def value(browser, where):
    return browser.run(f"return document.querySelector({json.dumps(where)})?.value ?? ''")


def put(browser, where, text):
    browser.run(f"const e = document.querySelector({json.dumps(where)}); e.value = {json.dumps(text)};"
                "e.dispatchEvent(new Event('change', { bubbles: true }))")


def agree(browser):
    browser.wait("document.querySelector('#ask-dialog').open")
    told = browser.text("#ask-dialog")
    browser.click("#ask-yes")
    return told


def size(browser, width, height):
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.do("goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics})


def look(browser, tone, where, pictures):
    say(f"{tone}: {where}: every text stands out", not (low := browser.run(CONTRAST)), low)
    say(f"{tone}: {where}: every field stands out, and what it says while it is empty", not (low := browser.run(FIELDS)), low)
    say(f"{tone}: {where}: every control has a name", not (lost := browser.run(kiosk.NAMELESS)), lost)
    browser.picture(pictures, f"{tone}-{where}")
    size(browser, 390, 844)
    wide = browser.run("return document.documentElement.scrollWidth - innerWidth")
    say(f"{tone}: {where}: a telephone need not be scrolled sideways", wide <= 0, wide)
    cut = browser.run("""return [...document.querySelectorAll(".settings .wide")].filter((it) => it.offsetParent)
        .map((it) => it.scrollWidth - it.clientWidth).filter((over) => over > 1)""")
    say(f"{tone}: {where}: nor what stands in the configuration file alone", not cut, cut)
    browser.picture(pictures, f"{tone}-{where}-telephone")
    size(browser, 820, 1180)


def walk(browser, tone, where):
    """By keyboard from the top of the page, until it begins anew or long enough."""
    browser.run("document.querySelector('.skip').focus(); window.beforeTab = document.activeElement")
    steps = []
    for _ in range(60):
        browser.keys("\ue004")
        step = browser.run(STEP)
        if step["over"]:
            break
        steps.append(step)
    say(f"{tone}: {where}: the keyboard comes to many controls", len(steps) >= 8, steps)
    say(f"{tone}: {where}: in the order in which they stand", not (lost := [it["what"] for it in steps if it["back"]]), lost)
    say(f"{tone}: {where}: and each shows that it has the focus", not (lost := [it["what"] for it in steps if it["unseen"]]), lost)
