// How far a burst is: a bar, and the same counts as text. Failures stand apart, and are never among what is done.

import { h, setAttribute, setText } from "./dom.js";

// Each part of the bar: its name, the states that it shows, and what is said of each.
const PARTS = [
  ["done", { scheduled: "scheduled" }],
  ["active", { scheduling: "scheduling", uploading: "uploading", rendering: "rendering", generating: "painting" }],
  ["ahead", { queued: "queued" }],
  ["cancelled", { cancelled: "cancelled" }],
  ["failed", { failed: "failed", lost: "lost" }],
];

const ENDED = new Set(["cancelled", "failed", "lost"]); // which are shown once there are some

/** {element, update(snapshot)} */
export function progress() {
  const done = h("strong");
  const legend = h("ul", { className: "legend" });
  const bar = h("div", { className: "progress", role: "progressbar", "aria-label": "Pieces scheduled", "aria-valuemin": 0 });
  const pieces = PARTS.flatMap(([part, states]) =>
    Object.entries(states).map(([state, word]) => {
      const stretch = h("span", { dataset: { part, state } });
      const entry = h("li", { dataset: { part, state } });
      bar.append(stretch);
      if (part !== "done") legend.append(entry);
      return { state, word, stretch, entry };
    }),
  );
  const element = h("div", { className: "how-far" }, h("div", { className: "row" }, done, legend), bar);
  return {
    element,
    update({ counts }) {
      const told = counts.total ? `${counts.scheduled} of ${counts.total} scheduled` : "No piece has been accepted yet";
      setText(done, told);
      const others = [];
      let start = 0;
      for (const { state, word, stretch, entry } of pieces) {
        const count = counts[state];
        const share = counts.total ? count / counts.total : 0;
        const stretched = `translateX(${(100 * start).toFixed(3)}%) scaleX(${share.toFixed(5)})`;
        if (stretch.dataset.at !== stretched) stretch.style.transform = stretch.dataset.at = stretched;
        start += share;
        setAttribute(entry, "hidden", !count && ENDED.has(state));
        setAttribute(entry, "data-none", !count);
        setText(entry, `${count} ${word}`);
        if (!count) continue;
        if (state !== "scheduled") others.push(`${count} ${word}`);
      }
      setAttribute(bar, "aria-valuemax", Math.max(1, counts.total));
      setAttribute(bar, "aria-valuenow", counts.scheduled);
      setAttribute(bar, "aria-valuetext", [told, ...others].join(", "));
      setAttribute(bar, "data-empty", !counts.total);
    },
  };
}
