// Alarms as they happen: why, which item, what to do. Never who.

import { $, el, renew, text } from "./dom.js";
import { format, say } from "./strings.js";

export function showGate(state) {
  if (!state.status) return;
  text($("gate-today"), say.alarmsToday(state.status.gate.alarmsToday));
  const alarms = state.alarms.length ? state.alarms : [{ id: "" }];
  renew($("gate-alarms"), alarms, (it) => it.id, (it) =>
    it.id === ""
      ? el("li", { class: "card" }, say.noAlarms)
      : el("li", { class: `card tone-${it.sounded ? "bad" : "quiet"}` },
          el("p", { class: "head" },
            el("span", { class: "badge" }, it.sounded ? say.sounded : say.silent),
            el("strong", {}, it.reason),
            el("time", { class: "quiet", datetime: it.at }, `${format.time(new Date(it.at))} · ${it.gate}`)),
          el("p", { class: "title" }, [it.title, it.callNumber, it.barcode ?? it.uid].filter(Boolean).join(" · ")),
          el("p", { class: "quiet" }, `${say.evidence}: ${it.evidence}`),
          it.advice ? el("p", { class: "advice" }, it.advice) : null));
}
