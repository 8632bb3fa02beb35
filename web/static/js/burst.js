// One burst opened: its jobs by stage, what was made, and its events as sentences.

import { get, query } from "./api.js";
import { ZONE, clockTime, day, exactTime } from "./clock.js";
import { h } from "./dom.js";
import { chart } from "./chart.js";
import { counts, current, ending, lasted } from "./history.js";
import { openAsked, openJob, picture } from "./job.js";
import { brands, button, every, link, load, panel, shell, told } from "./parts.js";
import { BURSTS } from "./words.js";

const MOST_PARTS = 80; // of the events, 200 each: enough for 500 jobs

export function burst(context, id) {
  const path = `/api/maestro/bursts/${encodeURIComponent(id)}`;
  const element = shell("A burst", "");
  const place = h("div", { className: "stack" });
  element.append(place);
  let [open, underWay, drawing] = [true, false, null];
  const parts = (what) => async (cursor) => {
    const part = await get(query(`${path}/${what}`, { limit: 200, cursor }));
    return { items: part[what], next: part.next };
  };
  const ask = () =>
    Promise.all([get(path), every(parts("jobs")), brands().catch(() => null)]).catch((problem) => {
      if (problem.status !== 404) throw problem;
      return [null];
    });

  function nothing() {
    element.replaceChildren(...shell("There is no such burst", "It may be another user's, or the address may be mistyped.", link("/history", "All bursts", "button")).children);
    return [];
  }

  function show([found, jobs]) {
    if (!found) return nothing();
    const title = `${BURSTS[found.kind]}, ${day(found.started_at)}`;
    underWay = !found.outcome;
    document.title = `${title} · Maestro`;
    const about = `Began at ${clockTime(found.started_at)} (${ZONE}), ${underWay ? "under way for" : "took"} ${lasted(found)}`;
    element.firstChild.replaceChildren(h("div", {},
      link("/history", "← History", "small"),
      h("h1", {}, title),
      h("p", { className: "row muted" }, ending(found), about),
    ));
    const held = place.contains(document.activeElement) ? document.activeElement.dataset.job : null;
    drawing?.close();
    drawing = chart(found, jobs.reverse(), (job) => openJob(job.job_id, element, context, true), held);
    const life = inTurn(h("ol", { className: "list life" }), 40, (event) => told(event.at, event.at && exactTime(event.at), event.sentence ?? event.error));
    every(parts("events"), MOST_PARTS, (part) => {
      drawing.hear(part);
      life.add(part.filter((event) => event.type !== "StepProgressed"));
      return open;
    }).catch((problem) => life.element.append(h("p", { className: "error", role: "alert" }, problem.message)));
    const made = jobs.filter((job) => job.assets.length);
    const gallery = inTurn(h("ul", { className: "gallery" }), 18, (job) => picture(job, element, context));
    gallery.add(made);
    openAsked(element, context, true);
    const { by, reason } = found.cancel ?? {};
    return [
      h("div", { className: "panel outcomes" }, ...counts(current(found, context.snapshot()))),
      found.cancel && h("p", { className: "notice" }, `Cancelled by ${by ?? "somebody"}${reason ? `: ${reason}` : ""}`),
      underWay && h("p", { className: "notice" }, "This burst is under way. ", link("/", "Watch it live")),
      jobs.length && panel("Its jobs, stage by stage", drawing.element),
      made.length && panel("What was made", gallery.element),
      panel("What happened", life.element),
    ];
  }

  load(place, ask, show);
  return {
    element,
    update(snapshot) {
      if (!underWay || snapshot.recent_burst?.burst_id !== id) return;
      underWay = false;
      load(place, ask, show, true);
    },
    close() {
      open = false;
      drawing?.close();
    },
  };
}

/** A long list that is there already, a part of it shown at first. */
function inTurn(list, first, draw) {
  const foot = h("div", { className: "foot" });
  const items = [];
  const show = (most) => {
    list.append(...items.slice(list.children.length, most).map(draw));
    const left = items.length - list.children.length;
    foot.replaceChildren(left ? button(`More (${left})`, () => show(list.children.length + 100)) : "");
  };
  const add = (more) => {
    items.push(...more);
    show(Math.max(first, list.children.length));
  };
  return { element: h("div", { className: "stack" }, list, foot), add };
}
