// An admin's way to stop a burst: a question first, and then the snapshot says how it stops.

import { post, whoami } from "./api.js";
import { alert, button, h, setAttribute, setLine, setText, working } from "./dom.js";

/** {element, update(snapshot), close()}; nothing is to be seen of it by anybody else. */
export function cancelling() {
  let burst = null;
  const opener = button("Cancel the burst", () => burst && ask(), "danger");
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
  const dialog = h("dialog", { "aria-labelledby": "cancel-title", "aria-describedby": "cancel-about" }, form);
  const element = h("div", { hidden: true }, opener, dialog);
  whoami().then((who) => setAttribute(element, "hidden", !who.admin), () => {});

  function ask() {
    if (opener.getAttribute("aria-disabled") === "true") return;
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
      setText(opener, snapshot.cancelling ? "Stopping…" : "Cancel the burst");
      setAttribute(opener, "aria-disabled", snapshot.cancelling ? "true" : null);
      if (snapshot.cancelling && dialog.open) dialog.close();
    },
    close: () => dialog.close(),
  };
}
