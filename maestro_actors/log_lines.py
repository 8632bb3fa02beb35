"""How log records look: an action and its fields, on one line of stderr."""

from __future__ import annotations

import logging
import sys

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class WithFields(logging.Formatter):
    """Appends what a record carries as `extra`, which the standard formatter leaves out."""

    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={_shown(value)}" for name, value in vars(record).items() if name not in STANDARD)
        first, *more = super().format(record).split("\n")
        return "\n".join([first + fields, *more])


def _shown(value: object) -> str:
    """A path that somebody asks for may have line ends, and must not write lines of its own."""
    text = str(value)
    return text if text.isprintable() else repr(text)


def to_stderr() -> logging.Handler:
    """A handler that writes records so."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithFields("%(levelname)s %(name)s: %(message)s"))
    return handler
