// Leads to one item: a disc that grows and a sound that quickens, the nearer the wand is. And what lists rang for.

import { $, el, renew, text } from "./dom.js";
import { attempt, call, changed, state as live } from "./live.js";
import { sound } from "./sound.js";
import { format, say } from "./strings.js";

let ticker = null;

function tick() {
  const strength = live.guide?.strength ?? 0;
  if (strength > 0) sound(400 + 800 * strength, 1, 0.06);
  // From one sound a second at the edge to eight in front of it.
  ticker = live.guide ? setTimeout(tick, 1000 - 875 * strength) : null;
}

export function showFind(state) {
  const guide = state.guide;
  $("find-guide").hidden = !guide;
  $("find-stop").hidden = !guide;
  renew($("rings"), state.rings, (it) => `${it.list} ${it.barcode}`, (it) =>
    el("li", { class: "card tone-notice" }, el("p", {}, el("strong", {}, say.ring(it)))));
  if (!guide) return;
  text($("find-item"), [guide.item.callNumber, guide.item.title ?? guide.item.barcode].filter(Boolean).join(" · "));
  // Without neighbours nobody knows its place: it is not in the holdings, or its call number cannot be filed.
  const isFiled = guide.before.length + guide.behind.length > 0;
  text($("find-where"), [
    guide.location,
    isFiled ? say.findBetween(guide.before[0]?.callNumber, guide.behind[0]?.callNumber) : say.findUnfiled,
    guide.lastSeen ? say.findLast(guide.lastSeen, format.age(new Date(guide.lastSeen.last))) : say.findNever,
  ].filter(Boolean).join(" · "));
  const strength = guide.strength ?? 0;
  const shape = $("find-shape");
  shape.style.setProperty("--near", strength.toFixed(2));
  shape.setAttribute("aria-valuenow", String(Math.round(strength * 100)));
  // A tag that was never read may be read on the way.
  const isHearable = guide.isTagKnown || strength > 0;
  text($("find-words"), isHearable ? say.findNear(strength) : isFiled ? say.findUnknown : say.findNowhere);
}

export function prepareFind() {
  $("find-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const barcode = new FormData(event.target).get("barcode").trim();
    const place = await attempt(() => call(`/v1/find/${encodeURIComponent(barcode)}`, {}));
    if (!place) return;
    live.guide = { ...place, strength: 0 };
    if (ticker === null) tick();
    changed();
  });
  $("find-stop").addEventListener("click", () => {
    live.guide = null;
    fetch("/v1/find", { method: "DELETE", headers: { "Pressmark-Page": "1" } }).catch(() => {});
    changed();
  });
}
