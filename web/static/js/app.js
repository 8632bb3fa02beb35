// The page: one snapshot, one mode, one view at a time. Views are {element, update(snapshot), close()}.

import { whoami } from "./api.js";
import { duration, everySecond, setClock, since } from "./clock.js";
import { setAttribute, setText } from "./dom.js";
import { mode } from "./mode.js";
import { Source } from "./source.js";
import { live } from "./live.js";
import { overview } from "./overview.js";
import { page } from "./pages.js";
import { recap } from "./recap.js";

const VIEWS = { live, recap, overview };

const root = document.querySelector("#view");
const headline = document.querySelector("#headline");
const connection = document.querySelector("#connection");

const tab = { path: location.pathname, dismissed: null, reading: null, held: 0 };
let snapshot = JSON.parse(document.querySelector("#snapshot").textContent);
let shown = { name: null, view: null };

/** What views may do besides drawing. */
const context = {
  tab,
  snapshot: () => snapshot,
  go(path) {
    history.pushState(null, "", path);
    tab.path = location.pathname;
    draw();
    root.focus({ preventScroll: true });
    scrollTo(0, 0);
  },
  redraw: () => draw(),
  /** Let the address have this query; the view stays as it is. */
  address(values) {
    const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
    history.replaceState(null, "", location.pathname + (query && `?${query}`));
    shown.name = location.pathname + location.search;
  },
};

function draw() {
  if (snapshot === null && tab.path === "/") return; // the other pages tell of the past, without the worker
  const name = mode(snapshot, tab);
  const key = name === "page" ? location.pathname + location.search : name;
  if (key !== shown.name) {
    shown.view?.close();
    const view = name === "page" ? page(tab.path, context) : VIEWS[name](context);
    root.replaceChildren(view.element);
    setAttribute(document.body, "data-mode", name);
    shown = { name: key, view };
    markCurrent();
  }
  shown.view.update(snapshot);
  if (name !== "page") {
    setText(headline, snapshot.headline);
    document.title = `${snapshot.headline} · Maestro`;
  }
  setAttribute(headline, "hidden", name === "page");
}

function markCurrent() {
  for (const link of document.querySelectorAll("nav a")) {
    const path = link.getAttribute("href");
    const current = path === "/" ? tab.path === "/" : tab.path.startsWith(path);
    setAttribute(link, "aria-current", current ? "page" : null);
  }
}

function heard(newer) {
  setClock(newer.server_time);
  snapshot = newer;
  draw();
}

let heardAt = null;

function connected(state) {
  heardAt = state.ok ? null : (heardAt ?? snapshot?.server_time ?? new Date().toISOString());
  setAttribute(document.body, "data-stale", !state.ok);
  setAttribute(connection, "hidden", state.ok);
  connection.dataset.reason = state.reason ?? "";
  tellAge();
}

function tellAge() {
  if (heardAt === null) return;
  const age = duration(since(heardAt));
  const reason = connection.dataset.reason || "The connection is gone.";
  setText(connection, `${reason} What you see is ${age} old; this page comes back by itself.`);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-here]");
  if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  context.go(link.getAttribute("href"));
});
addEventListener("popstate", () => {
  tab.path = location.pathname;
  draw();
});

if (snapshot) setClock(snapshot.server_time);
whoami();
draw();
everySecond(() => {
  tellAge();
  draw(); // a recap's time may be over
});
new Source(heard, connected);
