// A dialog to look at pictures and videos as large as there is room.

import { button, h, setAttribute, setText } from "./dom.js";

let box = null;

/** Look at items, beginning with one: arrows lead to the others, Escape back. */
export function lightbox(items, index) {
  box ??= makeBox();
  box.open(items, index);
}

function makeBox() {
  let items = [];
  let index = 0;
  const stage = h("div", { className: "stage" });
  const caption = h("p", { className: "prose", dir: "auto", id: "lightbox-caption" });
  const place = h("p", { className: "figure small" });
  const step = (by, label, sign) => button(sign, () => show(index + by), "", { "aria-label": label });
  const steps = [step(-1, "Previous", "←"), step(1, "Next", "→")];
  const close = button("Close", () => dialog.close());
  const bar = h("div", { className: "row" }, place, ...steps, close);
  const dialog = h("dialog", { className: "lightbox", "aria-labelledby": "lightbox-caption" }, stage, h("footer", {}, caption, bar));
  dialog.addEventListener("close", () => stage.replaceChildren());
  dialog.addEventListener("click", (event) => [dialog, stage].includes(event.target) && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by && event.target.tagName !== "VIDEO") show(index + by);
  });
  addEventListener("popstate", () => dialog.close());
  document.body.append(dialog);

  function show(wanted) {
    index = (wanted + items.length) % items.length;
    const { url, video, poster, label, width, height } = items[index];
    stage.replaceChildren(
      video
        ? h("video", { src: url, poster, width, height, controls: true, autoplay: true, loop: true, playsinline: true, "aria-label": label })
        : h("img", { src: url, alt: label, width, height }),
    );
    setText(caption, label);
    setText(place, `${index + 1} of ${items.length}`);
    for (const part of [place, ...steps]) setAttribute(part, "hidden", items.length < 2);
  }

  return {
    open(given, first) {
      items = given;
      show(first);
      dialog.showModal();
      close.focus();
    },
  };
}
