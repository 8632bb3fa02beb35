from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from maestro_actors.errors import PassingError
from maestro_actors.journal import database
from maestro_actors.journal.holder import holder
from maestro_actors.journal.ownership import LOCK_FILE, acquire
from tests.support.patience import eventually


def test_nobody_owns_the_bursts_before_the_first_worker(engine: Engine) -> None:
    assert holder(engine) is None


def test_who_owns_the_bursts_is_named_until_they_are_let_go(url: str, engine: Engine) -> None:
    onlooker = database.connect(url)
    for _ in range(2):
        owner = acquire(engine)
        assert f"process {os.getpid()} on " in (holder(onlooker) or "")
        owner.release()
        eventually(lambda: holder(onlooker) is None)
    onlooker.dispose()


def test_looking_takes_nothing(url: str, engine: Engine) -> None:
    onlooker = database.connect(url)
    assert holder(onlooker) is None
    owner = acquire(engine)
    for _ in range(3):
        assert holder(onlooker)
    owner.renew()
    assert owner.epoch == 1
    owner.release()
    onlooker.dispose()


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_locks_of_other_programs_are_not_taken_for_it(url: str, engine: Engine) -> None:
    other = database.connect(url)
    with other.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(1, hashtext(current_schema())), pg_advisory_lock(24929)"))
        assert holder(engine) is None
    other.dispose()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_lock_that_cannot_be_looked_at_is_said(engine: Engine) -> None:
    lock = Path(engine.url.database or "").with_name(LOCK_FILE)
    lock.symlink_to(lock)
    with pytest.raises(PassingError, match=r"the lock .*worker\.lock cannot be opened"):
        holder(engine)
