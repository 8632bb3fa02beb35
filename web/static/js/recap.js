// RECAP: a burst has just ended. What came of it, for thirty seconds, or for as long as somebody is reading.

import { get, post, query } from "./api.js";
import { ZONE, duration, everySecond, now, since } from "./clock.js";
import { List, alert, aside, button, h, panel, setAttribute, setLine, setText, working } from "./dom.js";
import { gallery } from "./gallery.js";
import { RECAP_SECONDS, hasFailures } from "./mode.js";
import { brandName, follow } from "./today.js";
import { KINDS, STAGES } from "./words.js";

const MOST = 100; // jobs a page; a recap shows one page

export function recap(context) {
  const { tab } = context;
  let burst = null;
  let jobs = [];
  const tally = h("dl", { className: "tally" });
  const tallies = new List(tally, (each) => each.name, number);
  const failures = h("ul", { className: "list failures" });
  const failed = new List(failures, (each) => each.job_id, (each) => failure(each, context));
  const trouble = panel("failed", "What went wrong", failures);
  const notes = h("ul", { className: "list small muted" });
  const noted = new List(notes, (each) => each.text, note);
  const unmade = h("details", { className: "panel" }, h("summary", {}, "Ideas that became no piece"), notes);
  const pictures = gallery(brandName);
  const error = h("p", { className: "error", hidden: true });
  const countdown = h("p", { className: "muted small figure" });
  const zone = aside(`Times in ${ZONE}`);
  const more = h("a", { className: "button", "data-here": true }, "See all of it");
  const dismiss = button("Dismiss", leave, "primary");
  const element = h(
    "div",
    { className: "recap stack" },
    tally,
    h("div", { className: "row" }, dismiss, more, countdown),
    ...[trouble, error, zone, pictures.element, unmade],
  );

  // Whoever points at it or is in it reads it: meanwhile the clock is held.
  const held = new Set();
  let heldAt = 0;
  const hold = (why, on) => {
    if (on && !held.size) heldAt = now();
    if (!on && held.size === 1 && held.has(why)) tab.held += (now() - heldAt) / 1000;
    if (on) held.add(why);
    else held.delete(why);
    read();
  };
  element.addEventListener("pointerenter", () => hold("pointer", true));
  element.addEventListener("pointerleave", () => hold("pointer", false));
  element.addEventListener("focusin", () => hold("focus", true));
  element.addEventListener("focusout", (event) => element.contains(event.relatedTarget) || event.relatedTarget?.closest("dialog") || hold("focus", false));

  function read() {
    tab.reading = burst && (held.size || hasFailures(burst)) ? burst.burst_id : null;
    tell();
  }

  function tell() {
    if (!burst) return;
    const left = Math.ceil(RECAP_SECONDS + tab.held - since(burst.finished_at));
    const calm = held.size ? "Stays while you look at it" : `Back to the overview in ${Math.max(0, left)} s`;
    setText(countdown, hasFailures(burst) ? "Stays until you dismiss it" : calm);
  }

  function leave() {
    context.dismiss(burst.burst_id);
  }

  async function begin(recent) {
    burst = recent;
    jobs = [];
    tab.held = 0;
    setLine(error, "");
    setAttribute(more, "href", `/history/${burst.burst_id}`);
    try {
      const told = await get(query(`/api/maestro/bursts/${burst.burst_id}/jobs`, { limit: MOST }));
      if (burst.burst_id !== recent.burst_id) return;
      jobs = told.jobs;
    } catch (problem) {
      if (burst.burst_id === recent.burst_id) setLine(error, `The pictures cannot be shown now. ${problem.message}`);
    }
    context.redraw();
  }

  const stop = everySecond(tell);
  return {
    element,
    update(snapshot) {
      const recent = snapshot.recent_burst;
      if (recent.burst_id !== burst?.burst_id) begin(recent);
      tallies.update(numbers(recent));
      const known = new Map(jobs.map((job) => [job.job_id, job]));
      setAttribute(trouble, "hidden", !recent.failures.length);
      failed.update(recent.failures.map((each) => ({ ...known.get(each.job_id), ...each })));
      const rejected = recent.proposals_rejected.map(({ title, reason }) => ({ text: `${title}: ${reason}` }));
      const unwritten = recent.proposals_failed.map((text) => ({ text }));
      setAttribute(unmade, "hidden", !(rejected.length + unwritten.length));
      noted.update([...new Map([...unwritten, ...rejected].map((each) => [each.text, each])).values()]);
      setAttribute(zone, "hidden", !recent.scheduled);
      pictures.update(jobs);
      follow(snapshot, context.redraw);
      read();
    },
    close() {
      stop();
      tab.reading = null;
      tab.held = 0;
    },
  };
}

function numbers(recent) {
  const told = [
    { name: "Created", text: recent.created },
    { name: "Scheduled", text: recent.scheduled, meaning: "done" },
    { name: "Failed", text: recent.failed, meaning: "failed" },
    { name: "Cancelled", text: recent.cancelled },
    { name: "Lost", text: recent.lost, meaning: "failed", rare: true },
    { name: "Duration", text: duration(recent.duration_seconds) },
  ];
  return told.filter((each) => !each.rare || each.text);
}

function number(first) {
  const value = h("dd", {});
  const element = h("div", { dataset: { meaning: first.meaning ?? "" } }, h("dt", { className: "muted small" }, first.name), value);
  return {
    element,
    update({ text }) {
      setText(value, String(text));
      setAttribute(element, "data-none", text === 0);
    },
  };
}

function note() {
  const element = h("li", { className: "prose", dir: "auto" });
  return { element, update: ({ text }) => setText(element, text) };
}

function failure(first, context) {
  const title = h("h3", { className: "prose", dir: "auto" });
  const where = aside();
  const reason = h("p", { className: "error" });
  const refused = alert();
  const again = button("Regenerate", () => regenerate());
  const hidden = h("span", { className: "hidden-text" });
  again.append(hidden);
  const element = h(
    "li",
    { dataset: { job: first.job_id } },
    h("div", {}, title, where, reason, refused),
    again,
  );

  async function regenerate() {
    const done = await working(again, refused, () => post(`/api/maestro/jobs/${first.job_id}/regenerate`));
    if (!done) return;
    again.replaceChildren("Being made anew…");
    setAttribute(again, "aria-disabled", "true");
    context.redraw();
  }

  return {
    element,
    update(now) {
      setText(title, now.title ?? "A piece");
      setText(hidden, now.title ? `: ${now.title}` : "");
      const what = now.kind ? `${KINDS[now.kind]} for ${brandName(now.brand)}, ` : "";
      setText(where, `${what}ended while ${STAGES[now.stage].toLowerCase()}`);
      setText(reason, now.reason);
    },
  };
}
