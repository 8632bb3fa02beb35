"""A house for each test, which is seen to be empty afterwards; and one long demo that several tests look at."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.cli.house import Done, House
from tests.support.patience import eventually


@dataclass(frozen=True)
class FinishedDemo:
    """A demo that has ended, and what `maestro storage` served of it afterwards, by URL."""

    done: Done
    media: dict[str, bytes]
    storage_said: str


@contextmanager
def _a_house() -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="mae-") as root:
        house = House(Path(root).resolve())
        yield house
        house.assert_left()


@pytest.fixture
def house() -> Iterator[House]:
    with _a_house() as house:
        yield house


@pytest.fixture(scope="session")
def finished() -> Iterator[FinishedDemo]:
    """A reel, a post and a carousel."""
    with _a_house() as house:
        done = house.run("demo", "--reels", "1", "--posts", "1", "--carousels", "1", "--json")
        house.assert_left(2.0)
        urls = [asset["url"] for job in done.recap["jobs"] for asset in job["assets"]]
        with house.started("storage") as storage:
            eventually(lambda: "serving" in storage.out, 10)
            media = {url: httpx.get(url).raise_for_status().content for url in urls}
            storage.process.terminate()
            assert storage.wait().code == 0
        yield FinishedDemo(done, media, storage.out)
