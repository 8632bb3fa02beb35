"""A worker that runs, as the command line calls it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from sqlalchemy import Engine

from maestro_actors.cli.signals import Interruptions
from maestro_actors.errors import MaestroError, PassingError, UnusableError
from maestro_actors.gateway.address import Address, address_of
from maestro_actors.gateway.client import Gateway
from maestro_actors.journal.database import name_of
from maestro_actors.journal.holder import holder
from maestro_actors.settings import Settings

START_SECONDS = 5.0  # that a worker may take from owning the bursts to being asked
LOOK = 0.1  # seconds between two calls meanwhile


def address(settings: Settings) -> Address:
    """Where a worker can be asked, and with which key. Raises as `address_of`."""
    return address_of(settings.home, settings.gateway, settings.gateway_key)


@contextmanager
def calling(settings: Settings) -> Iterator[Gateway]:
    """The worker at the other end of the gateway, whether there is one or not. Raises as `address_of`."""
    with closing(Gateway(address(settings))) as gateway:
        yield gateway


def look_again(settings: Settings) -> None:
    """Tell a worker that the user's daily time or pause was changed; one that cannot be told sees it by itself."""
    with suppress(MaestroError), calling(settings) as gateway:
        gateway.look_again(settings.user_id)


def is_at_work(engine: Engine, gateway: Gateway, user_id: str, asked: Interruptions) -> bool:
    """Whether a worker owns the bursts of this database, and can be asked. One that has just begun is waited for.

    Raises:
        UnusableError: one owns them, and cannot be asked.
        PassingError, DatabaseError: the database is away, or refuses.
    """
    deadline = time.monotonic() + START_SECONDS
    while owner := holder(engine):
        try:
            gateway.status(user_id)
        except PassingError as error:
            if asked.count or time.monotonic() > deadline:
                raise UnusableError(
                    f"another worker ({owner}) owns the bursts of {name_of(engine)} and cannot be asked, {error}: "
                    "stop it first, or let it do the work"
                ) from error
        else:
            return True
        time.sleep(LOOK)
    return False
