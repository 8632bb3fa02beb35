// Asks the server. What it refuses is a Problem, whose message people can read.

const CSRF = "X-CSRF-Token";
const FORGED = "/problems/csrf-token";

const sentence = (text) => text[0].toUpperCase() + text.slice(1) + (/[.?!…]$/.test(text) ? "" : ".");

export class Problem extends Error {
  constructor(problem) {
    super(sentence(problem.detail || problem.title || "The server could not be reached"));
    this.status = problem.status || 0;
    this.type = problem.type || "";
    this.errors = problem.errors || [];
    this.burst = problem.burst || null;
  }
}

let session = null;

/** Who is signed in; asked once, unless `again`. Without a session the page is left for the sign-in. */
export async function whoami(again = false) {
  if (session === null || again) {
    const asking = send("GET", "/api/session");
    session = asking;
    asking.catch(() => (session = session === asking ? null : session));
  }
  return session;
}

export const get = (path) => send("GET", path);
export const post = (path, body = {}) => write("POST", path, body);
export const put = (path, body) => write("PUT", path, body);
export const patch = (path, body) => write("PATCH", path, body);
export const remove = (path) => write("DELETE", path);

/** A module, which may be out of reach as anything else of the server. */
export const fetched = (module) =>
  module.catch(() => {
    throw new Problem({ detail: "This part of the page cannot be fetched now" });
  });

/** A path with what of the query has a value. */
export function query(path, values) {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

async function write(method, path, body) {
  const { user_id: user, csrf_token: token } = await whoami();
  try {
    return await send(method, path, body, { [CSRF]: token });
  } catch (problem) {
    if (problem.type !== FORGED) throw problem;
    const now = await whoami(true); // signed in anew since, in another tab
    if (now.user_id !== user) throw problem;
    return send(method, path, body, { [CSRF]: now.csrf_token });
  }
}

async function send(method, path, body, headers = {}) {
  const options = { method, headers: { Accept: "application/json", ...headers }, credentials: "same-origin" };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Problem({});
  }
  if (answer.status === 401) throw signedOut();
  if (answer.status === 204) return null;
  const said = await answer.json().catch(() => ({ status: answer.status, title: answer.statusText }));
  if (!answer.ok) throw new Problem(said);
  return said;
}

/** Leave for the sign-in, which leads back; but not where somebody has typed into a form, and would lose it. */
export function signedOut() {
  const typed = document.querySelector("form[data-typed]");
  if (!typed) location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  return new Problem({ status: 401, detail: "You are signed out: sign in in another tab, and try again here" });
}
