"""`maestro burst` from its beginning to its end: what it is asked for, what it makes, and what stays of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from maestro_actors.cli.recap import MORE
from supabase_local.launch import serve
from tests.cli.house import House
from tests.cli.inside import Inside
from tests.cli.workshop import BRAND, ONE_POST, OTHERS, Workshop, hashes


def test_counts_are_dealt_to_the_brands_and_every_object_is_as_the_recap_says(house: House) -> None:
    done = house.run("burst", "--posts", "2", "--brand", BRAND, "--brand", OTHERS[0], "--json")
    assert done.code == 0, done.said
    assert "scheduled" in done.err, "who watches sees it on stderr"
    assert f"maestro storage --folder {house.home}/storage, then open http://127.0.0.1:" in done.said
    recap, workshop = done.recap, Workshop(house)
    assert (recap["kind"], recap["outcome"], recap["scheduled"]) == ("smart", "finished", 2)
    assert sorted(job["brand"] for job in recap["jobs"]) == sorted([BRAND, OTHERS[0]])
    assert hashes(house) == sorted(asset["sha256"] for job in recap["jobs"] for asset in job["assets"])
    (burst,) = workshop.bursts()
    assert {name: burst[name] for name in ("burst_id", "outcome", "created", "scheduled")} == {
        name: recap[name] for name in ("burst_id", "outcome", "created", "scheduled")
    }
    assert sorted(job["job_id"] for job in workshop.jobs()) == sorted(job["job_id"] for job in recap["jobs"])
    workshop.assert_storage_has_what_was_scheduled()


def test_where_a_storage_runs_already_it_says_what_to_open(house: House) -> None:
    with serve(house.home / "storage") as server:
        done = house.run(*ONE_POST)
    assert done.code == 0, done.said
    assert f"To look at it: open {server.url}/" in done.said
    assert "maestro storage" not in done.said, "it would be refused"


def test_the_daily_burst_of_a_day_is_run_once_and_then_nothing_is_missing(house: House) -> None:
    workshop = Workshop(house).open()
    done = house.run("burst", "--daily")
    assert done.code == 0, done.said
    assert "Today's session is complete: 1 scheduled" in done.said
    today, (burst,) = str(workshop.now.date()), workshop.bursts()
    assert (burst["kind"], burst["local_date"], burst["scheduled"]) == ("daily", today, 1)
    again = house.run("burst", "--daily")
    assert again.code == 1
    assert again.err.startswith(f"maestro: the daily burst of {today} has begun already, as {burst['burst_id']}")
    assert again.out == ""
    rest = house.run("burst")
    assert (rest.code, rest.out.split("\n")[1:3]) == (0, ["  Nothing is missing today", f"  {MORE}"])
    assert "`maestro burst --reels 1` makes one more" in MORE
    assert [(each["kind"], each["created"]) for each in workshop.bursts()] == [("daily", 1), ("smart", 0)]
    workshop.assert_storage_has_what_was_scheduled()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--daily", "--posts", "1"], "--daily makes the quota: leave out the counts, or leave out --daily"),
        (["--daily", "--posts", "0"], "--daily makes the quota: leave out the counts, or leave out --daily"),
        (["--posts", "0"], "nothing to make: ask for at least one reel, post or carousel"),
        (["--posts", "1001"], "'--posts': 1001 is not in the range 0<=x<=1000"),
        (["--reels", "x"], "'--reels': 'x' is not a valid whole number"),
        (["--seed", "-1"], f"'--seed': -1 is not in the range 0<=x<={2**63 - 1}"),
        (["now"], "unexpected extra argument (now)"),
    ],
)
def test_a_wrong_option_is_named_before_anything_happens(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = Inside(tmp_path / "home")("burst", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.said
    assert not (tmp_path / "home").exists()


def test_a_brand_that_is_not_there_is_named_with_those_that_are(house: House) -> None:
    done = house.run(*ONE_POST, "--brand", BRAND, "--brand", "nobody")
    assert (done.code, done.out) == (2, "")
    assert f"there is no brand 'nobody'; there are {BRAND}, {', '.join(OTHERS)}" in done.said
    assert not (house.home / "storage").exists()
    assert json.loads(Inside(house.home)("history", "--json").out)["bursts"] == []


def test_a_brand_that_was_removed_is_not_there(tmp_path: Path) -> None:
    maestro = Inside(tmp_path)
    for slug in (BRAND, *OTHERS):
        assert maestro("brand", "remove", slug).code == 0
    done = maestro("burst", "--brand", BRAND)
    assert done.code == 2
    assert f"there is no brand '{BRAND}'; there are none yet" in done.said
