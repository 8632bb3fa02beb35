// Asks the server. What it refuses is a Problem, whose message people can read.

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

/** A path with what of the query has a value. */
export function query(path, values) {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

async function write(method, path, body) {
  const headers = { "X-CSRF-Token": (await whoami()).csrf_token };
  return send(method, path, body, headers);
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
  if (answer.status === 401) leave();
  if (answer.status === 204) return null;
  const said = await answer.json().catch(() => ({ status: answer.status, title: answer.statusText }));
  if (!answer.ok) throw new Problem(said);
  return said;
}

function leave() {
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
}
