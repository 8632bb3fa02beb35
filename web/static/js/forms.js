// Forms: fields with their labels, what goes in and comes out, and what is wrong with it where it is wrong.

import { h, sending, setAttribute, setLine, working } from "./dom.js";
import { button } from "./parts.js";

const words = (text, between) => text.split(between).map((each) => each.trim()).filter(Boolean);

/** How each type of field is made of a value, and read. */
const TYPES = {
  text: [(value) => h("input", { value, autocomplete: "off", dir: "auto" }), (input) => input.value.trim()],
  colour: [(value) => h("input", { type: "color", value }), (input) => input.value],
  number: [(value) => h("input", { type: "number", min: 0, max: 100, value }), (input) => (input.value ? Number(input.value) : null)],
  time: [(value) => h("input", { type: "time", value }), (input) => input.value || (input.validity.badInput ? "half a time" : null)],
  lines: [(value) => h("textarea", { rows: 7, dir: "auto" }, value.join("\n")), (input) => words(input.value, "\n")],
  times: [(value) => h("input", { value: value.map((time) => time.slice(0, 5)).join(", "), autocomplete: "off" }), (input) => words(input.value, /[\s,;]+/)],
  select: [(value, options) => h("select", {}, ...options.map((each) => h("option", { selected: each === value }, each))), (input) => input.value],
  zone: [
    (value) => h("input", { value, list: "zones", autocomplete: "off", onfocus: zones }),
    (input) => input.value.trim(),
  ],
  checks: [
    (value, options) =>
      h("div", { className: "row", role: "group" }, ...options.map(([each, name]) =>
        h("label", { className: "choice" }, h("input", { type: "checkbox", value: each, checked: value.includes(each) }), name))),
    (group) => [...group.querySelectorAll(":checked")].map((box) => box.value),
  ],
};

function zones() {
  if (document.querySelector("#zones")) return;
  const names = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  document.querySelector("#view").append(h("datalist", { id: "zones" }, ...names.map((value) => h("option", { value }))));
}

/** One field: {element, name, read(), fail(text)}. Its name is its path in what is sent; `optional`: blank is not sent. */
export function field(type, name, label, value, { hint = "", options, optional } = {}) {
  const [make, read] = TYPES[type];
  const control = make(value, options);
  const id = `field-${name}`;
  const group = type === "checks";
  const error = h("span", { className: "error", id: `${id}-error`, hidden: true });
  const help = h("span", { className: "hint", id: `${id}-hint`, hidden: !hint }, hint);
  const title = h(group ? "span" : "label", { id: `${id}-label`, for: group ? null : id }, label);
  control.id = id;
  setAttribute(control, "name", name);
  setAttribute(control, "aria-describedby", `${id}-hint ${id}-error`);
  if (group) setAttribute(control, "aria-labelledby", title.id);
  const element = h("div", { className: `field ${type}` }, title, control, help, error);
  const fail = (text) => {
    setLine(error, text && `${label} ${text}`);
    setAttribute(control, "aria-invalid", text ? "true" : null);
    return text ? (control.querySelector("input") ?? control) : null;
  };
  return { element, name, read: () => (optional && !read(control) ? undefined : read(control)), fail };
}

/** A form of `parts`, made of fields: `save(values)` sends them, and what the server finds wrong stands at its field. */
export function form(fields, parts, label, save, ...more) {
  const error = h("p", { className: "error", role: "alert", hidden: true });
  const values = () => {
    const all = {};
    for (const each of fields) {
      const path = each.name.split(".");
      const last = path.pop();
      path.reduce((part, key) => (part[key] ??= {}), all)[last] = each.read();
    }
    return all;
  };
  const send = async () => {
    const left = new Set(fields.filter((each) => each.read() === undefined).map((each) => each.name));
    for (const each of fields) each.fail("");
    try {
      await sending(element, () => save(values()));
      delete element.dataset.typed;
    } catch (problem) {
      const errors = problem.errors ?? [];
      const given = errors.filter((each) => !left.has(each.field)); // what is left blank is made of the rest
      const details = new Map((given.length ? given : errors).map((each) => [each.field, each.detail]));
      const failed = fields.filter(({ name }) => details.has(name)).map((each) => each.fail(details.get(each.name)));
      failed[0]?.focus();
      throw details.size && failed.length === details.size ? new Error("Something is not right yet: see above.") : problem;
    }
  };
  const submit = button(label, null, "primary", { type: "submit" });
  const onsubmit = (event) => {
    event.preventDefault();
    working(submit, error, send);
  };
  const element = h("form", { className: "stack", novalidate: true, onsubmit, oninput: () => (element.dataset.typed = true) }, ...parts, error, h("div", { className: "row" }, submit, ...more));
  return { element, values };
}

/** Ask before something is done that cannot be undone; it is done in the dialog, and so is said what went wrong. */
export function confirm(page, question, hint, label, act) {
  const error = h("p", { className: "error", role: "alert", hidden: true });
  const yes = button(label, async () => {
    const done = await working(yes, error, async () => (await act(), true));
    if (done) return dialog.close();
    if (page.isConnected && !dialog.isConnected) ask(); // what went wrong is said there
    return undefined;
  }, "danger");
  const actions = h("div", { className: "actions" }, button("Keep it", () => dialog.close(), "", { autofocus: true }), yes);
  const title = h("h2", { id: "question", className: "prose", dir: "auto" }, question);
  const dialog = h("dialog", { role: "alertdialog", "aria-labelledby": "question", onclose: () => dialog.remove() }, title, h("p", { className: "muted" }, hint), error, actions);
  const ask = () => {
    page.append(dialog);
    dialog.showModal();
  };
  ask();
}
