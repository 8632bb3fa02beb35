// The pages beside the live view, by their paths; each is fetched when somebody looks at it.

import { fetched } from "./api.js";
import { h } from "./dom.js";
import { link, load, shell } from "./parts.js";

const PAGES = [
  [/^\/history\/?$/, () => import("./history.js"), "bursts"],
  [/^\/history\/([^/]+)$/, () => import("./burst.js"), "burst"],
  [/^\/library$/, () => import("./library.js"), "library"],
  [/^\/brands(?:\/([^/]+))?\/?$/, () => import("./shelves.js"), "brands"],
  [/^\/agents(?:\/([^/]+))?\/?$/, () => import("./shelves.js"), "agents"],
  [/^/, async () => ({ nowhere }), "nowhere"],
];

/** The view at the tab's path: {element, update(snapshot), close()}. */
export function page(context) {
  const { path } = context.tab;
  const [pattern, fetch, name] = PAGES.find(([each]) => each.test(path));
  const element = h("div");
  let view = null;
  let open = true;
  load(element, () => fetched(fetch()), (module) => {
    if (open) view = module[name](context, pattern.exec(path)[1]);
    return view?.element;
  });
  return {
    element,
    update: (snapshot) => view?.update?.(snapshot),
    close() {
      open = false;
      view?.close?.();
    },
  };
}

const nowhere = () => ({
  element: shell("There is no such page", "The address may be mistyped.", link("/", "To the Observatory", "button")),
});
