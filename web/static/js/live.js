// LIVE: a burst is under way. What the snapshot says, and nothing else.

import { face } from "./avatar.js";
import { cancelling } from "./cancel.js";
import { card } from "./card.js";
import { ZONE, clockTime, duration, everySecond, since } from "./clock.js";
import { List, h, setAttribute, setText } from "./dom.js";
import { Places } from "./places.js";
import { progress } from "./progress.js";
import { brandName, brandsToday, follow } from "./today.js";
import { BURSTS } from "./words.js";

export function live(context) {
  const about = h("span", {});
  const elapsed = h("strong", { className: "figure" });
  const far = progress();
  const cancel = cancelling();
  const agents = h("ul", { className: "agents" });
  const jobs = h("ul", { className: "grid jobs" });
  const thinking = h("p", { className: "empty" }, "The first ideas are being written. Each becomes a card here.");
  const today = brandsToday();
  const places = new Places();
  const cards = new List(jobs, (job) => job.key, (job) => {
    const part = card(job, brandName);
    return { ...part, element: h("li", {}, part.element) };
  });
  const crew = new List(agents, (agent) => `${agent.avatar} ${agent.name}`, agent);
  const element = h(
    "div",
    { className: "live stack" },
    h(
      "section",
      { className: "burst", "aria-label": "The burst" },
      h("div", { className: "row lead" }, h("p", { className: "muted" }, about, elapsed), cancel.element),
      far.element,
    ),
    h(
      "div",
      { className: "columns" },
      h("section", { "aria-label": "Jobs" }, thinking, jobs),
      h(
        "aside",
        { className: "stack", "aria-label": "Agents and brands" },
        h("section", { className: "panel", "aria-labelledby": "agents" }, h("header", {}, h("h2", { id: "agents" }, "Agents")), agents),
        today.element,
      ),
    ),
  );
  const stop = everySecond(() => {
    const { burst_started_at: began } = context.snapshot();
    if (began) setText(elapsed, duration(since(began)));
    cards.parts.forEach((part) => part.tick());
  });
  return {
    element,
    update(snapshot) {
      setText(about, `${BURSTS[snapshot.kind]}, began ${clockTime(snapshot.burst_started_at)} (${ZONE}) · `);
      far.update(snapshot);
      cancel.update(snapshot);
      setAttribute(thinking, "hidden", snapshot.jobs.length > 0);
      const held = document.activeElement?.closest("[data-job]")?.dataset.job;
      cards.update(places.arrange(snapshot.jobs));
      if (held && document.activeElement === document.body) // its card has gone to the end
        jobs.querySelector(`[data-job="${held}"] .frame`)?.focus({ preventScroll: true });
      crew.update(snapshot.agents);
      today.update();
      follow(snapshot, context.redraw);
    },
    close() {
      stop();
      cancel.close();
    },
  };
}

function agent() {
  const avatar = h("span", { className: "avatar", "aria-hidden": "true" });
  const name = h("h3", { className: "prose", dir: "auto" });
  const doing = h("p", { className: "muted small prose", dir: "auto" });
  const element = h("li", {}, avatar, h("div", {}, name, doing));
  return {
    element,
    update(now) {
      setText(avatar, face(now.avatar, now.name));
      setText(name, now.name);
      setText(doing, now.doing);
    },
  };
}
