// The pages beside the live view, by their paths.

import { agents, brands } from "./shelves.js";
import { burst } from "./burst.js";
import { bursts } from "./history.js";
import { library } from "./library.js";
import { link, shell } from "./parts.js";

const PAGES = [
  [/^\/history\/?$/, bursts],
  [/^\/history\/([^/]+)$/, burst],
  [/^\/library$/, library],
  [/^\/brands(?:\/([^/]+))?\/?$/, brands],
  [/^\/agents(?:\/([^/]+))?\/?$/, agents],
];

/** The view at a path: {element, update(snapshot), close()}. */
export function page(path, context) {
  const [pattern, view] = PAGES.find(([each]) => each.test(path)) ?? [/^/, nowhere];
  return { update() {}, close() {}, ...view(context, pattern.exec(path)[1]) };
}

const nowhere = () => ({
  element: shell("There is no such page", "The address may be mistyped.", link("/", "To the Observatory", "button")),
});
