// HISTORY: the bursts there were, the latest first.

import { get, query } from "./api.js";
import { ZONE, duration, since } from "./clock.js";
import { h } from "./dom.js";
import { chip, filters, inParts, link, shell, time } from "./parts.js";
import { BURSTS, OUTCOMES } from "./words.js";

const ENDED = { finished: "Finished", cancelled: "Cancelled", failed: "Broke off", open: "Under way" };
const LOOKS = { finished: "done", cancelled: "", failed: "failed", open: "active" };

export const ending = ({ outcome }) => chip(ENDED[outcome ?? "open"], LOOKS[outcome ?? "open"]);
export const lasted = (burst) => duration(burst.duration_seconds ?? since(burst.started_at));

/** The burst, with the numbers that only the worker has while it is under way. */
export const current = (burst, snapshot) =>
  !burst.outcome && snapshot?.burst_id === burst.burst_id
    ? { ...burst, ...snapshot.counts, created: snapshot.counts.total }
    : burst;

/** How many came to what, as a bar and in words. */
export function counts(burst) {
  const some = Object.keys(OUTCOMES).filter((outcome) => burst[outcome]).map((outcome) => [burst[outcome], outcome]);
  const open = burst.created - some.reduce((sum, [count]) => sum + count, 0);
  if (open > 0) some.push([open, "to come"]);
  const parts = some.map(([count, what]) => h("span", { className: what, style: { "flex-grow": count } }));
  const words = some.map(([count, what]) => h("span", { className: `count ${what}` }, `${count} ${what}`));
  const all = words.length ? words : ["There was nothing to make"];
  return [h("span", { className: "share", "aria-hidden": "true" }, ...parts), h("span", { className: "sums figure" }, ...all)];
}

const row = (burst) =>
  h("li", {}, h("a", { href: `/history/${burst.burst_id}`, "data-here": true },
    h("strong", { className: "figure" }, time(burst.started_at)),
    h("span", { className: "row" }, BURSTS[burst.kind], ending(burst)),
    h("span", { className: "figure muted" }, burst.outcome ? lasted(burst) : ""),
    h("span", {}, ...counts(burst)),
  ));

export function bursts(context) {
  const fields = {
    kind: ["Kind", [["", "Every kind"], ...Object.entries(BURSTS)]],
    outcome: ["Outcome", [["", "Every outcome"], ...Object.entries(ENDED)]],
    since: ["From"],
    until: ["To"],
  };
  const form = filters(context, fields, () => list.reset());
  const list = inParts(
    h("ol", { className: "panel list bursts", "aria-label": "Bursts" }),
    (burst) => burst.burst_id,
    row,
    async (cursor) => {
      const page = await get(query("/api/maestro/bursts", { ...form.values(), limit: 25, cursor }));
      return { items: page.bursts.map((burst) => current(burst, context.snapshot())), next: page.next };
    },
    () => (form.any() ? "No burst is like that." : "No burst yet: the first one will be told here."),
  );
  const sign = (snapshot) => [snapshot?.burst_id, snapshot?.recent_burst?.burst_id].join();
  let seen = sign(context.snapshot());
  list.reset();
  const element = shell("History", `Every burst, the latest first. Open one to see what happened. Times in ${ZONE}.`);
  element.append(form.element, list.element);
  return {
    element,
    update(snapshot) {
      if (sign(snapshot) === seen) return;
      seen = sign(snapshot);
      list.refresh();
    },
  };
}
