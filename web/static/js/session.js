// Who is signed in, and the way out.

import { remove, whoami } from "./api.js";
import { button, h, setLine, setText, working } from "./dom.js";

/** Fill the place for it in the page's bar. */
export async function session(place) {
  const name = h("span", { className: "name small muted" });
  const role = h("span", { className: "chip", hidden: true }, "Admin");
  const error = h("span", { className: "error small", role: "alert", hidden: true });
  const out = button("Sign out", () => leave(), "small quiet");
  place.replaceChildren(error, name, role, out);

  async function leave() {
    const done = await working(out, error, async () => {
      await remove("/api/session");
      return true;
    });
    if (done) location.assign("/sign-in");
  }

  try {
    const who = await whoami();
    setText(name, who.email || "Signed in");
    name.title = who.email;
    role.hidden = !who.admin;
  } catch (problem) {
    setLine(error, problem.message);
  }
}
