// LIBRARY: what was made and has its slot, by brand and kind.

import { get, query } from "./api.js";
import { ZONE } from "./clock.js";
import { h } from "./dom.js";
import { openAsked, picture } from "./job.js";
import { brands, filters, inParts, shell } from "./parts.js";
import { KINDS } from "./words.js";

export function library(context) {
  const place = h("div", { className: "stack" });
  const element = shell("Library", `What was made: to look at, to copy, to take away. Times in ${ZONE}.`);
  element.append(place);
  let list = null;
  begin();

  async function begin() {
    const asked = new URLSearchParams(location.search).get("brand");
    const known = (await brands().catch(() => [])).map(({ slug, name }) => [slug, name]);
    if (asked && !known.some(([slug]) => slug === asked)) known.push([asked, asked]);
    const fields = {
      brand: ["Brand", [["", "Every brand"], ...known]],
      kind: ["Kind", [["", "Every kind"], ...Object.entries(KINDS)]],
    };
    const form = filters(context, fields, () => list.reset());
    list = inParts(
      h("ul", { className: "gallery", "aria-label": "What was made" }),
      (job) => job.job_id,
      (job) => picture(job, element, context),
      async (cursor) => {
        const page = await get(query("/api/maestro/jobs", { outcome: "scheduled", ...form.values(), limit: 24, cursor }));
        return { items: page.jobs.filter((job) => job.assets.some((asset) => asset.url)), next: page.next };
      },
      () => (form.any() ? "Nothing like that yet." : "Nothing yet: what bursts make will hang here."),
    );
    place.replaceChildren(form.element, list.element);
    list.reset();
    openAsked(element, context);
  }

  const sign = (snapshot) => [snapshot?.counts.scheduled, snapshot?.recent_burst?.burst_id].join();
  let seen = sign(context.snapshot());
  return {
    element,
    update(snapshot) {
      if (sign(snapshot) === seen) return;
      seen = sign(snapshot);
      if (snapshot.recent_burst?.kind === "regenerate") list?.reset(); // one has gone, too
      else list?.refresh();
    },
  };
}
