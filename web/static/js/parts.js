// What the pages are put together from: headings, waiting, trouble, filters, and lists that come in parts.

import { get } from "./api.js";
import { moment } from "./clock.js";
import { button, h, List, setText } from "./dom.js";

export { button } from "./dom.js";

export const link = (href, text, className = null) => h("a", { href, className, "data-here": true }, text);
export const chip = (text, look = "") => h("span", { className: `chip ${look}` }, text);
export const panel = (title, ...children) =>
  h("section", { className: "panel", "aria-label": title }, h("header", {}, h("h2", {}, title)), ...children);
export const time = (at, words = moment(at)) => h("time", { datetime: at, title: new Date(at).toLocaleString("en-GB", { timeZoneName: "short" }) }, words);
export const told = (at, words, text) =>
  h("li", {}, at ? time(at, words) : "", h("span", { className: "prose", dir: "auto" }, text));

/** A page's element, with its heading. */
export function shell(title, lead, ...actions) {
  const heading = h("div", {}, h("h1", { dir: "auto" }), h("p", { className: "muted" }, lead));
  const element = h("div", { className: "stack" }, h("header", { className: "page-head" }, heading, ...actions));
  entitle(element, title);
  return element;
}

/** Give a page another heading. */
export function entitle(element, title) {
  document.title = `${title} · Maestro`;
  setText(element.querySelector("h1"), title);
}

export const waiting = () => h("p", { className: "loading muted", role: "status" }, "Loading…");

/** What went wrong, in its place, and how to go on. */
export function trouble(problem, again) {
  if (problem.status === undefined) console.error(problem);
  return h("div", { className: "error trouble", role: "alert" }, h("span", {}, problem.message), button("Try again", again, "small"));
}

const turns = new WeakMap();

/** Fill a place with what `show` makes of the answer to `ask`; of two questions the later one counts. `quiet` says nothing meanwhile. */
export async function load(place, ask, show, quiet = false) {
  const turn = {};
  turns.set(place, turn);
  const fill = (...children) => turns.get(place) === turn && place.replaceChildren(...children.flat().filter(Boolean));
  if (!quiet) fill(waiting());
  try {
    const answer = await ask();
    if (turns.get(place) === turn) fill(show(answer));
  } catch (problem) {
    fill(trouble(problem, () => load(place, ask, show)));
  }
}

/**
 * A list that comes in parts. `ask(cursor)` answers {items, next}, `draw` makes an item's element, `nothing` is said where
 * there are none. `reset` begins anew, `refresh` looks whether there are newer ones.
 */
export function inParts(list, id, draw, ask, nothing) {
  const parts = new List(list, JSON.stringify, (item) => ({ element: draw(item), update() {} }));
  const foot = h("div", { className: "foot" });
  const status = h("p", { className: "hidden-text", role: "status" });
  let [items, next, turn] = [[], null, 0];

  async function go(cursor, before) {
    const mine = ++turn;
    if (!before.length) show([]);
    foot.replaceChildren(waiting());
    try {
      const page = await ask(cursor);
      if (mine !== turn) return;
      next = page.next;
      const known = before.length ? items : []; // newer ones may have come first meanwhile
      show([...known, ...page.items]);
      setText(status, `${items.length} shown${next ? ", and there are more" : ""}`);
      if (known.length) focusOn(known.length);
    } catch (problem) {
      if (mine === turn) foot.replaceChildren(trouble(problem, () => go(cursor, before)));
    }
  }

  /** Where nothing has the focus, since what had it is gone. */
  function focusOn(nth) {
    if (document.activeElement === document.body) list.children[nth]?.querySelector("a, button")?.focus({ preventScroll: true });
  }

  function show(newer) {
    const focused = items[[...list.children].findIndex((element) => element.contains(document.activeElement))];
    items = newer;
    parts.update(items);
    if (focused) focusOn(items.findIndex((item) => id(item) === id(focused)));
    list.hidden = !items.length;
    if (next) foot.replaceChildren(button("More", () => go(next, items)));
    else foot.replaceChildren(items.length ? "" : h("p", { className: "empty" }, nothing()));
  }

  async function refresh() {
    const mine = turn;
    const page = await ask(null).catch(() => null);
    if (!page || mine !== turn) return;
    const fresh = new Set(page.items.map(id));
    if (!items.length) next = page.next;
    show([...page.items, ...items.filter((item) => !fresh.has(id(item)))]);
  }

  return { element: h("div", { className: "stack" }, list, foot, status), reset: () => go(null, []), refresh };
}

/** Every item of a list, page by page, `most` pages of it; `each` hears every part, and may say that it is enough. */
export async function every(ask, most = 10, each = () => true) {
  const items = [];
  let cursor = null;
  do {
    const page = await ask(cursor);
    items.push(...page.items);
    cursor = each(page.items) ? page.next : null;
  } while (cursor && --most);
  return items;
}

/** A form of filters, whose values stand in the address. A field is [label, its options [[value, text]] or none: a date]. */
export function filters(context, fields, changed) {
  const asked = new URLSearchParams(location.search);
  const controls = Object.entries(fields).map(([name, [label, options]]) => {
    const control = options
      ? h("select", { name }, ...options.map(([value, text]) => h("option", { value }, text)))
      : h("input", { name, type: "date" });
    control.value = asked.get(name) ?? "";
    return [control, h("label", { className: "field" }, h("span", {}, label), control)];
  });
  const values = () => Object.fromEntries(controls.map(([control]) => [control.name, control.value]));
  const onchange = () => {
    context.address(values());
    changed();
  };
  const clear = () => {
    for (const [control] of controls) control.value = "";
    onchange();
  };
  const look = { className: "filters", role: "search", "aria-label": "Filters", onchange, onsubmit: (event) => event.preventDefault() };
  const element = h("form", look, ...controls.map(([, field]) => field), button("Clear", clear, "quiet"));
  return { element, values, any: () => Object.values(values()).some(Boolean) };
}

let names = new Map();

/** The brands there are; from then on `brandName` knows them. Of those that were removed only the slug is left. */
export async function brands() {
  const found = (await get("/api/brands")).brands;
  names = new Map(found.map((brand) => [brand.slug, brand.name]));
  return found;
}
export const brandName = (slug) => names.get(slug) ?? slug;
