// The names that people read of what the snapshot names for machines.

export const KINDS = { reel: "Reel", post: "Post", carousel: "Carousel" };
export const STAGES = {
  queued: "Queued",
  generating: "Painting",
  rendering: "Rendering",
  uploading: "Uploading",
  scheduling: "Scheduling",
};
export const OUTCOMES = { scheduled: "Scheduled", failed: "Failed", cancelled: "Cancelled", lost: "Lost" };
export const BURSTS = { daily: "Daily burst", smart: "Burst", regenerate: "Regeneration" };

/** The meaning of an outcome, for the class of a chip. */
export const MEANING = { scheduled: "done", failed: "failed", lost: "failed", cancelled: "" };

/** 1 reel, 2 reels. */
export const number = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
