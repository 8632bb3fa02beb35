"""`make bench`: every figure that the README claims, each beside its promise. Exits 1 if one is not kept."""

from __future__ import annotations

import importlib
import logging
import sys

from benchmarks.report import Line

PARTS = (
    ("throughput", "2,000 jobs: a render that does nothing, an upload answered at once, a folder each"),
    ("memory", "10,000 empty jobs: what the coordinator grows by"),
    ("durable", "The same 2,000 jobs, with a journal on disk"),
    ("resumption", "A worker that was killed with a burst under way"),
    ("looking_back", "100,000 past jobs in 10,000 bursts of one user, in SQLite"),
    ("web", "The web, while every core renders"),
    ("page", "The Observatory in Chromium, from a web and a worker of its own"),
    ("children", "Renderer processes"),
    ("media", "Media"),
)


def main() -> int:
    logging.disable(logging.WARNING)  # children are killed on purpose
    kept = True
    for name, title in PARTS:
        _say(f"\n{title}")
        # Imported in its turn, so that the coordinator's memory is measured without Pillow and supabase in it.
        lines: list[Line] = importlib.import_module(f"benchmarks.{name}").measure()
        for line in lines:
            _say(str(line))
        kept = kept and all(line.kept is not False for line in lines)
    _say("" if kept else "\nA promise is not kept; on a machine that does other things too, try again when it is quiet")
    return 0 if kept else 1


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a report on stdout is what this is for


if __name__ == "__main__":
    sys.exit(main())
