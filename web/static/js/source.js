// Where snapshots come from: the stream of events, which comes back by itself; without it, asking now and then.

import { Problem, signedOut } from "./api.js";
import { setClock } from "./clock.js";

const ASK_MS = 2000; // between two questions, while there is no stream
const PATIENCE_MS = 6000; // without a stream, after which it asks
const SILENCE_MS = 45000; // without a sign of life: a comment comes every fifteen seconds

/**
 * Calls `heard(snapshot)` with each new one, and `connected({ok, reason})` when that changes: not ok means that what is
 * shown may be old.
 */
export class Source {
  constructor(heard, connected) {
    this.heard = heard;
    this.connected = connected;
    this.tag = null;
    this.open();
    this.timer = setInterval(() => this.look(), ASK_MS);
    addEventListener("online", () => this.open());
    addEventListener("pagehide", () => this.stream.close());
    addEventListener("pageshow", (event) => event.persisted && this.open());
  }

  open() {
    this.stream?.close();
    this.lastSign = Date.now();
    this.stream = new EventSource("/api/maestro/events");
    this.stream.onopen = () => this.sign();
    this.stream.onmessage = (event) => {
      this.sign();
      this.say(JSON.parse(event.data));
    };
    this.stream.addEventListener("away", (event) => {
      this.sign();
      this.tell({ ok: false, reason: new Problem(JSON.parse(event.data)).message });
    });
    this.stream.addEventListener("alive", (event) => {
      this.sign();
      setClock(JSON.parse(event.data).server_time, true);
    });
    this.stream.onerror = () => {
      this.lostAt ??= Date.now();
    };
  }

  sign() {
    this.lastSign = Date.now();
    this.lostAt = null;
  }

  say(snapshot) {
    this.tell({ ok: true });
    this.heard(snapshot);
  }

  tell(state) {
    if (state.ok !== this.state?.ok || state.reason !== this.state?.reason) {
      this.state = state;
      this.connected(state);
    }
  }

  /** Ask, if the stream is gone or has fallen silent. */
  async look() {
    if (document.hidden) return;
    if (Date.now() - this.lastSign > SILENCE_MS) this.open();
    const gone = this.lostAt && Date.now() - this.lostAt > PATIENCE_MS;
    if (!gone && this.stream.readyState !== EventSource.CLOSED) return;
    try {
      await this.ask();
    } catch (problem) {
      this.tell({ ok: false, reason: problem.message });
    }
    if (this.stream.readyState === EventSource.CLOSED) this.open();
  }

  async ask() {
    const headers = this.tag ? { "If-None-Match": this.tag } : {};
    const answer = await fetch("/api/maestro/status", { headers }).catch(() => null);
    if (answer === null) throw new Problem({});
    if (answer.status === 401) throw signedOut();
    if (answer.status === 304) return this.tell({ ok: true });
    const said = await answer.json();
    if (!answer.ok) throw new Problem(said);
    this.tag = answer.headers.get("ETag");
    return this.say(said);
  }
}
