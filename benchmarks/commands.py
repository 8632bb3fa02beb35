"""The real command, with a home of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

MAESTRO = str(Path(sys.executable).with_name("maestro"))
OURS = ("MAESTRO_", "SUPABASE_", "DATABASE_URL", "TMPDIR")


def environment(home: str) -> dict[str, str]:
    """What is set for a command, in place of what is set here; its temporary files lie under the home, too."""
    temporary = Path(home) / "tmp"
    temporary.mkdir(exist_ok=True)
    others = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return others | {"MAESTRO_HOME": home, "TMPDIR": str(temporary)}
