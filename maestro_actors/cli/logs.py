"""How log records look: an action and its fields, on one line of stderr."""

from __future__ import annotations

import logging
import sys

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
LIBRARIES = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "PIL": logging.WARNING, "pykka": logging.INFO}


class WithFields(logging.Formatter):
    """Appends what a record carries as `extra`, which the standard formatter leaves out."""

    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={value}" for name, value in vars(record).items() if name not in STANDARD)
        first, *more = super().format(record).split("\n")
        return "\n".join([first + fields, *more])


def configure(verbose: bool) -> None:
    """Log to stderr: errors, or whatever happens inside."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithFields("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.DEBUG if verbose else logging.ERROR, handlers=[handler])
    for name, level in LIBRARIES.items():
        logging.getLogger(name).setLevel(level if verbose else logging.ERROR)
