// Signs a browser in with a token, and out again. The session is a cookie that no script can read.

import { $, el, text } from "./dom.js";
import { served, speak } from "./speak.js";
import { say } from "./strings.js";

const headers = { "Content-Type": "application/json", "Pressmark-Page": "1" };

function complain(problem) {
  const said = problem ? [problem.detail, problem.hint].filter(Boolean) : [];
  $("problem").replaceChildren(...(said.length
    ? [el("p", { class: "card tone-bad" }, said.map((line, index) => [index ? " · " : null, problem.type ? served(line) : line]).flat())]
    : []));
}

async function ask(method, body) {
  let response;
  try {
    response = await fetch("/v1/session", { method, headers, body: body && JSON.stringify(body) });
  } catch {
    throw { detail: say.unreachable, hint: say.unreachableHint };
  }
  const value = await response.json().catch(() => null);
  if (!response.ok) throw value ?? { detail: `${response.status} ${response.statusText}` };
  return value;
}

async function showWho() {
  const session = await ask("GET");
  const role = say.accessRole[session.role];
  text($("who"), !session.role ? say.signedOut : session.means === "loopback" ? say.localAs(role) : say.signedInAs(session.name, role));
  $("out").hidden = session.means !== "session";
}

speak();
document.title = `${say.signIn} · Pressmark`;

$("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  complain(null);
  try {
    await ask("POST", { token: $("token").value.trim() });
    location.assign("/");
  } catch (problem) {
    complain(problem);
    $("token").select();
  }
});

$("out").addEventListener("click", async () => {
  try {
    await ask("DELETE");
    await showWho();
  } catch (problem) {
    complain(problem);
  }
});

showWho().catch(complain);
