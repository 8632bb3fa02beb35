// One job: its picture in a gallery, and all about it in a dialog.

import { get, post } from "./api.js";
import { ZONE, exactTime, moment, until } from "./clock.js";
import { h, setText, working } from "./dom.js";
import { film, media, tile } from "./gallery.js";
import { brandName, button, chip, link, load, time, told } from "./parts.js";
import { KINDS, MEANING, OUTCOMES, STAGES } from "./words.js";

/** When the job is published: as every list says it, and on its brand's own clock, if that shows another time. */
function due({ scheduled_for: at, slot }) {
  const zone = slot.timezone.replaceAll("_", " ");
  const [here, there] = [moment(at), moment(slot.local_time.slice(0, 19))];
  if (here === there) return `${here} (${zone})`;
  const [date, clock] = there.split(", ");
  return `${here} (${ZONE}), which is ${here.startsWith(date) ? clock : there} in ${zone}`;
}

/** A job as a picture that opens the dialog about it. */
export function picture(job, ...where) {
  const { element, update } = tile(job, brandName, () => openJob(job.job_id, ...where));
  update(job);
  return element;
}

/** Open the job that the address asks for, if it does. */
export function openAsked(page, context, whole = false) {
  const id = new URLSearchParams(location.search).get("job");
  if (id && !page.querySelector("dialog")) openJob(id, page, context, whole);
}

/** Open a dialog about a job within `page`, with its life unfolded if `whole`. The address says which job it is. */
export function openJob(id, page, context, whole = false) {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  const place = h("div");
  const close = button("✕", () => dialog.close(), "quiet close", { "aria-label": "Close" });
  const dialog = h("dialog", { className: "story", "aria-label": "A job" }, close, place);
  dialog.addEventListener("mousedown", (event) => isBeside(dialog, event) && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (page.isConnected) context.address({ ...query, job: "" });
  });
  page.append(dialog);
  dialog.showModal();
  context.address({ ...query, job: id });
  load(place, () => get(`/api/maestro/jobs/${encodeURIComponent(id)}`), (job) => {
    dialog.setAttribute("aria-label", job.title);
    return about(job, whole);
  });
}

/** Whether it was pressed beside a dialog, and not where it has room at its edges. */
function isBeside(dialog, { target, clientX: x, clientY: y }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return target === dialog && (x < left || x > right || y < top || y > bottom);
}

function about(job, whole) {
  const caption = job.proposal?.caption;
  const text = h("p", { className: "prose caption", dir: "auto" }, caption ?? "");
  const items = media(job);
  const url = items[0]?.url;
  const status = h("span", { className: "small muted", role: "status" });
  const copy = (what, words) => async () => {
    try {
      await navigator.clipboard.writeText(words);
      setText(status, `${what} copied`);
    } catch {
      if (words === caption) getSelection().selectAllChildren(text);
      setText(status, words === caption ? "Press Ctrl+C to copy it." : words);
    }
  };
  const pictures = film(job);
  pictures.update(job);
  const files = items.map((item) => h("li", {}, h("a", { href: `${item.url}?download=` }, item.label.slice(job.title.length + 2))));
  return h("div", { className: items.length ? "portrait" : "portrait bare" },
    items.length > 0 && pictures.element,
    h("div", { className: "stack" },
      h("p", { className: "row small muted" }, chip(OUTCOMES[job.outcome] ?? "Under way", MEANING[job.outcome] ?? "active"), `${KINDS[job.kind]} for ${brandName(job.brand)}`),
      h("h2", { dir: "auto", className: "prose" }, job.title),
      job.error && h("p", { className: "error" }, `${STAGES[job.stage]}: ${job.error}`),
      !items.length && h("p", { className: "muted" }, job.outcome ? "Nothing of it is kept." : "It is not made yet."),
      job.slot && h("p", {}, until(job.scheduled_for) > 0 ? "To be published " : "Was due ", time(job.scheduled_for, due(job))),
      caption && text,
      h("p", { className: "row" }, caption && button("Copy caption", copy("Caption", caption), "small primary"), url && button("Copy link", copy("Link", url), "small"), status),
      url && h("div", { className: "row small" }, "Download", h("ul", { className: "row", "aria-label": "Download" }, ...files)),
      job.outcome && !job.replaced_by && again(job),
      h("details", { open: whole }, h("summary", {}, "How it came about"),
        h("ol", { className: "list life small" },
          ...job.life.map((each) => told(each.at, exactTime(each.at), each.sentence)),
          ...job.unreadable.map((error) => told(null, "", error)))),
      h("p", { className: "row small" },
        !whole && link(`/history/${job.burst_id}?job=${job.job_id}`, "Its burst"),
        job.replaced_by && link(`?job=${job.replaced_by}`, "The one in its place"),
        job.replaces && link(`?job=${job.replaces}`, "The one before it")),
    ));
}

/** A button that has the job made anew. */
function again(job) {
  const error = h("p", { className: "error", role: "alert", hidden: true });
  const hint = h("span", { className: "muted", role: "status" }, job.outcome === "scheduled" ? "New pictures in the same slot" : "The same idea, once more");
  const start = button("Regenerate", async () => {
    const made = await working(start, error, () => post(`/api/maestro/jobs/${job.job_id}/regenerate`));
    if (made) hint.replaceChildren("A new one is on its way. ", link(`/history/${made.burst_id}`, "See its burst"));
  }, "small");
  return h("div", { className: "row small" }, start, hint, error);
}
