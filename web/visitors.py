"""First visits: a user who has never been here finds some example brands and agents to start with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine

from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS
from maestro_actors.journal.database import require_current
from maestro_actors.journal.library import Library

REMEMBERED: Final = 10_000  # users; whoever is forgotten is looked up once more


class Visitors:
    """Welcomes users. The database knows who has been here; who came to this process already is not looked up again."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self._welcome_once = lru_cache(maxsize=REMEMBERED)(self._welcome)  # which does not remember what failed

    def welcome(self, user_id: str) -> None:
        """Let the user have the examples if this is the first visit.

        Raises:
            DatabaseVersionError: the database is empty, older or newer.
            PassingError, DatabaseError: it cannot be reached, or refuses.
        """
        self._welcome_once(user_id)

    def _welcome(self, user_id: str) -> None:
        require_current(self._engine)  # which a SQLite file that is not there yet does not come into being by
        Library(self._engine).welcome(user_id, EXAMPLE_BRANDS, EXAMPLE_AGENTS, self._clock())
