"""Links that sign in once, and the secrets of feeds: what the database has of them opens nothing."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update

from maestro_actors.journal import database
from maestro_actors.journal.passes import LINK_LIFETIME, Passes
from maestro_actors.journal.tables import feeds, sign_in_links
from tests.core.strategies import START
from tests.journal.scribe import ANA, BEN

SESSION = '{"access_token": "a.b.c", "refresh_token": "déjà vu"}'
LATER = START + timedelta(minutes=1)


@pytest.fixture
def passes(engine: Engine) -> Passes:
    return Passes(engine)


# Links.


def test_a_link_leads_to_its_session_once(passes: Passes) -> None:
    token = passes.leave(SESSION, START)
    other = passes.leave("another", START)
    assert passes.spend(token, LATER) == SESSION
    assert passes.spend(token, LATER) is None
    assert passes.spend(other, LATER) == "another"


@pytest.mark.parametrize("token", ["", "guess", "\0", "\ud800", "é" * 100])
def test_a_token_that_nobody_was_given_leads_nowhere(passes: Passes, token: str) -> None:
    passes.leave(SESSION, START)
    assert passes.spend(token, START) is None


def test_a_link_ends_after_ten_minutes(passes: Passes) -> None:
    in_time, too_late = passes.leave(SESSION, START), passes.leave(SESSION, START)
    assert passes.spend(in_time, START + timedelta(minutes=9, seconds=59)) == SESSION
    assert passes.spend(too_late, START + timedelta(minutes=10)) is None


def test_what_has_expired_is_swept(engine: Engine, passes: Passes) -> None:
    passes.leave(SESSION, START)
    passes.leave(SESSION, START + LINK_LIFETIME)
    with database.reading(engine) as connection:
        assert len(connection.execute(select(sign_in_links)).all()) == 1


def test_of_many_who_spend_a_link_at_once_one_gets_the_session(passes: Passes) -> None:
    token, many = passes.leave(SESSION, START), 8
    start, found = threading.Barrier(many), list[str | None]()

    def spend() -> None:
        start.wait(10)
        found.append(passes.spend(token, LATER))

    threads = [threading.Thread(target=spend) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found, key=str) == [None] * (many - 1) + [SESSION]


def test_the_database_alone_is_worth_nothing(engine: Engine, passes: Passes) -> None:
    token = passes.leave(SESSION, START)
    with database.reading(engine) as connection:
        (row,) = connection.execute(select(sign_in_links)).all()
    kept = " ".join(map(str, row))
    assert token not in kept
    assert "a.b.c" not in kept
    assert passes.spend(row.token_hash, LATER) is None


def test_what_was_not_sealed_with_the_token_is_no_session(engine: Engine, passes: Passes) -> None:
    token = passes.leave(SESSION, START)
    with database.writing(engine) as connection:
        connection.execute(update(sign_in_links).values(sealed="written by somebody else"))
    assert passes.spend(token, LATER) is None


# Feeds.


def test_a_feed_is_its_owners_and_says_since_when(passes: Passes) -> None:
    assert passes.feed_of(ANA) is None
    secret = passes.open_feed(ANA, START)
    assert len(secret) >= 43, "256 bits"
    assert passes.owner_of_feed(secret) == ANA
    assert (passes.feed_of(ANA), passes.feed_of(BEN)) == (START, None)


def test_a_new_secret_takes_the_place_of_the_old_one(passes: Passes) -> None:
    old, bens = passes.open_feed(ANA, START), passes.open_feed(BEN, START)
    new = passes.open_feed(ANA, LATER)
    assert passes.owner_of_feed(old) is None
    assert (passes.owner_of_feed(new), passes.owner_of_feed(bens)) == (ANA, BEN)
    assert (passes.feed_of(ANA), passes.feed_of(BEN)) == (LATER, START)


def test_a_feed_that_was_closed_lets_nobody_in(passes: Passes) -> None:
    secret, bens = passes.open_feed(ANA, START), passes.open_feed(BEN, START)
    passes.close_feed(ANA)
    passes.close_feed(ANA)
    assert (passes.owner_of_feed(secret), passes.feed_of(ANA)) == (None, None)
    assert passes.owner_of_feed(bens) == BEN


@pytest.mark.parametrize("secret", ["", "guess", "\0", "\ud800"])
def test_a_secret_that_nobody_was_given_opens_no_feed(passes: Passes, secret: str) -> None:
    passes.open_feed(ANA, START)
    assert passes.owner_of_feed(secret) is None


def test_the_hash_of_a_secret_opens_nothing(engine: Engine, passes: Passes) -> None:
    secret = passes.open_feed(ANA, START)
    with database.reading(engine) as connection:
        kept = connection.execute(select(feeds.c.token_hash)).scalar_one()
    assert kept != secret
    assert passes.owner_of_feed(kept) is None
