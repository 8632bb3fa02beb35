// Begin a burst: what today lacks, or so many of each kind for the brands that are chosen.

import { post } from "./api.js";
import { List, alert, aside, button, h, panel, setAttribute, setText, working } from "./dom.js";
import { brands } from "./today.js";

/** {element, update()} */
export function starting() {
  const error = alert();
  const submit = button("Start a burst", null, "primary", { type: "submit" });
  const which = (value, text, checked) =>
    h("label", { className: "choice" }, h("input", { type: "radio", name: "what", value, checked, onchange: () => choose() }), text);
  const count = (name, text) =>
    h("label", { className: "field" }, h("span", {}, text), h("input", { type: "number", name, min: 0, max: 1000, value: 1, inputmode: "numeric" }));
  const names = h("ul", { className: "row" });
  const list = new List(names, (brand) => brand.slug, (brand) => {
    const name = h("span", { className: "prose", dir: "auto" });
    const box = h("input", { type: "checkbox", name: "brand", value: brand.slug, checked: true });
    return { element: h("li", {}, h("label", { className: "choice" }, box, name)), update: (now) => setText(name, now.name) };
  });
  const chosen = h(
    "fieldset",
    { className: "chosen", disabled: true, hidden: true },
    h("legend", { className: "hidden-text" }, "How many, and for which brands"),
    h("div", { className: "counts" }, count("reels", "Reels"), count("posts", "Posts"), count("carousels", "Carousels")),
    aside("Dealt out to these brands, one after the other:"),
    names,
  );
  const form = h(
    "form",
    { onsubmit: (event) => send(event) },
    h("fieldset", { className: "stack" }, h("legend", { className: "hidden-text" }, "What to make"), which("lacking", "What today still lacks", true), which("chosen", "As many as I say, in all", false)),
    ...[chosen, error, submit],
  );
  const element = panel("start", "Start a burst", form);

  function choose() {
    const off = new FormData(form).get("what") !== "chosen";
    chosen.disabled = off;
    setAttribute(chosen, "hidden", off);
  }

  function send(event) {
    event.preventDefault();
    return working(submit, error, () => post("/api/maestro/bursts", wish()));
  }

  function wish() {
    const given = new FormData(form);
    if (given.get("what") !== "chosen") return { kind: "smart" };
    const number = (name) => Number(given.get(name) || 0);
    const slugs = given.getAll("brand");
    if (!slugs.length) throw new Error("Choose one brand at least.");
    return { kind: "smart", brands: slugs, reels: number("reels"), posts: number("posts"), carousels: number("carousels") };
  }

  return { element, update: () => list.update(brands()) };
}
