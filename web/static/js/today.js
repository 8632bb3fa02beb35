// What today has of every brand's quota: asked when a burst begins or ends, while one runs every five seconds at most, and
// otherwise every five minutes, since the next day begins some time.

import { get } from "./api.js";
import { now } from "./clock.js";
import { List, aside, h, setAttribute, setLine, setText } from "./dom.js";
import { KINDS } from "./words.js";

const PAUSE_MS = 5000;
const QUIET_MS = 300_000;

let known = null; // the newest answer
let trouble = "";
let asked = { about: null, at: -Infinity };

/** What a brand is called; its slug until that is known. */
export const brandName = (slug) => brands().find((brand) => brand.slug === slug)?.name ?? slug;

export const brands = () => known?.brands ?? [];

/** Whether it has been answered, in whichever way. */
export const answered = () => known !== null || trouble !== "";

/** Ask, if it may be another than it was; `then` is called with what is new. */
export async function follow(snapshot, then) {
  const burst = snapshot.current_phase ? snapshot.burst_id : (snapshot.recent_burst?.burst_id ?? "");
  const state = `${burst} ${snapshot.current_phase === null}`;
  const about = `${state} ${snapshot.counts.scheduled} ${Math.floor(now() / QUIET_MS)}`;
  const waited = performance.now() - asked.at > PAUSE_MS;
  if (about === asked.about || (state === asked.state && !waited) || (trouble && !waited)) return;
  const mine = (asked = { about, state, at: performance.now() });
  try {
    const told = await get("/api/maestro/today");
    if (mine !== asked) return; // of two answers the later question's counts
    known = told;
    trouble = "";
  } catch (problem) {
    if (mine !== asked) return;
    trouble = problem.message;
    mine.about = null; // again, after a while
  }
  then();
}

/** A row a brand, made of quota for each kind: {element, update()}. */
export function brandsToday() {
  asked = { at: -Infinity }; // brands may be others by now
  const error = h("p", { className: "error" });
  const empty = h("p", { className: "muted" }, "There is no brand yet. ", h("a", { href: "/brands", "data-here": true }, "Add the first"));
  const rows = h("ul", { className: "list quotas" });
  const list = new List(rows, (brand) => brand.slug, row);
  const element = h("section", { className: "panel", "aria-labelledby": "today" }, h("header", {}, h("h2", { id: "today" }, "Today"), aside("scheduled or under way")), error, empty, rows);
  return {
    element,
    update() {
      setLine(error, trouble);
      setAttribute(empty, "hidden", !known || known.brands.length > 0);
      list.update(brands());
    },
  };
}

function row(brand) {
  const name = h("h3", { className: "prose", dir: "auto" });
  const kinds = h("ul", { className: "kinds" });
  const list = new List(kinds, (each) => each.kind, meter);
  return {
    element: h("li", { dataset: { brand: brand.slug } }, name, kinds),
    update(now) {
      setText(name, now.name);
      list.update(now.kinds);
    },
  };
}

function meter() {
  const name = aside();
  const text = h("p");
  const fill = h("span");
  const element = h("li", {}, name, text, h("span", { className: "meter", "aria-hidden": "true" }, fill));
  return {
    element,
    update({ kind, made, quota }) {
      setText(name, `${KINDS[kind]}s`);
      setText(text, quota ? `${made} of ${quota}` : made ? String(made) : "none");
      setAttribute(element, "data-full", made >= quota && made > 0);
      setAttribute(element, "data-none", !quota && !made);
      fill.style.inlineSize = `${quota ? Math.min(1, made / quota) * 100 : made ? 100 : 0}%`;
    },
  };
}
