"""Every test here begins and ends without actors, and fails if one of its actors died of a bug."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pykka
import pytest

from maestro_actors.actors.messages import Ref
from maestro_actors.actors.timer import TimerActor
from tests.support.answers import Answers

STOP_SECONDS = 5.0


class Deaths(logging.Handler):
    """The actors that died of an exception, as pykka reports them."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._reported: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self._reported.append(f"{record.getMessage()} {error!r}")

    def take(self) -> list[str]:
        """What was reported so far. A test that kills an actor takes its death, which then counts no more."""
        reported, self._reported = self._reported, []
        return reported


@pytest.fixture(autouse=True)
def deaths() -> Iterator[Deaths]:
    """Stops every actor that the test started, the last one first, and reports the deaths it did not take."""
    before = set(pykka.ActorRegistry.get_all())
    reported = Deaths()
    log = logging.getLogger("pykka")
    log.addHandler(reported)
    try:
        yield reported
        for ref in reversed(pykka.ActorRegistry.get_all()):
            if ref not in before:
                ref.stop(timeout=STOP_SECONDS)
    finally:
        log.removeHandler(reported)
    died = reported.take()
    assert not died, "\n".join(died)


@pytest.fixture
def timer() -> Ref:
    return TimerActor.start()


@pytest.fixture
def answers() -> Answers:
    return Answers()
