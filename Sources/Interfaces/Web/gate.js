// Alarms as they happen: why, which item, what to do. Never who.

import { $, el, renew, text } from "./dom.js";
import { format, say } from "./strings.js";

function itemBlock(it) {
  return [
    el("p", { class: "head" }, el("span", { class: "badge" }, it.reason), el("strong", {}, it.title ?? it.barcode ?? it.uid)),
    el("p", { class: "quiet" }, [it.callNumber, it.barcode ?? it.uid].filter(Boolean).join(" · ")),
    el("p", { class: "quiet" }, `${say.evidence}: ${it.evidence}`),
    el("p", { class: "advice" }, it.advice),
  ];
}

export function showGate(state) {
  if (!state.status) return;
  text($("gate-today"), say.alarmsToday(state.status.gate.alarmsToday));
  const alarms = state.alarms.length ? state.alarms : [{ id: "" }];
  renew($("gate-alarms"), alarms, (it) => it.id, (it) =>
    it.id === ""
      ? el("li", { class: "card" }, say.noAlarms)
      : el("li", { class: "card tone-bad" },
          el("p", { class: "quiet" },
            el("time", { datetime: it.at }, format.time(new Date(it.at))), ` · ${it.gate}`),
          it.items.map((item) => el("div", { class: "part" }, itemBlock(item)))));
}
