"""Paths that are secrets stay out of every log: of ours, and of the servers that write down each request."""

from __future__ import annotations

import logging
import re
from typing import Final

SECRET: Final = re.compile(r"(?<!/maestro)/calendar/[^/\s?\"']*")
REQUEST_LOGGERS: Final = ("werkzeug", "gunicorn.access", "gunicorn.error")


def masked(text: str) -> str:
    """The text without the secrets of calendar feeds."""
    return SECRET.sub("/calendar/…", text)


class _Mask(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        if SECRET.search(told):
            record.msg, record.args = masked(told), ()
        return True


_MASK: Final = _Mask()


def register() -> None:
    """Mask what servers log of requests, whichever of them serves this process."""
    for name in REQUEST_LOGGERS:
        logging.getLogger(name).addFilter(_MASK)  # one that is there already is not added again
