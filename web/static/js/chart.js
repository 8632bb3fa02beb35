// A burst's jobs over time: a row a job, a bar a stage, its outcome at the end. Each row says the same in words.

import { duration, now } from "./clock.js";
import { h, List, setAttribute, setText } from "./dom.js";
import { brandName, button } from "./parts.js";
import { OUTCOMES, STAGES } from "./words.js";

const ROWS = 30; // at once
const MARKS = { scheduled: "✓", failed: "✕", cancelled: "–", lost: "?" };
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400, 604800];
const seconds = (time) => Date.parse(time) / 1000;
const short = (length) => (length < 10 ? `${Math.round(length * 10) / 10} s` : duration(length));

/**
 * `jobs` as they came; `open` is called with the one that is chosen. `hear` takes events as they are read. `held` is the
 * job that had the focus in the chart before this one.
 */
export function chart(burst, jobs, open, held = null) {
  const begun = seconds(burst.started_at);
  const lines = new Map(jobs.map((job) => [job.job_id, { job, bars: [["queued", seconds(job.created_at)]] }]));
  const svg = h("svg", { role: "img" });
  const list = h("ol", { "aria-label": "Jobs" });
  const rows = new List(list, (line) => line.job.job_id, row);
  const plot = h("div", { className: "chart" }, svg, list);
  const place = h("span", { className: "muted small", role: "status" });
  const turn = (by) => () => draw((first += by));
  const [back, on] = [button("Earlier jobs", turn(-ROWS), "small"), button("Later jobs", turn(ROWS), "small")];
  const keys = Object.entries(STAGES).map(([stage, name]) => h("li", {}, h("span", { className: `swatch ${stage}` }), name));
  const legend = h("ul", { className: "keys", "aria-label": "Colours" }, ...keys);
  const element = h("div", { className: "stack" }, legend, plot, jobs.length > ROWS && h("div", { className: "row" }, back, on, place));
  let [first, planned] = [0, 0];
  const later = () => {
    cancelAnimationFrame(planned);
    planned = requestAnimationFrame(draw);
  };
  const sizes = new ResizeObserver(later);
  sizes.observe(plot);

  const end = ({ job }) => (job.settled_at ?? burst.finished_at ? seconds(job.settled_at ?? burst.finished_at) : now() / 1000);
  const lasts = (line, n) => Math.max(0, (line.bars[n + 1]?.[1] ?? end(line)) - line.bars[n][1]);

  function row({ job }) {
    const words = h("span", { className: "hidden-text" });
    const about = [h("span", { className: "title", dir: "auto" }, job.title), h("span", { className: "muted", dir: "auto" }, brandName(job.brand))];
    const look = { type: "button", dataset: { job: job.job_id }, onclick: () => open(job) };
    const element = h("li", {}, h("button", look, ...about, words));
    return {
      element,
      update(line) {
        setText(words, said(line));
        setAttribute(element, "title", `${job.title}:${said(line)}`); // bars let the pointer through, to the button below
      },
    };
  }

  function said(line) {
    const spans = line.bars.map(([stage], n) => `${STAGES[stage]} ${short(lasts(line, n))}`);
    return ` ${spans.join(", ")}; ${OUTCOMES[line.job.outcome]?.toLowerCase() ?? "under way"}`;
  }

  function draw() {
    const width = plot.clientWidth;
    if (!width) return;
    const unit = parseFloat(getComputedStyle(plot).fontSize) / 16;
    const axis = 28 * unit;
    const began = (line) => line.bars[1]?.[1] ?? end(line);
    const shown = [...lines.values()].sort((one, other) => began(one) - began(other)).slice(first, first + ROWS);
    rows.update(shown);
    if (held && document.activeElement === document.body) list.querySelector(`[data-job="${held}"]`)?.focus({ preventScroll: true });
    held = null;
    const wide = width >= 640 * unit;
    const [left, height] = wide ? [Math.min(440 * unit, width * 0.32), 44 * unit] : [0, 66 * unit];
    plot.classList.toggle("wide", wide);
    plot.style.setProperty("--label", `${left}px`);
    plot.style.setProperty("--row", `${height}px`);
    // A window far into a long burst begins where its jobs begin to be worked at.
    const worked = Math.min(...shown.map(began));
    const to = Math.max(...shown.map(end), worked + 0.1);
    const from = first ? worked - (to - worked) * 0.04 : Math.min(begun, worked);
    const scale = (width - 26 * unit - left) / (to - from);
    const x = (at) => left + Math.max(0, at - from) * scale;
    const total = axis + shown.length * height;
    const step = STEPS.find((each) => each * scale >= 80 * unit) ?? to - from;
    const ticks = [];
    for (let at = Math.ceil((from - begun) / step) * step; begun + at <= to; at += step) {
      const here = x(begun + at);
      ticks.push(h("line", { x1: here, x2: here, y1: axis - 8 * unit, y2: total }));
      if (here < width - 50 * unit) ticks.push(h("text", { x: here, y: axis - 13 * unit, class: at && "middle" }, short(at)));
    }
    const drawn = shown.flatMap((line, n) => bars(line, x, axis + (n + 1) * height - (wide ? height / 2 : 15 * unit), unit));
    for (const [name, value] of Object.entries({ width, height: total })) setAttribute(svg, name, value);
    setAttribute(svg, "aria-label", `${shown.length} jobs within ${duration(to - from)}; each row says the same in words`);
    svg.replaceChildren(...ticks, ...drawn);
    back.disabled = !first;
    on.disabled = first + ROWS >= lines.size;
    setText(place, `Jobs ${first + 1} to ${first + shown.length} of ${lines.size}`);
  }

  function bars(line, x, y, unit) {
    const drawn = line.bars.map(([stage, from], n) => {
      const thick = (stage === "queued" ? 4 : 14) * unit;
      const width = Math.max(1, x(from + lasts(line, n)) - x(from));
      return h("rect", { x: x(from), y: y - thick / 2, width, height: thick, rx: 2, class: stage });
    });
    const { outcome } = line.job;
    if (!outcome) return drawn;
    const at = x(end(line)) + 13 * unit;
    const mark = [h("circle", { cx: at, cy: y, r: 8 * unit }), h("text", { x: at, y: y + 4 * unit }, MARKS[outcome])];
    return [...drawn, h("g", { class: outcome }, ...mark)];
  }

  return {
    element,
    hear(events) {
      for (const { job_id, stage, at } of events) if (stage) lines.get(job_id)?.bars.push([stage, seconds(at)]);
      later();
    },
    close: () => sizes.disconnect(),
  };
}
