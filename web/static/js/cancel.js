// An admin's way to stop a burst: a question first, and then the snapshot says how it stops.

import { fetched, whoami } from "./api.js";
import { alert, button, h, setAttribute, setText, working } from "./dom.js";

/** {element, update(snapshot), close()}; nothing is to be seen of it by anybody else. */
export function cancelling() {
  let [burst, asked] = [null, null];
  const opener = button("Cancel the burst", () => burst && ask(), "danger");
  const failed = alert();
  const element = h("div", { hidden: true }, opener, failed);
  whoami().then((who) => setAttribute(element, "hidden", !who.admin), () => {});

  const ask = () =>
    working(opener, failed, async () => {
      const { question } = await fetched(import("./question.js"));
      if (element.isConnected) asked = question(element, burst);
    });

  return {
    element,
    update(snapshot) {
      burst = snapshot.burst_id;
      if (snapshot.cancelling || asked?.burst !== burst) asked?.close();
      setText(opener, snapshot.cancelling ? "Stopping…" : "Cancel the burst");
      setAttribute(opener, "aria-disabled", snapshot.cancelling ? "true" : null);
    },
    close: () => asked?.close(),
  };
}
