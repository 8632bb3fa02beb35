"""The browser of tests and benchmarks, and how it starts: the machine's own Chromium, which asks nobody anything."""

from __future__ import annotations

import os
import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")


def executable() -> str:
    """Where it is: CHROMIUM says so, or it is found as a shell would find it."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "there is no browser: run .ci/chromium, or let CHROMIUM be the path of a Chromium or a Chrome"
    return found


def launch_options() -> dict[str, Any]:
    """What Playwright needs to start it."""
    sandbox = ("--no-sandbox",) if os.getuid() == 0 else ()
    return {"executable_path": executable(), "args": [*QUIET, *sandbox]}
