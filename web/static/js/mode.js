// Which mode the page is in: a function of the snapshot and of what this tab does, and of nothing else.

import { since } from "./clock.js";

export const RECAP_SECONDS = 30;

/** Whether a recap has what should not pass unread. */
export const hasFailures = (recent) => recent.outcome === "failed" || recent.failures.length > 0;

/**
 * `tab` has the path that is looked at, the burst that it saw under way, the one whose recap was dismissed, the one
 * that is being read (which keeps its recap open), and how many seconds its reading has held the clock.
 */
export function mode(snapshot, tab) {
  if (tab.path !== "/") return "page";
  if (snapshot.current_phase !== null) return "live";
  const recent = snapshot.recent_burst;
  if (!recent || recent.burst_id === tab.dismissed) return "overview";
  if (recent.burst_id === tab.reading || (recent.burst_id === tab.watched && hasFailures(recent))) return "recap";
  return since(recent.finished_at) - tab.held < RECAP_SECONDS ? "recap" : "overview";
}
