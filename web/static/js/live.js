// LIVE: a burst is under way. What the snapshot says, and nothing else.

import { face } from "./avatar.js";
import { cancelling } from "./cancel.js";
import { card } from "./card.js";
import { clockTime, duration, everySecond, since } from "./clock.js";
import { List, h, setAttribute, setText } from "./dom.js";
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
  const cards = new List(jobs, (job) => job.job_id, (job) => {
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
      setText(about, `${BURSTS[snapshot.kind]}, began ${clockTime(snapshot.burst_started_at)} · `);
      far.update(snapshot);
      cancel.update(snapshot);
      setAttribute(thinking, "hidden", snapshot.jobs.length > 0);
      gliding(cards, () => cards.update(snapshot.jobs));
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

const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const MOST = 24; // of those that glide: more is no longer calm

/** Let cards that change their place glide there. */
function gliding(list, change) {
  if (STILL.matches || document.hidden || list.parts.size > MOST) return change();
  const before = order(list);
  const places = new Map([...list.parts].map(([key, part]) => [key, part.element.getBoundingClientRect()]));
  change();
  if (before === order(list)) return undefined;
  for (const [key, { element }] of list.parts) {
    const from = places.get(key);
    const to = element.getBoundingClientRect();
    const path = from ? `translate(${from.x - to.x}px, ${from.y - to.y}px)` : "translateY(0.75rem)";
    if (from && from.x === to.x && from.y === to.y) continue;
    const start = from ? { transform: path } : { transform: path, opacity: 0 };
    element.animate([start, {}], { duration: 420, easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" });
  }
  return undefined;
}

const order = (list) => [...list.parent.children].map((each) => each.firstElementChild.dataset.job).join();

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
