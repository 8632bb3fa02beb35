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
      for (const { state, word, stretch, entry } of pieces) {
        const count = counts[state];
        if (stretch.style.flexGrow !== String(count)) stretch.style.flexGrow = String(count);
        setAttribute(entry, "hidden", !count);
        if (!count) continue;
        setText(entry, `${count} ${word}`);
        if (state !== "scheduled") others.push(`${count} ${word}`);
      }
      setAttribute(bar, "aria-valuemax", Math.max(1, counts.total));
      setAttribute(bar, "aria-valuenow", counts.scheduled);
      setAttribute(bar, "aria-valuetext", [told, ...others].join(", "));
      setAttribute(bar, "data-empty", !counts.total);
    },
  };
}
