"""The real command in this very process, for what is cheap: each in milliseconds, on a real database of its own.

said = Inside(tmp_path)("brand", "show", "healthy-college")
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from sqlalchemy import Engine, event

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

    @contextmanager
    def overtaken(self, *arguments: str) -> Iterator[None]:
        """This command runs just before the transaction of the one in the block."""
        self("brand", "list")  # makes the database
        begun: list[str] = []

        def begin(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement == "BEGIN IMMEDIATE":
                begun.append(statement)
                if len(begun) == 2:  # in the first, each command sees to the examples
                    self(*arguments)

        event.listen(Engine, "before_cursor_execute", begin)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", begin)
        assert len(begun) == 4, "both commands had their two"
