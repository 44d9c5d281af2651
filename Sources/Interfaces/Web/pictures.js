// What the gates' alarms and visitors say together, in pictures: each with a sentence for whoever does not see it, and with its
// numbers as a table.

import { $, el, text } from "./dom.js";
import { attempt, call, changed } from "./live.js";
import { format, say, told } from "./strings.js";
import { served } from "./speak.js";

const spans = [7, 30, 90];
const view = { report: null, days: 30, asked: null, width: 0, drawn: null };
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const mostDevices = 8;

function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const word = (x, y, kind, words) => svg("text", { x, y, class: kind }, String(words));

function picture(caption, alternative, width, height, shapes, heads, rows) {
  return el("figure", {},
    el("figcaption", {}, caption),
    svg("svg", { role: "img", "aria-label": alternative, viewBox: `0 0 ${width} ${height}`, height }, shapes),
    el("details", {}, el("summary", {}, say.asTable),
      el("div", { class: "wide" }, el("table", { class: "grid", "aria-label": caption },
        el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, rows.map(([first, ...cells]) =>
          el("tr", {}, el("th", { scope: "row" }, first), cells.map((cell) => el("td", {}, cell)))))))));
}

const top = (counts) => counts.indexOf(Math.max(...counts));

// A day of 24 columns; `draw` puts something into each.
function day(width, draw) {
  const [left, right, high] = [34, 34, 150];
  const step = (width - left - right) / 24;
  return [
    svg("line", { x1: left, x2: width - right, y1: high + 14, y2: high + 14, class: "axis" }),
    [0, 6, 12, 18, 24].map((hour) => word(left + step * hour, high + 32, "mark middle", hour)),
    draw({ left, right: width - right, high, step, x: (hour) => left + step * hour, y: (share) => 14 + high * (1 - share) }),
  ].flat();
}

function columns(counts, kind, { left, high, step, x, y }) {
  const most = Math.max(...counts);
  return [
    word(left - 6, 18, "mark end", format.number(most)),
    word(left - 6, high + 18, "mark end", 0),
    counts.map((count, hour) => (count
      ? svg("rect", { x: x(hour) + 1, width: Math.max(step - 2, 1), y: y(count / most), height: (high * count) / most, rx: 1.5, class: kind })
      : null)),
  ].flat();
}

function byHour(report, width) {
  const hour = top(report.hours);
  return picture(say.byHour, say.byHourTold(hour, report.hours[hour]), width, 186,
    day(width, (place) => columns(report.hours, "bar", place)),
    [say.columnHour, say.columnAlarms],
    report.hours.map((count, index) => [`${index}–${index + 1}`, format.number(count)]).filter((_, index) => report.hours[index]));
}

function byReason(report, width) {
  const reasons = Object.entries(report.reasons).sort((a, b) => b[1] - a[1]);
  const most = reasons[0][1];
  return picture(say.byReason, say.byReasonTold(told(reasons[0][0]), most), width, reasons.length * 44,
    reasons.flatMap(([reason, count], index) => [
      word(0, index * 44 + 14, "", told(reason)),
      svg("rect", { x: 0, y: index * 44 + 20, width: Math.max(((width - 60) * count) / most, 2), height: 15, rx: 2, class: "bar" }),
      word(Math.max(((width - 60) * count) / most, 2) + 8, index * 44 + 32, "mark", format.number(count)),
    ]),
    [say.columnReason, say.columnItems], reasons.map(([reason, count]) => [served(reason), format.number(count)]));
}

function sums(crosses) {
  const devices = new Map();
  for (const { device, weekday, count } of crosses) {
    const days = devices.get(device) ?? new Map();
    devices.set(device, days.set(weekday, (days.get(weekday) ?? 0) + count));
  }
  const all = (days) => [...days.values()].reduce((sum, count) => sum + count, 0);
  return [...devices].sort((a, b) => all(b[1]) - all(a[1]));
}

