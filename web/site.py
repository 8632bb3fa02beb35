"""What a route needs: the worker, the database, who may. One per application, made at its start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import current_app
from sqlalchemy import Engine

from maestro_actors.core.content import BUCKET
from maestro_actors.gateway.client import Gateway
from maestro_actors.journal.history import History
from maestro_actors.journal.library import Library
from maestro_actors.journal.passes import Passes
from web.figures import Figures
from web.hub import Hub
from web.seats import Seats
from web.settings import WebSettings
from web.tokens import Verifier
from web.visitors import Visitors

MOST_WATCHERS: Final = 160  # of one process: its threads are counted
EXTENSION: Final = "maestro"


def utc_now() -> datetime:
    """What time it is, unless somebody says otherwise."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Site:
    """What one application has. `clock` says what time it is."""

    settings: WebSettings
    engine: Engine
    gateway: Gateway
    hub: Hub
    verifier: Verifier
    figures: Figures
    seats: Seats
    media_url: str | None
    visitors: Visitors
    clock: Callable[[], datetime] = utc_now

    @property
    def history(self) -> History:
        return History(self.engine)

    @property
    def library(self) -> Library:
        return Library(self.engine)

    @property
    def passes(self) -> Passes:
        return Passes(self.engine)

    def timezone_of(self, user_id: str) -> str:
        """Where the user's days begin and end."""
        return self.library.routine(user_id, self.clock()).timezone

    def close(self) -> None:
        """End every stream, and hang up."""
        self.hub.close()
        self.gateway.close()
        self.engine.dispose()

    def url_of(self, path: str) -> str | None:
        """Where the world finds an object of the bucket; nowhere if nobody said where the bucket is."""
        return f"{self.media_url}/{path}" if self.media_url else None


def media_url(project: str | None) -> str | None:
    """Where a project's public bucket is."""
    return f"{project}/storage/v1/object/public/{BUCKET}" if project else None


def site() -> Site:
    """The application's own."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Site)
    return found
