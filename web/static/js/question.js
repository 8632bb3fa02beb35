// The question before a burst is cancelled.

import { post } from "./api.js";
import { alert, button, h, working } from "./dom.js";

/** Ask, within `place`, whether this burst shall be cancelled: {burst, close()}. */
export function question(place, burst) {
  const failed = alert();
  const reason = h("textarea", { name: "reason", maxlength: 500, rows: 3 });
  const confirm = button("Cancel the burst", null, "danger", { type: "submit" });
  const keep = button("Keep it running", () => dialog.close());
  const form = h(
    "form",
    { method: "dialog", onsubmit: (event) => send(event) },
    h("h2", { id: "cancel-title" }, "Cancel this burst?"),
    h("p", { className: "muted", id: "cancel-about" }, "What is scheduled already stays. Everything else stops, and what it made is removed."),
    h("label", { className: "field" }, h("span", {}, "Reason ", h("span", { className: "hint" }, "(optional, for the record)")), reason),
    failed,
    h("div", { className: "actions" }, keep, confirm),
  );
  const about = { "aria-labelledby": "cancel-title", "aria-describedby": "cancel-about" };
  const dialog = h("dialog", { ...about, onclose: () => dialog.remove() }, form);

  function ask() {
    place.append(dialog);
    dialog.showModal();
    keep.focus();
  }

  async function send(event) {
    event.preventDefault();
    const done = await working(confirm, failed, () =>
      post(`/api/maestro/admin/bursts/${burst}/cancel`, { reason: reason.value.trim() }),
    );
    if (done) dialog.close();
    else if (place.isConnected && !dialog.isConnected) ask(); // who left it meanwhile is told what went wrong
  }

  ask();
  return { burst, close: () => dialog.close() };
}
