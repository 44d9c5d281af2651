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

// How thick a square's colour lies. Between 0.45 and 0.85 no number can be read on it, in the page's ink or a button's, light or dark.
const shade = (share) => (share > 0.5 ? 0.7 + 0.3 * share : 0.15 + 0.6 * share);

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
              "fill-opacity": share ? shade(share) : 0 }),
            share ? word(index * step + step / 2, row * 58 + 61, `middle${share > 0.5 ? " on" : ""}`, format.number(days.get(weekday))) : null,
          ];
        }),
      ]),
    ].flat(4),
    [say.columnDevice, say.columnDay, say.columnReason, say.columnItems],
    report.crosses.map((it) => [told(it.device), say.weekdays[it.weekday], served(it.reason), format.number(it.count)]));
}

// Small columns for each reason on one scale, each over the same day.
function byReasonHour(report, width) {
  const { details } = report;
  const most = Math.max(1, ...details.flatMap((it) => it.hours));
  const [left, high, row] = [34, 40, 76];
  const step = (width - left - 8) / 24;
  const x = (hour) => left + step * hour;
  const rows = details.flatMap(({ reason, hours }, index) => {
    const foot = index * row + 22 + high;
    return [
      word(0, index * row + 14, "", told(reason)),
      word(left - 6, index * row + 32, "mark end", format.number(most)),
      svg("line", { x1: left, x2: x(24), y1: foot, y2: foot, class: "axis" }),
      hours.map((count, hour) => (count
        ? svg("rect", { x: x(hour) + 1, width: Math.max(step - 2, 1), y: foot - (high * count) / most, height: (high * count) / most, rx: 1.5, class: "bar" })
        : null)),
    ];
  });
  const foot = details.length * row + 4;
  return picture(
    say.byReasonHour, say.byReasonHourTold(details.map(({ reason, hours }) => ({ reason: told(reason), hour: top(hours), count: Math.max(...hours) }))),
    width, foot + 6, [...rows, [0, 6, 12, 18, 24].map((hour) => word(x(hour), foot, "mark middle", hour))].flat(),
    [say.columnReason, say.columnHour, say.columnItems],
    details.flatMap(({ reason, hours }) => hours.map((count, hour) => [served(reason), `${hour}–${hour + 1}`, format.number(count)])
      .filter((_, hour) => hours[hour])));
}

// Bars in groups, one for each reason, with their share of its items: `groups` are pairs of a reason and its counts by name.
function grouped(caption, head, groups, width) {
  const counted = groups.map(([reason, counts]) => [reason, Object.entries(counts).filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1])])
    .filter(([, counts]) => counts.length);
  const most = Math.max(...counted.flatMap(([, counts]) => counts.map(([, count]) => count)));
  const shapes = [];
  const share = (count, counts) => {
    const all = counts.reduce((sum, [, one]) => sum + one, 0);
    return `${format.number(count)} (${Math.round((count * 100) / all)} %)`;
  };
  let y = 0;
  for (const [reason, counts] of counted) {
    shapes.push(word(0, y + 14, "strong", told(reason)));
    y += 22;
    for (const [name, count] of counts.slice(0, mostDevices)) {
      const long = Math.max(((width - 110) * count) / most, 2);
      shapes.push(word(0, y + 14, "mark", told(name)), svg("rect", { x: 0, y: y + 20, width: long, height: 13, rx: 2, class: "bar" }),
        word(long + 8, y + 31, "mark", share(count, counts)));
      y += 38;
    }
    y += 10;
  }
  return picture(
    caption, say.byReasonGroupsTold(counted.map(([reason, counts]) => ({ reason: told(reason), name: told(counts[0][0]), count: counts[0][1] }))), width, y, shapes,
    [say.columnReason, head, say.columnItems],
    counted.flatMap(([reason, counts]) => counts.map(([name, count]) => [served(reason), told(name), share(count, counts)])));
}

// What no device of ours ever did is counted too: by nothing that was done.
function byReasonProcedure(report, width) {
  const groups = report.details.map(({ reason, procedures }) => {
    const known = Object.values(procedures).reduce((sum, count) => sum + count, 0);
    return [reason, { ...procedures, [say.nothingDone]: (report.reasons[reason] ?? 0) - known }];
  });
  return grouped(say.byReasonProcedure, say.columnProcedure, groups, width);
}

function byReasonDevice(report, width) {
  const groups = new Map();
  for (const { reason, device, count } of report.crosses) {
    const devices = groups.get(reason) ?? {};
    groups.set(reason, { ...devices, [device]: (devices[device] ?? 0) + count });
  }
  const all = (devices) => Object.values(devices).reduce((sum, count) => sum + count, 0);
  return grouped(say.byReasonDevice, say.columnDevice, [...groups].sort((a, b) => all(b[1]) - all(a[1])), width);
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
    report.crosses?.length ? byReasonDevice(report, width) : null,
    report.details?.length ? byReasonProcedure(report, width) : null,
    report.details?.length > 1 ? byReasonHour(report, width) : null,
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
