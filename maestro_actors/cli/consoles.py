"""Where text for people goes: a terminal, which has its own width, or a pipe or a file, which has none."""

from __future__ import annotations

import os
import re
from typing import Any

from rich.console import Console
from rich.text import Text

UNBOUNDED = 10_000  # columns, for what no terminal shows; nothing that is printed comes near it
TRAILING = re.compile(r" +$", re.MULTILINE)


def a_console(stderr: bool = False) -> Console:
    """The console for stdout, or for stderr. Whoever sets COLUMNS has lines of that width in a pipe, too."""
    usual = Console(stderr=stderr, highlight=False)
    if usual.is_terminal:
        return usual
    return _Pipe(stderr=stderr, highlight=False, width=None if os.environ.get("COLUMNS") else UNBOUNDED)


class _Pipe(Console):
    """Breaks no line, and ends none with blanks: both are for a screen, and in the way of whoever reads a file."""

    def print(self, *objects: Any, **options: Any) -> None:
        with self.capture() as captured:
            super().print(*objects, **options)
        super().print(Text(TRAILING.sub("", captured.get())), end="", soft_wrap=True)
