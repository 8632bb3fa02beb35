// An admin's way to stop a burst: a question first, and then the snapshot says how it stops.

import { post, whoami } from "./api.js";
import { h, setAttribute, setLine, setText, working } from "./dom.js";

/** {element, update(snapshot), close()}; nothing is to be seen of it by anybody else. */
export function cancelling() {
  let burst = null;
  const button = h("button", { type: "button", className: "button danger", onclick: () => burst && ask() }, "Cancel the burst");
  const failed = h("p", { className: "error", role: "alert", hidden: true });
  const reason = h("textarea", { name: "reason", maxlength: 500, rows: 3 });
  const confirm = h("button", { type: "submit", className: "button danger" }, "Cancel the burst");
  const keep = h("button", { type: "button", className: "button", onclick: () => dialog.close() }, "Keep it running");
  const form = h(
    "form",
    { method: "dialog", onsubmit: (event) => send(event) },
    h("h2", { id: "cancel-title" }, "Cancel this burst?"),
    h("p", { className: "muted", id: "cancel-about" }, "What is scheduled already stays. Everything else stops, and what it made is removed."),
    h("label", { className: "field" }, h("span", {}, "Reason ", h("span", { className: "hint" }, "(optional, for the record)")), reason),
    failed,
    h("div", { className: "actions" }, keep, confirm),
  );
  const dialog = h("dialog", { "aria-labelledby": "cancel-title", "aria-describedby": "cancel-about" }, form);
  const element = h("div", { hidden: true }, button, dialog);
  whoami().then((who) => setAttribute(element, "hidden", !who.admin), () => {});

  function ask() {
    if (button.getAttribute("aria-disabled") === "true") return;
    setLine(failed, "");
    dialog.showModal();
    keep.focus();
  }

  async function send(event) {
    event.preventDefault();
    const done = await working(confirm, failed, () =>
      post(`/api/maestro/admin/bursts/${burst}/cancel`, { reason: reason.value.trim() }),
    );
    if (done) dialog.close();
  }

  return {
    element,
    update(snapshot) {
      burst = snapshot.burst_id;
      setText(button, snapshot.cancelling ? "Stopping…" : "Cancel the burst");
      setAttribute(button, "aria-disabled", snapshot.cancelling ? "true" : null);
      if (snapshot.cancelling && dialog.open) dialog.close();
    },
    close: () => dialog.close(),
  };
}
