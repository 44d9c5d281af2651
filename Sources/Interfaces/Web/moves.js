// The list of moves: what to take, where to put it, to be ticked off while walking.

import { $, el, renew, text } from "./dom.js";
import { attempt, call, changed, loadMoves, state as live } from "./live.js";
import { mayAsk, only } from "./session.js";
import { say } from "./strings.js";

async function mark(move, box) {
  const { barcode } = move.item;
  const done = box.checked;
  const path = `/v1/sweeps/${live.sweep.id}/moves/${encodeURIComponent(barcode)}`;
  // The list may have been fetched anew meanwhile; what was not taken is not ticked.
  if (await attempt(() => call(path, { done }))) live.moves = live.moves?.map((it) => (it.item.barcode === barcode ? { ...it, isDone: done } : it)) ?? null;
  else box.checked = !done;
  changed();
}

export function showMoves(state) {
  $("moves").hidden = !state.sweep;
  if (!state.sweep) return;
  const moves = state.moves ?? [];
  // How to go about it is nothing to whoever has nothing to do.
  $("moves-hint").hidden = state.moves !== null && !moves.length;
  $("moves-load").hidden = state.moves !== null && state.sweep.state !== "running";
  text($("moves-title"), state.moves ? say.moves(moves.filter((it) => !it.isDone).length, moves.length) : say.movesUnchecked);
  renew($("moves-list"), moves, (it) => it.item.barcode, (it) =>
    el("li", { class: `card move${it.isDone ? " done" : ""}` },
      el("input", {
        ...only("POST /v1/sweeps/{id}/moves/{barcode}"), type: "checkbox", id: `move-${it.number}`, "data-name": "done", ...(it.isDone ? { checked: "" } : {}),
        // Its label ticks it too, when it is not seen.
        onclick: (event) => { if (!mayAsk("POST /v1/sweeps/{id}/moves/{barcode}")) event.preventDefault(); },
        onchange: (event) => mark(it, event.target),
      }),
      el("label", { for: `move-${it.number}` },
        el("strong", {}, `${it.number}. ${say.moveTake(it)}`), ` ${say.movePut(it)} `,
        el("span", { class: "quiet" }, say.moveStands(it)))));
}

export function prepareMoves() {
  $("moves-load").addEventListener("click", async () => {
    $("moves-load").disabled = true;
    await attempt(loadMoves);
    $("moves-load").disabled = false;
  });
}
