// Who the daemon takes this browser for, in the head of the page; the way to the sign-in page.

import { $, text } from "./dom.js";
import { say } from "./strings.js";

const who = { role: null };

// What a role may not do is not shown; the daemon refuses it all the same.
export const may = (...roles) => roles.includes(who.role);

export async function showSession() {
  const response = await fetch("/v1/session");
  if (!response.ok) return;
  const session = await response.json();
  if (!session.role) location.assign("/sign-in");
  who.role = session.role;
  for (const element of document.querySelectorAll("[data-roles]")) element.hidden = !may(...element.dataset.roles.split(" "));
  text($("session"), session.means === "session" ? say.sessionOf(session.name) : say.signIn);
  $("session").title = session.role ? say.signedInAs(session.name, say.accessRole[session.role]) : "";
}
