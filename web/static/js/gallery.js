// Pictures and videos: a job's media in frames of its own shape.

import { moment } from "./clock.js";
import { List, aside, h, setAttribute, setLine, setText } from "./dom.js";
import { KINDS, number } from "./words.js";

const SHAPES = { reel: [1080, 1920], post: [1080, 1350], carousel: [1080, 1350] };
const PLAY = "M8 5.5v13a1 1 0 0 0 1.5.9l11-6.5a1 1 0 0 0 0-1.8l-11-6.5A1 1 0 0 0 8 5.5z";

/** What of a job can be looked at: the video, the pages, and last the picture that they were made on. */
export function media(job) {
  const [width, height] = SHAPES[job.kind];
  const rank = (path) => (path.endsWith(".mp4") ? 0 : path.includes("_background") ? 2 : 1);
  const found = job.assets.filter((asset) => asset.url).map((asset) => ({ ...asset, rank: rank(asset.path) }));
  const poster = found.find((asset) => asset.rank === 1)?.url;
  found.sort((one, other) => one.rank - other.rank);
  return found.map(({ path, url, rank: of }, index) => {
    const what = ["the video", job.kind === "reel" ? "the cover" : "page", "the background"][of];
    const page = of === 1 && job.kind === "carousel" ? ` ${index + 1}` : "";
    const label = `${job.title}: ${what === "page" && !page ? "the post" : what + page}`;
    return { key: path, url, video: of === 0, poster, background: of === 2, label, width, height };
  });
}

/** Where a picture is at the size it is shown at, if the storage can make it smaller. */
const sized = (url) =>
  "renditions" in document.body.dataset && url.includes("/object/public/")
    ? `${url.replace("/object/public/", "/render/image/public/")}?width=${devicePixelRatio > 1 ? 480 : 270}&resize=contain`
    : url;

/** A frame of a kind's shape that opens what it shows: {element, update(item)}. An item of null is one yet to come. */
export function frame(kind, open) {
  const [width, height] = SHAPES[kind];
  const element = h("button", { type: "button", className: "frame", dataset: { kind }, onclick: () => open() });
  const play = h("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, h("path", { d: PLAY }));
  let picture = null;
  return {
    element,
    update(item) {
      setAttribute(element, "disabled", !item);
      setAttribute(element, "aria-label", item?.label ?? "The picture is not there yet");
      const url = item && (item.video ? item.poster : item.url);
      if (!item) setAttribute(element, "data-state", "awaited");
      if (!item || picture?.dataset.url === String(url)) return;
      setAttribute(element, "data-state", "there");
      picture = url
        ? h("img", { src: sized(url), alt: "", width, height, loading: "lazy", decoding: "async", onerror: broken })
        : h("video", { src: item.url, width, height, preload: "metadata", muted: true, tabindex: "-1", onerror: broken });
      picture.dataset.url = url;
      element.replaceChildren(picture, ...(item.video ? [play] : []));
    },
  };
}

/** Look at items, beginning with one. What it takes is fetched when somebody does; without it the picture opens by itself. */
const look = (items, index) =>
  import("./lightbox.js").then(
    ({ lightbox }) => lightbox(items, Math.max(0, index)),
    () => location.assign(items[index].url),
  );

const broken = (event) => setAttribute(event.target.parentElement, "data-state", "broken");

/** A job's pictures side by side, as they arrive. */
export function film(job) {
  const element = h("ul", { className: "film", "aria-label": "Pictures" });
  let items = [];
  const list = new List(element, (item) => item.key, ({ key }) => {
    const part = frame(job.kind, () => look(items, items.findIndex((item) => item.key === key)));
    return { element: h("li", {}, part.element), update: (item) => part.update(item.awaited ? null : item) };
  });
  return {
    element,
    update(now) {
      items = media(now);
      list.update(items.length ? items : [{ key: "", awaited: true }]);
    },
  };
}

/** One tile a job, with what is finished of it; `brandName` says what a brand is called. */
export function gallery(brandName) {
  const element = h("ul", { className: "gallery", "aria-label": "What was made" });
  const list = new List(element, (job) => job.job_id, (job) => tile(job, brandName));
  const rank = (job) => Object.keys(KINDS).indexOf(job.kind);
  const shown = (jobs) => jobs.filter((job) => media(job).length).sort((one, other) => rank(one) - rank(other));
  return { element, update: (jobs) => list.update(shown(jobs)) };
}

/** A job as a picture that opens, by itself unless `open` is given: {element, update(job)}. */
export function tile(job, brandName, open) {
  let items = [];
  const part = frame(job.kind, open ?? (() => look(items, 0)));
  const pages = h("span", { className: "pages", "aria-hidden": "true" });
  const title = h("h2", { className: "title prose", dir: "auto" });
  const about = aside();
  const element = h("li", { dataset: { kind: job.kind, job: job.job_id } }, h("div", {}, part.element, pages), title, about);
  return {
    element,
    update(now) {
      items = media(now);
      part.update(items[0]);
      const slides = items.filter((item) => !item.background).length;
      setLine(pages, now.kind === "carousel" ? String(slides) : "");
      setText(title, now.title);
      const at = now.scheduled_for ? moment(now.scheduled_for) : "";
      const kind = now.kind === "carousel" ? `Carousel of ${number(slides, "page")}` : KINDS[now.kind];
      setText(about, `${kind} · ${brandName(now.brand)}\n${at}`);
    },
  };
}
