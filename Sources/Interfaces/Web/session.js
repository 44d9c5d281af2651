// Who the daemon takes this browser for, in the head of the page; the way to the sign-in page.

import { $, text } from "./dom.js";
import { say } from "./strings.js";

const who = { role: null };

// Parts of the page that a role may not use are not shown; single buttons are, and the daemon refuses what they ask for.
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
