"""A database that goes away in the middle of a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from maestro_actors.errors import PassingError


@contextmanager
def away_at(engine: Engine, beginning: str) -> Iterator[None]:
    """It is away as soon as a statement that begins so is to be run."""

    def go_away(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(beginning):
            raise PassingError("the database is away")

    event.listen(engine, "before_cursor_execute", go_away)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", go_away)
