// Who the daemon takes this browser for, in the head of the page; the way to the sign-in page.

import { $, text } from "./dom.js";
import { say } from "./strings.js";

const who = { role: null };

// What the page offers that not everybody may do, by the daemon's own table: a test compares the two.
const floor = ["technician", "desk", "admin"];
const technicians = ["technician", "admin"];
const rights = {
  "POST /v1/security/repair": floor,
  "POST /v1/sweeps": technicians,
  "POST /v1/sweeps/{id}/finish": technicians,
  "POST /v1/sweeps/{id}/moves/{barcode}": floor,
  "POST /v1/find/{barcode}": floor,
  "POST /v1/gate/mute": floor,
  "POST /v1/gate/alarms/{id}/outcome": floor,
  "POST /v1/readers/{name}/security": floor,
};

export const may = (...roles) => roles.includes(who.role);
export const mayAsk = (route) => may(...rights[route]);

// The attributes of what asks for this, which those alone see who may, and of what the others see in its place.
export const only = (route) => ({ "data-route": route, "data-refused": !mayAsk(route) });
export const instead = (route) => ({ "data-instead": route, "data-refused": mayAsk(route) });

export async function showSession() {
  const response = await fetch("/v1/session");
  if (!response.ok) return;
  const session = await response.json();
  if (!session.role) location.assign("/sign-in");
  who.role = session.role;
  for (const element of document.querySelectorAll("[data-roles]")) element.hidden = !may(...element.dataset.roles.split(" "));
  for (const element of document.querySelectorAll("[data-route]")) element.toggleAttribute("data-refused", !mayAsk(element.dataset.route));
  for (const element of document.querySelectorAll("[data-instead]")) element.toggleAttribute("data-refused", mayAsk(element.dataset.instead));
  text($("session"), session.means === "session" ? say.sessionOf(session.name) : say.signIn);
  const role = say.accessRole[session.role];
  $("session").title = !session.role ? "" : session.means === "loopback" ? say.localAs(role) : say.signedInAs(session.name, role);
}
