// Elements as values, and lists that change in place: what has not changed is not touched, and keeps its focus.

/** Make an element. Properties beginning with `on` are listeners, `dataset` and `style` are objects of values. */
export function h(tag, properties = {}, ...children) {
  const element = SVG.has(tag) ? document.createElementNS(NAMESPACE, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "style") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    else element.setAttribute(name === "className" ? "class" : name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const NAMESPACE = "http://www.w3.org/2000/svg";
const SVG = new Set(["svg", "path", "rect", "line", "circle", "g", "text", "title", "defs", "use", "polyline"]);

export const button = (text, onclick, look = "", more = {}) =>
  h("button", { type: "button", className: `button ${look}`, onclick, ...more }, text);
export const aside = (...words) => h("p", { className: "muted small" }, ...words);
export const panel = (id, title, ...children) =>
  h("section", { className: `panel ${id}`, "aria-labelledby": id }, h("header", {}, h("h2", { id }, title)), children);

/** Where it is said what went wrong, once something has. */
export const alert = () => h("p", { className: "error", role: "alert", hidden: true });

/** Set an element's text, if it is another. Whatever people wrote is text, and never markup. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Set an attribute, if it is another; null takes it away. */
export function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value === true ? "" : value);
  }
}

/** Set a text, and hide the element where there is none. */
export function setLine(element, text) {
  setText(element, text || "");
  setAttribute(element, "hidden", !text);
}

/**
 * Let a parent's children be those of the items, in their order. Each item keeps its element by its key; `create`
 * makes one of an item, and answers {element, update(item)}.
 */
export class List {
  constructor(parent, key, create) {
    this.parent = parent;
    this.key = key;
    this.create = create;
    this.parts = new Map();
  }

  update(items) {
    const focused = document.activeElement;
    const wanted = new Set(items.map(this.key));
    for (const [key, part] of this.parts) {
      if (!wanted.has(key)) {
        part.element.remove();
        this.parts.delete(key);
      }
    }
    let place = this.parent.firstElementChild;
    for (const item of items) {
      const part = this.part(item);
      part.update(item);
      // Where one has left its place for a later one, it moves alone, and not all those that stay.
      if (place && place !== part.element && place.nextElementSibling === part.element) {
        this.parent.append(place);
        place = part.element;
      }
      if (part.element === place) place = place.nextElementSibling;
      else this.parent.insertBefore(part.element, place);
    }
    if (focused !== document.activeElement && this.parent.contains(focused)) focused.focus({ preventScroll: true });
  }

  part(item) {
    const key = this.key(item);
    if (!this.parts.has(key)) this.parts.set(key, this.create(item));
    return this.parts.get(key);
  }
}

/** Let nobody change a form while what is in it is on its way, or it would be lost with the form. */
export async function sending(form, act) {
  const focused = document.activeElement;
  form.inert = true;
  try {
    return await act();
  } finally {
    form.inert = false;
    if (document.activeElement === document.body) focused.focus();
  }
}

/** Let a button do something that takes a while: once at a time, and what went wrong is said in `error`. */
export async function working(button, error, act) {
  if (button.getAttribute("aria-disabled") === "true") return undefined;
  setAttribute(button, "aria-disabled", true.toString());
  setLine(error, "");
  try {
    return await act();
  } catch (problem) {
    setLine(error, problem.message);
    return undefined;
  } finally {
    setAttribute(button, "aria-disabled", null);
  }
}
