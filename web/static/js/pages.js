// The pages besides the Observatory: which of them a path leads to.

import { h } from "./dom.js";

export function page(path) {
  const element = h("p", { className: "empty" }, `There is nothing at ${path} yet.`);
  return { element, update() {}, close() {} };
}
