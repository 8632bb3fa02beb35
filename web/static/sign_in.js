// Signs in with a password, or with a link whose fragment has a token: a fragment is sent to no server and stands in no log.

const lead = document.querySelector("#lead");
const form = document.querySelector("#form");
const error = document.querySelector("#error");
const email = document.querySelector("#email");
const password = document.querySelector("#password");
const button = document.querySelector("#button");
const welcome = lead.textContent;

async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Refusal(answer.status, problem.detail ?? `the server answered ${answer.status}`);
  }
}

class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

function sentence(problem) {
  const text = problem instanceof Refusal ? problem.message : "Maestro cannot be reached: is it running?";
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;
}

async function signIn(path, body) {
  error.textContent = "";
  try {
    await send(path, body);
  } catch (problem) {
    error.textContent = sentence(problem);
    return problem;
  }
  location.replace(whereTo());
  return null;
}

/** The page that somebody wanted, if it is one of ours. */
function whereTo() {
  const wanted = new URL(new URLSearchParams(location.search).get("next") ?? "/", location.origin);
  return wanted.origin === location.origin ? wanted.pathname : "/";
}

function busy(is) {
  button.setAttribute("aria-disabled", String(is));
  button.textContent = is ? "Signing in…" : "Sign in";
}

async function submit(event) {
  event.preventDefault();
  if (button.getAttribute("aria-disabled") === "true") return;
  busy(true);
  const problem = await signIn("/api/session", { email: email.value.trim(), password: password.value });
  if (problem === null) return;
  busy(false);
  if (problem.status === 401) password.select();
  (problem.status === 401 ? password : button).focus();
}

async function followLink(token) {
  history.replaceState(null, "", location.pathname);
  form.hidden = true;
  lead.textContent = "Signing you in…";
  const problem = await signIn("/api/session/link", { token });
  if (problem === null) return;
  lead.textContent = welcome;
  form.hidden = false;
  email.focus();
}

form.addEventListener("submit", submit);
const token = new URLSearchParams(location.hash.slice(1)).get("token");
if (token) followLink(token);
