// The server's clock, and how times are said. The page's own clock may be wrong, and is only used to go on from there.

let ahead = null; // by how much the server's clock is

/**
 * Note what time it is at the server. What was said a while ago may come late, and never early: of two such times the
 * one that is further ahead is right. One that is said as it is (`exactly`) also sets the clock back.
 */
export function setClock(serverTime, exactly = false) {
  const difference = Date.parse(serverTime) - Date.now();
  ahead = exactly || ahead === null ? difference : Math.max(ahead, difference);
}

/** Now, in milliseconds, by the server's clock. */
export const now = () => Date.now() + (ahead ?? 0);

/** 41 s, 3 min 05 s, 2 h 07 min. */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  const two = (number) => String(number).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

/** 14:22:09, for what is counted down; days apart. */
export function countdown(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const days = Math.floor(whole / 86400);
  const clock = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60].map(two).join(":");
  return days ? `${days} d ${clock}` : clock;
}

/** The seconds since an RFC 3339 time. */
export const since = (time) => (now() - Date.parse(time)) / 1000;

/** The seconds until an RFC 3339 time. */
export const until = (time) => -since(time);

const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const EXACT = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** The timezone of whoever looks, in which times are told; each list or page of them says so once. */
export const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ");

/** Fri 27 Nov, 12:30 */
export const moment = (time) => `${DAY.format(new Date(time))}, ${TIME.format(new Date(time))}`;
export const day = (time) => DAY.format(new Date(time));

/** 12:30:05 */
export const exactTime = (time) => EXACT.format(new Date(time));
export const clockTime = (time) => TIME.format(new Date(time));

const ticking = new Set();

/** Call `tick` once a second until `stop` is called, and at no time while nobody can see it. */
export function everySecond(tick) {
  ticking.add(tick);
  tick();
  return () => ticking.delete(tick);
}

setInterval(() => {
  if (!document.hidden) ticking.forEach((tick) => tick());
}, 1000);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) ticking.forEach((tick) => tick());
});
