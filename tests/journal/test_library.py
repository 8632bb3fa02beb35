from __future__ import annotations

import threading
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import Engine, update

from maestro_actors.core.daily import Routine, due, local_date
from maestro_actors.core.events import BurstKind
from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS
from maestro_actors.journal import database
from maestro_actors.journal.errors import DatabaseError, SlugTakenError, UnknownSlugError
from maestro_actors.journal.library import Library
from maestro_actors.journal.tables import brands
from maestro_actors.journal.writer import JournalWriter
from tests.core.strategies import START
from tests.journal.scribe import ANA, BEN, started
from tests.support.studio import a_brand, an_agent

LATER = START + timedelta(minutes=1)


@pytest.fixture
def library(engine: Engine) -> Library:
    return Library(engine)


def test_two_who_edit_at_once_both_have_their_way(engine: Engine) -> None:
    library = Library(engine)
    library.brands.add(ANA, a_brand(), START)
    slug = a_brand().slug

    def edit(change: dict[str, str]) -> None:
        for _ in range(10):
            library.brands.edit(ANA, slug, lambda before: replace(before, **change))  # type: ignore[arg-type]

    threads = [threading.Thread(target=edit, args=({field: "changed"},)) for field in ("name", "handle")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    brand = library.brands.get(ANA, slug)
    assert (brand.name, brand.handle) == ("changed", "changed")
    with pytest.raises(UnknownSlugError):
        library.brands.edit(ANA, "nothing", lambda before: before)


def test_what_was_added_is_there_in_that_order(library: Library) -> None:
    red, blue = a_brand("red"), a_brand("blue")
    library.brands.add(ANA, red, START)
    library.brands.add(ANA, blue, LATER)
    library.agents.add(ANA, an_agent(), START)
    assert library.brands.all(ANA) == (red, blue)
    assert library.brands.get(ANA, "blue") == blue
    assert library.agents.all(ANA) == (an_agent(),)
    assert library.brands.all(BEN) == ()


def test_a_slug_is_taken_once_for_each_user(library: Library) -> None:
    library.brands.add(ANA, a_brand("red"), START)
    with pytest.raises(SlugTakenError, match="there is already a brand 'red'"):
        library.brands.add(ANA, a_brand("red", "Europe/Lisbon"), START)
    library.brands.add(BEN, a_brand("red", "Europe/Lisbon"), START)
    assert library.brands.get(ANA, "red").timezone == "UTC"


def test_a_change_keeps_its_place(library: Library) -> None:
    library.brands.add(ANA, a_brand("red"), START)
    library.brands.add(ANA, a_brand("blue"), LATER)
    changed = replace(a_brand("red"), topics=("rye",))
    library.brands.change(ANA, changed)
    assert library.brands.all(ANA) == (changed, a_brand("blue"))


def test_what_was_removed_is_gone_and_may_come_back(library: Library) -> None:
    library.agents.add(ANA, an_agent(), START)
    library.agents.remove(ANA, "mira", LATER)
    assert library.agents.all(ANA) == ()
    with pytest.raises(UnknownSlugError, match="there is no agent 'mira'"):
        library.agents.get(ANA, "mira")
    with pytest.raises(UnknownSlugError):
        library.agents.change(ANA, an_agent())
    with pytest.raises(UnknownSlugError):
        library.agents.remove(ANA, "mira", LATER)
    back = replace(an_agent(), voice="dry")
    library.agents.add(ANA, back, LATER)
    assert library.agents.all(ANA) == (back,)


def test_nobody_touches_what_is_another_users(library: Library) -> None:
    library.brands.add(ANA, a_brand("red"), START)
    for touch in (
        lambda: library.brands.get(BEN, "red"),
        lambda: library.brands.change(BEN, a_brand("red")),
        lambda: library.brands.remove(BEN, "red", LATER),
    ):
        with pytest.raises(UnknownSlugError):
            touch()


def test_a_brand_that_cannot_be_read_says_which(engine: Engine, library: Library) -> None:
    library.brands.add(ANA, a_brand("red"), START)
    with database.writing(engine) as connection:
        connection.execute(update(brands).values(version=2))
    with pytest.raises(DatabaseError, match=r"a brand 'red' cannot be read .*: it has version 2"):
        library.brands.all(ANA)
    with database.writing(engine) as connection:
        connection.execute(update(brands).values(version=1, payload={}))
    with pytest.raises(DatabaseError, match="a brand 'red' cannot be read"):
        library.brands.get(ANA, "red")


def test_the_examples_come_once(library: Library) -> None:
    assert library.welcome(ANA, EXAMPLE_BRANDS, EXAMPLE_AGENTS, START)
    assert set(library.brands.all(ANA)) == set(EXAMPLE_BRANDS)
    assert set(library.agents.all(ANA)) == set(EXAMPLE_AGENTS)
    for brand in EXAMPLE_BRANDS:
        library.brands.remove(ANA, brand.slug, LATER)
    assert not library.welcome(ANA, EXAMPLE_BRANDS, EXAMPLE_AGENTS, LATER)
    assert library.brands.all(ANA) == (), "who removed them does not want them"
    assert library.brands.all(BEN) == ()


def test_who_has_a_brand_already_gets_no_examples(library: Library) -> None:
    library.brands.add(ANA, a_brand(), START)
    assert not library.welcome(ANA, EXAMPLE_BRANDS, EXAMPLE_AGENTS, START)
    assert library.brands.all(ANA) == (a_brand(),)


def test_a_routine_set_before_does_not_cost_the_examples(library: Library) -> None:
    library.pause(ANA)
    assert library.welcome(ANA, EXAMPLE_BRANDS, EXAMPLE_AGENTS, START)


def test_two_who_welcome_at_once_load_the_examples_once(library: Library) -> None:
    start, first = threading.Barrier(2), list[bool]()

    def welcome() -> None:
        start.wait(10)
        first.append(library.welcome(ANA, EXAMPLE_BRANDS, EXAMPLE_AGENTS, START))

    threads = [threading.Thread(target=welcome) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(first) == [False, True]
    assert len(library.brands.all(ANA)) == len(EXAMPLE_BRANDS)


def test_the_daily_time_can_be_set_and_taken_back(library: Library) -> None:
    assert library.routine(ANA, START) == Routine(ANA)
    library.set_daily(ANA, time(7, 30), "Europe/Lisbon", START)
    library.set_daily(BEN, time(8), "Pacific/Chatham", START)
    anas = Routine(ANA, "Europe/Lisbon", time(7, 30), START)
    assert library.routine(ANA, START) == anas
    assert library.routines(START) == (anas, Routine(BEN, "Pacific/Chatham", time(8), START))
    library.set_daily(ANA, None, "Europe/Lisbon", START)
    assert [(each.user_id, each.daily_time) for each in library.routines(START)] == [(ANA, None), (BEN, time(8))]
    assert library.routine(ANA, START).timezone == "Europe/Lisbon"


def test_who_sets_the_same_again_keeps_the_run_that_is_due(library: Library) -> None:
    library.set_daily(ANA, time(7, 30), "Europe/Lisbon", START)
    later = START + timedelta(days=1, hours=3)
    library.set_daily(ANA, time(7, 30), "Europe/Lisbon", later)
    assert library.routine(ANA, later).since == START


@pytest.mark.parametrize(("at", "zone"), [(time(7, 31), "Europe/Lisbon"), (time(7, 30), "Asia/Tokyo"), (None, "UTC")])
def test_a_change_of_the_daily_time_counts_from_then_on(library: Library, at: time | None, zone: str) -> None:
    library.set_daily(ANA, time(7, 30), "Europe/Lisbon", START)
    library.set_daily(ANA, at, zone, LATER)
    assert library.routine(ANA, LATER).since == LATER


def test_a_timezone_that_is_the_usual_one_anyhow_was_set_all_the_same(library: Library) -> None:
    library.set_daily(ANA, None, "UTC", START)
    library.welcome(ANA, EXAMPLE_BRANDS, EXAMPLE_AGENTS, START, "Europe/Lisbon")
    assert library.routine(ANA, START).timezone == "UTC"


def test_a_pause_lasts_until_it_is_resumed_and_nothing_before_that_counts(library: Library) -> None:
    library.set_daily(ANA, time(7, 30), "Europe/Lisbon", START)
    library.pause(ANA)
    library.pause(ANA)
    assert library.routines(START) == (Routine(ANA, "Europe/Lisbon", time(7, 30), START, paused=True),)
    later = START + timedelta(hours=3)
    library.resume(ANA, later)
    library.resume(ANA, later + timedelta(hours=1))
    assert library.routine(ANA, later) == Routine(ANA, "Europe/Lisbon", time(7, 30), later)


def test_a_routine_knows_the_dates_that_are_decided(library: Library, writer: JournalWriter) -> None:
    library.set_daily(ANA, time(7, 30), "Europe/Lisbon", START)
    today = START.date()
    for days in (0, 1, 30):
        day = today - timedelta(days=days)
        writer.start_burst(started(1, kind=BurstKind.DAILY), local_date=day)
    writer.start_burst(started(1), local_date=today + timedelta(days=1))
    assert library.routine(ANA, START).decided == {today, today - timedelta(days=1)}
    assert library.routine(BEN, START).decided == frozenset()


def test_the_first_time_a_user_gets_a_timezone_unless_one_was_set(library: Library) -> None:
    library.welcome(ANA, EXAMPLE_BRANDS, EXAMPLE_AGENTS, START, "Europe/Lisbon")
    assert library.routine(ANA, START).timezone == "Europe/Lisbon"
    library.set_daily(BEN, time(8), "Pacific/Chatham", START)
    library.welcome(BEN, EXAMPLE_BRANDS, EXAMPLE_AGENTS, START, "Europe/Lisbon")
    assert library.routine(BEN, START).timezone == "Pacific/Chatham"


def test_who_paused_and_resumed_first_gets_a_timezone_too(library: Library) -> None:
    library.pause(ANA)
    library.resume(ANA, START)
    assert library.welcome(ANA, EXAMPLE_BRANDS, EXAMPLE_AGENTS, START, "Europe/Lisbon")
    assert library.routine(ANA, START).timezone == "Europe/Lisbon"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Etc/GMT+12"])
def test_a_date_decided_by_a_routine_is_due_no_more(library: Library, writer: JournalWriter, zone: str) -> None:
    """Whatever the date is in UTC, the one that the routine is about is among those that it knows."""
    library.set_daily(ANA, time(0), zone, START - timedelta(days=3))
    for hours in range(0, 49, 7):
        now = START + timedelta(hours=hours)
        day = due(library.routine(ANA, now), now)
        if day:
            writer.start_burst(started(1, kind=BurstKind.DAILY, at=now), local_date=day)
        assert due(library.routine(ANA, now), now) is None
        assert local_date(now, zone) in library.routine(ANA, now).decided


def test_who_travels_west_has_no_second_run_for_a_date(library: Library, writer: JournalWriter) -> None:
    library.set_daily(ANA, time(0), "Pacific/Kiritimati", START - timedelta(days=3))
    day = due(library.routine(ANA, START), START)
    assert day == START.date()
    writer.start_burst(started(1, kind=BurstKind.DAILY), local_date=day)
    library.set_daily(ANA, time(12), "Etc/GMT+12", START)
    routine = library.routine(ANA, START)
    later = START + timedelta(hours=24)
    assert (local_date(later, "Etc/GMT+12"), due(routine, later)) == (day, None)


def test_every_example_is_kept_as_it_is(library: Library) -> None:
    library.welcome(ANA, EXAMPLE_BRANDS, EXAMPLE_AGENTS, START)
    for brand in EXAMPLE_BRANDS:
        assert library.brands.get(ANA, brand.slug) == brand
    for agent in EXAMPLE_AGENTS:
        assert library.agents.get(ANA, agent.slug) == agent
