// The simulated branch: lay items on a pad, walk the wand, carry something out, pull a plug. Only when nothing is real.

import { $, el, renew, text } from "./dom.js";
import { attempt, call, changed, state as live } from "./live.js";
import { say } from "./strings.js";

const view = { scene: null, told: "", asked: false };

async function load() {
  if (!live.status?.simulated) return;
  view.asked = true;
  view.scene = await call("/v1/simulation").catch(() => view.scene);
  changed();
}

async function play(request) {
  const scene = await attempt(() => call("/v1/simulation", request));
  if (scene) Object.assign(view, { scene, told: scene.message });
  changed();
}

const barcodes = (form) => form.elements.barcodes.value.split(/[\s,;]+/).filter(Boolean);

function lines(scene) {
  return [
    say.sceneShelf(scene),
    ...Object.entries(scene.pads).map(([name, items]) => say.scenePad(name, items)),
    ...Object.entries(scene.wands).map(([name, place]) => say.sceneWand(name, place)),
    ...scene.outputs.map(say.sceneOutput),
  ];
}

function options(select, readers) {
  renew(select, readers.map(({ name }) => ({ name })), (it) => it.name, (it) => el("option", { value: it.name }, it.name));
}

export function showSimulation(state) {
  $("setup-scenes").hidden = !state.status.simulated;
  if (!state.status.simulated) return;
  if (!view.asked) load();
  if (!view.scene) return;
  renew($("scene-list"), lines(view.scene), (it) => it, (it) => el("li", {}, it));
  text($("scene-told"), view.told);
  const readers = state.status.readers;
  const of = (role) => readers.filter((reader) => reader.role === role);
  options($("scene-pad"), of("pad"));
  options($("scene-wand"), of("wand"));
  options($("scene-gate"), of("gate"));
  options($("scene-reader"), readers);
  for (const name of ["scene-items", "scene-carried"]) {
    if (!$(name).placeholder) $(name).placeholder = view.scene.firstBarcode ?? "";
  }
}

export const openSimulation = load;

export function prepareSimulation() {
  const on = (id, event, act) => $(id).addEventListener(event, (happened) => {
    happened.preventDefault();
    act($(id));
  });
  on("scene-pad-form", "submit", (form) => play({ put: { barcodes: barcodes(form), reader: $("scene-pad").value } }));
  on("scene-take", "click", () => play({ take: { barcodes: barcodes($("scene-pad-form")), reader: $("scene-pad").value } }));
  on("scene-walk-form", "submit", (form) => {
    const [from, to] = [form.elements.from.value.trim(), form.elements.to.value.trim()];
    play({ walk: { reader: $("scene-wand").value, ...(from ? { from } : {}), ...(to ? { to } : {}), millimetresPerSecond: 250 } });
  });
  on("scene-carry-form", "submit", (form) => play({ carry: { barcodes: barcodes(form), gate: $("scene-gate").value } }));
  on("scene-plug-form", "submit", () => play({ unplug: { reader: $("scene-reader").value } }));
  on("scene-plug", "click", () => play({ plug: { reader: $("scene-reader").value } }));
}
