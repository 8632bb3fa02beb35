"""The real command in this very process, for what is cheap: each in milliseconds, on a real database of its own.

said = Inside(tmp_path)("brand", "show", "healthy-college")
"""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from maestro_actors.cli.command import maestro
from tests.cli.house import Done

SETTINGS = (
    *("DATABASE_URL", "MAESTRO_GATEWAY", "MAESTRO_GATEWAY_KEY", "MAESTRO_HOST", "MAESTRO_USER", "PORT"),
    *("SUPABASE_ANON_KEY", "SUPABASE_JWT_SECRET", "SUPABASE_URL", "SUPABASE_SERVICE_KEY"),
)


class Inside:
    """A Maestro with a home of its own; calling it runs a command from beginning to end."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *arguments: str, **settings: str) -> Done:
        """Run a command; `settings` are environment variables."""
        unset = dict.fromkeys(SETTINGS)
        environment = {**unset, "MAESTRO_HOME": str(self.home), "COLUMNS": "100", **settings}
        result = CliRunner().invoke(maestro, arguments, env=environment)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout, result.stderr)