function byDevice(report, width) {
  const devices = sums(report.crosses);
  const squares = devices.flatMap(([device, days]) => [...days].map(([weekday, count]) => ({ device, weekday, count })));
  const most = squares.reduce((best, it) => (it.count > best.count ? it : best));
  const step = width / 7;
  const shown = devices.slice(0, mostDevices);
  return picture(
    say.byDevice, say.byDeviceTold({ device: told(most.device), weekday: say.weekdays[most.weekday], count: most.count }), width, shown.length * 58 + 20,
    [
      weekdays.map((weekday, index) => word(index * step + step / 2, 12, "mark middle", say.weekdays[weekday].slice(0, 2))),
      shown.map(([device, days], row) => [
        word(0, row * 58 + 36, "", told(device)),
        weekdays.map((weekday, index) => {
          const share = (days.get(weekday) ?? 0) / most.count;
          return [
            svg("rect", { x: index * step + 1, y: row * 58 + 42, width: step - 2, height: 28, rx: 3, class: "cell",
              "fill-opacity": share ? 0.15 + 0.85 * share : 0 }),
            share ? word(index * step + step / 2, row * 58 + 61, `middle${share > 0.5 ? " on" : ""}`, format.number(days.get(weekday))) : null,
          ];
        }),
      ]),
    ].flat(4),
    [say.columnDevice, say.columnDay, say.columnReason, say.columnItems],
    report.crosses.map((it) => [told(it.device), say.weekdays[it.weekday], served(it.reason), format.number(it.count)]));
}

function byVisitors(report, width) {
  const { hours, visitorHours } = report;
  const [hour, most] = [top(visitorHours), Math.max(...hours)];
  const line = ({ left, right, high, step, x, y }) => {
    if (!most) return [];
    const points = hours.map((count, index) => [x(index) + step / 2, y(count / most)]);
    return [
      svg("polyline", { points: points.map((point) => point.join(",")).join(" "), class: "curve" }),
      points.map(([cx, cy], index) => (hours[index] ? svg("circle", { cx, cy, r: 3.5, class: "dot" }) : null)),
      word(right + 6, 18, "", format.number(most)), word(right + 6, high + 18, "", 0),
      svg("rect", { x: left, y: high + 44, width: 12, height: 12, class: "crowd" }), word(left + 18, high + 55, "", say.columnVisitors),
      svg("line", { x1: left + 110, x2: left + 130, y1: high + 50, y2: high + 50, class: "curve" }), word(left + 136, high + 55, "", say.columnAlarms),
    ].flat();
  };
  return picture(say.byVisitors, say.byVisitorsTold(hour, visitorHours[hour], most ? top(hours) : null), width, 210,
    day(width, (place) => [...columns(visitorHours, "crowd", place), ...line(place)]),
    [say.columnHour, say.columnVisitors, say.columnAlarms, say.columnRate],
    visitorHours.map((count, index) => [`${index}–${index + 1}`, format.number(count), format.number(hours[index]),
      count ? format.rate((hours[index] * 1000) / count) : ""]).filter((_, index) => visitorHours[index] || hours[index]));
}

async function load() {
  view.asked = view.days;
  view.report = (await attempt(() => call(`/v1/gate/statistics?days=${view.days}`))) ?? view.report;
  changed();
}

function draw() {
  const list = $("picture-list");
  const report = view.report;
  const columns = Math.max(1, Math.floor((list.clientWidth + 20) / (24 * 16 + 20)));
  const width = Math.floor((list.clientWidth + 20) / columns) - 20;
  const look = JSON.stringify([report, width]);
  if (!report || width < 120 || look === view.drawn) return;
  // Tables that somebody has opened stay open.
  const opened = [...list.querySelectorAll("details")].map((it) => it.open);
  view.drawn = look;
  list.replaceChildren(...[
    report.alarms ? byHour(report, width) : null,
    report.alarms ? byReason(report, width) : null,
    report.crosses?.length ? byDevice(report, width) : null,
    report.visitors && report.visitorHours ? byVisitors(report, width) : null,
  ].filter(Boolean));
  list.querySelectorAll("details").forEach((it, index) => { it.open = opened[index] ?? false; });
}

// An alarm that came meanwhile is counted too.
export function show(state) {
  if ($("gate").hidden || !$("pictures").open) return;
  const newest = state.alarms[0]?.id ?? 0;
  if (view.newest !== newest || view.asked !== view.days) {
    view.newest = newest;
    load();
  }
  const report = view.report;
  text($("picture-sum"), !report ? say.moment : report.alarms || report.visitors
    ? [say.pictureSum(report), report.visitors ? null : say.noVisitors].filter(Boolean).join(" · ") : say.pictureNone);
  text($("picture-headline"), told(report?.headline) ?? "");
  draw();
}

export function prepare() {
  $("picture-days").replaceChildren(...spans.map((days) =>
    el("option", { value: String(days), selected: days === view.days }, say.lastDays(days))));
  $("picture-days").addEventListener("change", (event) => {
    view.days = Number(event.target.value);
    changed();
  });
  $("pictures").addEventListener("toggle", changed);
  new ResizeObserver(changed).observe($("picture-list"));
}
