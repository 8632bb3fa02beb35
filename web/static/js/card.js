// A job's card: what it is, its pictures as they arrive, how far it is, and why it waits or what went wrong.

import { duration, moment, since } from "./clock.js";
import { h, setAttribute, setLine, setText } from "./dom.js";
import { film } from "./gallery.js";
import { KINDS, MEANING, OUTCOMES, STAGES } from "./words.js";

const NAMES = Object.keys(STAGES);

/** {element, update(job), tick()}; `brandName` says what a brand is called. */
export function card(first, brandName) {
  let job = first;
  let drawn = null; // what of it is on the screen: most cards of a snapshot are as they were
  const brand = h("span", { className: "brand prose", dir: "auto" });
  const state = h("span", { className: "chip" });
  const title = h("h2", { className: "title prose", dir: "auto" });
  const agent = h("p", { className: "muted small prose", dir: "auto" });
  const pictures = film(first);
  const steps = NAMES.map((name) => h("li", { dataset: { stage: name } }, h("span", {}, STAGES[name])));
  const doing = h("span");
  const age = h("span", { className: "age figure muted" });
  const waiting = h("span", { className: "waiting-for" });
  const line = h("p", { className: "doing small" }, h("span", { className: "prose" }, doing, waiting), age);
  const error = h("p", { className: "error" });
  const slot = h("p", { className: "slot figure" });
  const element = h(
    "article",
    { className: "card job", dataset: { job: first.job_id, kind: first.kind } },
    h("header", {}, h("p", {}, h("span", { className: "kind" }, KINDS[first.kind]), " ", brand), state),
    h("div", { className: "about" }, title, agent),
    error,
    pictures.element,
    h("ol", { className: "steps", "aria-label": "Stages" }, steps),
    h("div", { className: "now" }, line, slot),
  );

  function tick() {
    setText(age, job.outcome ? "" : duration(since(job.since)));
  }

  return {
    element,
    tick,
    update(now) {
      job = now;
      const { outcome, stage } = job;
      const text = JSON.stringify([job, brandName(job.brand)]);
      if (text === drawn) return;
      drawn = text;
      setAttribute(element, "aria-label", job.title);
      setAttribute(element, "data-outcome", outcome);
      setAttribute(element, "data-waiting", !outcome && job.waiting_for !== null);
      setText(brand, brandName(job.brand));
      setText(state, outcome ? OUTCOMES[outcome] : STAGES[stage]);
      setAttribute(state, "class", `chip ${outcome ? MEANING[outcome] : job.waiting_for ? "waiting" : "active"}`);
      setText(title, job.title);
      setText(agent, `by ${job.agent}`);
      setAttribute(pictures.element, "hidden", outcome !== null && outcome !== "scheduled");
      pictures.update(job);
      steps.forEach((step, index) => {
        setAttribute(step, "data-state", stateOf(index, NAMES.indexOf(stage), outcome));
        setAttribute(step, "aria-current", !outcome && NAMES[index] === stage ? "step" : null);
      });
      setText(doing, job.doing || STAGES[stage]);
      setAttribute(line, "hidden", outcome !== null);
      setLine(waiting, job.waiting_for ? `, waiting for ${job.waiting_for}` : "");
      setLine(error, job.error && outcome ? job.error : "");
      setLine(slot, job.scheduled_for ? `Publishes ${moment(job.scheduled_for)}` : "");
      tick();
    },
  };
}

function stateOf(index, current, outcome) {
  if (outcome === "scheduled" || index < current) return "done";
  if (index > current) return "ahead";
  return outcome ? "ended" : "current";
}
