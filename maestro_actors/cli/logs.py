"""What a command logs, and of whom."""

from __future__ import annotations

import logging

from maestro_actors.log_lines import to_stderr

LIBRARIES = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "PIL": logging.WARNING, "pykka": logging.INFO}


def configure(verbose: bool) -> None:
    """Log to stderr: errors, or whatever happens inside."""
    logging.basicConfig(level=logging.DEBUG if verbose else logging.ERROR, handlers=[to_stderr()])
    for name, level in LIBRARIES.items():
        logging.getLogger(name).setLevel(level if verbose else logging.ERROR)
