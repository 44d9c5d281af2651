// Who the daemon takes this browser for, in the head of the page; the way to the sign-in page.

import { $, text } from "./dom.js";
import { say } from "./strings.js";

export async function showSession() {
  const response = await fetch("/v1/session");
  if (!response.ok) return;
  const session = await response.json();
  if (!session.role) location.assign("/sign-in");
  text($("session"), session.means === "session" ? say.sessionOf(session.name) : say.signIn);
  $("session").title = session.role ? say.signedInAs(session.name, say.accessRole[session.role]) : "";
}
