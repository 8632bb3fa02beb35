// OVERVIEW: nothing is under way. What comes next, what today has, and a way to begin.

import { get, post, put } from "./api.js";
import { ZONE, clockTime, countdown, day, duration, everySecond, moment, now, until } from "./clock.js";
import { List, alert, aside, button, h, panel, sending, setAttribute, setLine, setText, working } from "./dom.js";
import { starting } from "./start.js";
import { answered, brandName, brandsToday, follow } from "./today.js";
import { KINDS } from "./words.js";

const COMING = 8; // slots that are shown
const AGAIN_MS = { told: 300_000, failed: 5000 }; // until the calendar is asked again

export function overview(context) {
  const next = nextRun(context);
  const start = starting();
  const today = brandsToday();
  const coming = slots();
  const last = lastBurst();
  const stop = everySecond(() => {
    coming.update();
    follow(context.snapshot(), context.redraw);
  });
  const element = h(
    "div",
    { className: "overview" },
    h("div", { className: "stack" }, next.element, start.element, last.element),
    h("div", { className: "stack" }, today.element, coming.element),
  );
  return {
    element,
    update(snapshot) {
      next.update(snapshot);
      start.update();
      today.update();
      coming.update();
      setAttribute(coming.element, "hidden", !answered()); // or it would be moved by what comes above it
      last.update(snapshot);
      follow(snapshot, context.redraw);
    },
    close() {
      next.close();
      stop();
    },
  };
}

function nextRun(context) {
  const digits = h("p", { className: "countdown figure", role: "timer", "aria-labelledby": "next" });
  const about = h("p", { className: "muted" });
  const error = alert();
  const toggle = button("", () => turn());
  const change = button("", () => edit());
  const time = h("input", { type: "time", required: true });
  const label = h("span", {}, "Every day at");
  const save = button("Save", null, "primary", { type: "submit" });
  const form = h("form", { className: "row", hidden: true, onsubmit: (event) => keep(event) }, h("label", { className: "field" }, label, time), save);
  const element = panel("next", "Next daily run", digits, about, h("div", { className: "row" }, toggle, change), form, error);
  let snapshot = context.snapshot();

  const turn = () => working(toggle, error, () => post(`/api/maestro/${snapshot.paused ? "resume" : "pause"}`));

  async function edit() {
    form.hidden = !form.hidden;
    if (form.hidden) return;
    time.value = "";
    time.focus();
    const routine = await working(change, error, () => get("/api/maestro/routine"));
    if (!routine) return;
    if (!time.validity.badInput) time.value ||= routine.daily_time; // unless somebody was quicker, or begins to be
    setText(label, `Every day at (${routine.timezone.replaceAll("_", " ")})`);
  }

  async function keep(event) {
    event.preventDefault();
    const done = await working(save, error, () => sending(form, () => put("/api/maestro/routine", { daily_time: time.value })));
    if (done) form.hidden = true;
  }

  function tick() {
    const at = snapshot.next_run_at;
    const left = at ? until(at) : 0;
    setText(digits, at ? (left > 0 ? countdown(left) : "Now") : snapshot.paused ? "Paused" : "Not set");
  }

  const close = everySecond(tick);
  return {
    element,
    close,
    update(newer) {
      snapshot = newer;
      const { paused, next_run_at: at } = snapshot;
      setAttribute(digits, "data-state", at ? "set" : "unset");
      const none = paused ? "No daily run begins until you resume." : "Set a time, and a burst makes every brand's quota each day by itself.";
      setText(about, at ? `${moment(at)} (${ZONE})` : none);
      setText(toggle, paused ? "Resume" : "Pause");
      setAttribute(toggle, "hidden", !at && !paused);
      setText(change, at || paused ? "Change the time" : "Set a time");
      tick();
    },
  };
}

function slots() {
  const rows = h("ul", { className: "list slots" });
  const empty = h("p", { className: "muted", hidden: true }, "Nothing is scheduled yet.");
  const error = h("p", { className: "error", hidden: true });
  const list = new List(rows, (slot) => slot.job_id, ({ scheduled_for: due }) => {
    const at = h("p", { className: "figure" }, h("strong", {}, clockTime(due)), h("span", { className: "muted small" }, day(due)));
    const title = h("h3", { className: "prose", dir: "auto" });
    const about = aside();
    return {
      element: h("li", {}, at, h("div", {}, title, about)),
      update(slot) {
        setText(title, slot.title);
        setText(about, `${KINDS[slot.kind]} · ${brandName(slot.brand)}`);
      },
    };
  });
  let taken = null;
  let next = -Infinity;

  async function ask() {
    next = Infinity;
    try {
      const told = await get("/api/maestro/calendar");
      taken = told.slots.toSorted((one, other) => one.scheduled_for.localeCompare(other.scheduled_for));
      setLine(error, "");
      next = now() + AGAIN_MS.told;
    } catch (problem) {
      setLine(error, problem.message);
      next = now() + AGAIN_MS.failed;
    }
    update();
  }

  function update() {
    if (now() > next) ask();
    const still = (taken ?? []).filter((slot) => Date.parse(slot.scheduled_for) > now());
    setAttribute(empty, "hidden", !taken || still.length > 0);
    list.update(still.slice(0, COMING));
  }

  const element = panel("coming", "Coming up", empty, error, rows);
  element.firstChild.append(aside(`times in ${ZONE}`));
  return { element, update };
}

function lastBurst() {
  const said = h("p", { className: "prose" });
  const about = aside();
  const more = h("a", { className: "button small", "data-here": true }, "Look at it");
  const element = panel("last", "Last burst", said, about);
  element.firstChild.append(more);
  return {
    element,
    update({ recent_burst: recent }) {
      setAttribute(element, "hidden", !recent);
      if (!recent) return;
      setText(said, recent.headline);
      setText(about, `${moment(recent.finished_at)}, after ${duration(recent.duration_seconds)}`);
      setAttribute(more, "href", `/history/${recent.burst_id}`);
    },
  };
}
