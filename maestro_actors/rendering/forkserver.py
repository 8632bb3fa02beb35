"""Loaded once, in the forkserver, before there is a child: how a child leaves whose worker died as it was started.

The worker sends a child its work through a pipe. Killed right then, it leaves the pipe empty; that is no error of the
child's, and a traceback on the terminal would look like one.
"""

from __future__ import annotations

import sys
from types import TracebackType


def _leave_quietly(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    if not issubclass(kind, EOFError):
        sys.__excepthook__(kind, error, where)


sys.excepthook = _leave_quietly
