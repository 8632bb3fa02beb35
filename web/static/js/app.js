// The page: one snapshot, one mode, one view at a time. Views are {element, update(snapshot), close()}.

import { duration, everySecond, setClock, since } from "./clock.js";
import { h, setAttribute, setText } from "./dom.js";
import { mode } from "./mode.js";
import { Source } from "./source.js";
import { session } from "./session.js";

const VIEWS = { observatory: () => import("./observatory.js"), pages: () => import("./pages.js") };
const DISMISSED = "dismissed"; // in the tab's own storage, so that a reload does not bring a recap back

const root = document.querySelector("#view");
const headline = document.querySelector("#headline");
const connection = document.querySelector("#connection");

const tab = { path: location.pathname, watched: null, dismissed: sessionStorage.getItem(DISMISSED), reading: null, held: 0 };
let snapshot = JSON.parse(document.querySelector("#snapshot").textContent);
let shown = { key: null, name: null, view: null };
const fetched = {}; // the modules with views, once somebody looks at one of them

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
    shown.key = location.pathname + location.search;
  },
  dismiss(burst) {
    tab.dismissed = burst;
    sessionStorage.setItem(DISMISSED, burst);
    draw();
  },
};

function draw() {
  const name = snapshot || tab.path !== "/" ? mode(snapshot, tab) : "away";
  if (name === "away") return away();
  const views = fetched[name === "page" ? "pages" : "observatory"];
  if (!views) return fetchViews(name === "page" ? "pages" : "observatory");
  const key = name === "page" ? location.pathname + location.search : name;
  if (key !== shown.key) show(name, key, views);
  if (snapshot) shown.view.update(snapshot);
  if (name !== "page") tell(name === "recap" ? snapshot.recent_burst.headline : snapshot.headline);
  setAttribute(headline, "hidden", name === "page");
  return undefined;
}

/** There is nothing to show yet: the worker was out of reach when the page was made. */
function away() {
  shown.view?.close();
  shown = { key: null };
  root.replaceChildren();
  setAttribute(headline, "hidden", null);
  setAttribute(document.body, "data-mode", "away");
  setText(headline, "The studio cannot be reached");
  markCurrent();
}

function fetchViews(kind) {
  VIEWS[kind]().then(
    (module) => {
      fetched[kind] = module;
      draw();
    },
    () => {
      setAttribute(headline, "hidden", null);
      setText(headline, "This page cannot be fetched now");
    },
  );
}

function show(name, key, views) {
  const within = root.contains(document.activeElement);
  shown.view?.close();
  const view = views[name](context);
  root.replaceChildren(view.element);
  setAttribute(document.body, "data-mode", name);
  shown = { key, name, view };
  markCurrent();
  if (within) root.focus({ preventScroll: true }); // what had it is gone
}

function tell(text) {
  setText(headline, text);
  document.title = `${text} · Maestro`;
}

function markCurrent() {
  for (const link of document.querySelectorAll("nav a")) {
    const path = link.getAttribute("href");
    const current = path === "/" ? tab.path === "/" : tab.path.startsWith(path);
    setAttribute(link, "aria-current", current ? "page" : null);
  }
}

let drawing = false;

/** Draw at most once a frame, however fast snapshots come; at once where nobody looks, and no frame comes. */
function heard(newer) {
  setClock(newer.server_time);
  snapshot = newer;
  if (newer.current_phase) tab.watched = newer.burst_id;
  if (document.hidden) return draw();
  if (drawing) return undefined;
  drawing = true;
  return requestAnimationFrame(() => {
    drawing = false;
    draw();
  });
}

const reason = h("span", { role: "status" });
const age = h("span");
let heardAt = null;
connection.append(reason, age);

function connected(state) {
  heardAt = state.ok ? null : (heardAt ?? snapshot?.server_time ?? new Date().toISOString());
  setAttribute(document.body, "data-stale", !state.ok);
  setAttribute(connection, "hidden", state.ok);
  setText(reason, state.ok ? "" : `${state.reason} This page comes back by itself.`);
  tellAge();
}

function tellAge() {
  if (heardAt && snapshot) setText(age, `What you see is ${duration(since(heardAt))} old.`);
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

if (snapshot) {
  setClock(snapshot.server_time);
  if (snapshot.current_phase) tab.watched = snapshot.burst_id;
}
session(document.querySelector("#who"));
draw();
everySecond(() => {
  tellAge();
  if (snapshot && mode(snapshot, tab) !== shown.name) draw(); // a recap's time is over
});
new Source(heard, connected);
