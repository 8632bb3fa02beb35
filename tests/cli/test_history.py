"""What `maestro history` says of a studio's past."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from maestro_actors.core.content import Kind
from maestro_actors.core.events import BurstKind, BurstStarted
from maestro_actors.examples import HEALTHY_COLLEGE
from maestro_actors.journal.rows import MOST
from maestro_actors.settings import ONE_USER
from tests.cli.house import MAESTRO, Done, House
from tests.cli.inside import Inside
from tests.cli.past import Told, past_of
from tests.cli.studio import LONG, MONDAY, ZONE, Studio, a_studio
from tests.support.journals import owned, sqlite_engine


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return a_studio(tmp_path_factory.mktemp("home"))


def ids(view: Any, noun: str) -> list[str]:
    return [each[f"{noun}_id"] for each in view[f"{noun}s"]]


def titles(view: Any) -> set[str]:
    return {job["title"] for job in view["jobs"]}


def leafed(studio: Studio, *arguments: str) -> Iterator[Done]:
    """Every page of a list, by the commands that the pages print."""
    command = [*arguments]
    while command:
        done = studio.says(*command)
        yield done
        more = [line for line in done.out.splitlines() if "There is more: maestro " in line]
        command = shlex.split(more[0].partition("maestro ")[2]) if more else []


# Lists.


def test_bursts_are_listed_with_the_latest_first(studio: Studio) -> None:
    done = studio.says("history", COLUMNS="80")
    assert done.code == 0
    heading, *rows = [line.split() for line in done.out.splitlines() if line.strip()]
    assert heading == ["when", "kind", "outcome", "jobs", "took", "id"]
    without_days = [" ".join(row[3:]) for row in rows[:-2]]  # which another year than theirs tells in another form
    assert without_days == [
        f"09:00 smart ● interrupted {studio.open.burst_id[:8]}",
        f"21:00 smart – cancelled 1 – 4.0 s {studio.cancelled.burst_id[:8]}",
        "10:00 regenerate ✓ finished 1 ✓ 18.0 s burst-an",
        f"09:00 daily ✓ finished 3 ✓ 1 ✗ 1 min 3 s {studio.daily.burst_id[:8]}",
    ]
    assert "interrupted: goes on with the next worker, or with `maestro burst`" in done.out
    assert f"times in {ZONE}" in done.out


def test_lists_are_there_for_programs_too(studio: Studio) -> None:
    view = studio.json()
    assert ids(view, "burst") == [
        each.burst_id for each in (studio.open, studio.cancelled, studio.regenerated, studio.daily)
    ]
    assert view["next"] is None
    daily = view["bursts"][-1]
    assert daily["started_at"] == "2026-03-02T14:00:00.000Z"
    assert daily["local_date"] == "2026-03-02"
    assert (daily["created"], daily["scheduled"], daily["failed"]) == (4, 3, 1)
    assert daily["duration_seconds"] == studio.daily.burst.finished_at.timestamp() - MONDAY.timestamp()  # type: ignore[union-attr]  # it has ended
    assert view["bursts"][1]["cancel"]["by"] == "the terminal"
    assert view["bursts"][0]["finished_at"] is None


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--kind", "daily"], ["daily"]),
        (["--kind", "regenerate"], ["regenerated"]),
        (["--outcome", "open"], ["open"]),
        (["--outcome", "cancelled"], ["cancelled"]),
        (["--outcome", "failed"], []),
        (["--since", "2026-03-03"], ["open", "cancelled"]),
        (["--until", "2026-03-03"], ["cancelled", "regenerated", "daily"]),
        (["--since", "2026-03-03", "--until", "2026-03-03"], ["cancelled"]),
        (["--since", "2026-03-04", "--until", "2026-03-04"], []),
        (["--kind", "smart", "--until", "2026-03-04", "--outcome", "cancelled"], ["cancelled"]),
    ],
)
def test_bursts_are_found_by_kind_outcome_and_days_of_the_user(
    studio: Studio, options: list[str], found: list[str]
) -> None:
    assert ids(studio.json(*options), "burst") == [getattr(studio, name).burst_id for name in found]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--brand", "copper-tern-coffee"], {"قهوة الصباح 🎉, a; b", "Grind finer"}),
        (["--kind", "reel"], {"Sleep first", "Walk to class", "Grind finer"}),
        (["--outcome", "failed"], {"Walk to class"}),
        (["--outcome", "open"], {"Grind finer"}),
        (["--outcome", "scheduled", "--kind", "carousel"], {LONG}),
        (["--since", "2026-03-03"], {"Grind finer", "Two exams in a day"}),
        (["--outcome", "lost"], set()),
    ],
)
def test_jobs_are_found_across_bursts(studio: Studio, options: list[str], found: set[str]) -> None:
    assert titles(studio.json("--jobs", *options)) == found


def test_jobs_are_listed_by_day_with_what_became_of_them(studio: Studio) -> None:
    done = studio.says("history", "--jobs", COLUMNS="120")
    thursday, tuesday, monday = (done.out.index(day) for day in ("Thu 05 Mar 2026", "Tue 03 Mar 2026", "Mon 02 Mar"))
    assert thursday < tuesday < monday
    assert "Copper Tern Coffee: interrupted while rendering" in done.said
    assert "Healthy College: cancelled" in done.said
    assert "Healthy College: Mon 02 Mar, 12:15 EST" in done.said
    assert "Healthy College: failed while uploading: the storage refuses the key" in done.said
    assert "Of another user" not in done.said


def test_the_pages_of_a_list_print_the_command_for_the_next(studio: Studio) -> None:
    pages = list(leafed(studio, "history", "--limit", "1"))
    assert len(pages) == 4
    assert [row for page in pages for row in page.out.split() if row == studio.daily.burst_id[:8]]
    jobs = list(leafed(studio, "history", "--jobs", "--brand", "healthy-college", "--limit", "2"))
    assert len(jobs) == 2
    assert all("Healthy College" in page.out for page in jobs)
    told = "".join(page.out for page in leafed(studio, "history", studio.daily.burst_id, "--events", "--limit", "7"))
    assert told.count("The daily burst began") == 1
    assert " ".join(told.split()).count("“Sleep first” was scheduled") == 1


# One burst.


def test_a_burst_is_shown_with_its_jobs_under_their_brands(studio: Studio) -> None:
    done = studio.says("history", studio.daily.burst_id)
    assert "Daily burst of Mon 02 Mar 2026, 09:00 EST" in done.out
    assert "3 scheduled · 1 failed" in done.out
    college, tern, timetable = (
        done.out.index(name) for name in ("Healthy College", "Copper Tern Coffee", "The Slow Timetable")
    )
    assert college < done.out.index("“Walk to class”") < tern < done.out.index("قهوة") < timetable
    assert f"maestro history {studio.daily.burst_id[:8]} --events" in done.out
    cancelled = studio.says("history", studio.cancelled.burst_id).said
    assert "– cancelled in 4.0 s" in cancelled
    assert "told to stop at 21:00:03 by the terminal: interrupted" in cancelled


def test_what_is_open_is_under_way_while_somebody_has_the_bursts_and_interrupted_otherwise(studio: Studio) -> None:
    pages = [(), ("--jobs",), (studio.open.burst_id,), (studio.open.id_of("Grind finer"),)]
    left = [studio.says("history", *page).said for page in pages]
    with sqlite_engine(studio.says.home / "maestro.db") as engine, owned(engine):
        at_work = [studio.says("history", *page).said for page in pages]
    for page, words in zip(at_work, ("● under way", "rendering…", "● under way", "now rendering…"), strict=True):
        assert words in page
        assert "interrupted " not in page
        assert "goes on" not in page
    assert "● interrupted: goes on with the next worker, or with `maestro burst`" in left[2]
    assert "interrupted while rendering" in left[1]
    assert "now interrupted while rendering it goes on with the next worker, or with `maestro burst`" in left[3]


def test_a_burst_is_there_for_programs_too(studio: Studio) -> None:
    view = studio.json(studio.daily.burst_id, "--outcome", "scheduled", "--kind", "reel")
    assert view["burst_id"] == studio.daily.burst_id
    (job,) = view["jobs"]
    assert job["title"] == "Sleep first"
    assert job["scheduled_for"] == "2026-03-02T17:15:00.000Z"
    assert job["slot"] == {
        "local_date": "2026-03-02",
        "wall_time": "12:15",
        "timezone": "America/New_York",
        "local_time": "2026-03-02T12:15:00-05:00",
    }
    assert [asset["category"] for asset in job["assets"]] == ["thumbnails", "reels"]
    assert job["assets"][0]["url"] is None


def test_a_burst_of_which_nothing_is_like_that_says_so(studio: Studio) -> None:
    done = studio.says("history", studio.daily.burst_id, "--kind", "post", "--outcome", "lost")
    assert "No job of it is like that." in done.out


def test_the_beginning_of_an_id_is_enough(studio: Studio) -> None:
    assert studio.json(studio.daily.burst_id[:8])["burst_id"] == studio.daily.burst_id
    job_id = studio.daily.id_of("Walk to class")
    assert studio.json(job_id[:6])["job_id"] == job_id


def test_the_events_of_a_burst_are_sentences(studio: Studio) -> None:
    told = studio.says("history", studio.daily.burst_id, "--events", "--limit", "200").said
    assert "09:00:00 The daily burst began, to make 2 reels, 1 post and 1 carousel for Healthy College" in told
    assert "09:00:02 Mira proposed 2 reels for Healthy College: “Sleep first” and “Walk to class” were accepted" in told
    assert "“Sleep first” came to rendering the reel and waited for a free renderer" in told
    assert "“Sleep first” was scheduled for Mon 02 Mar, 12:15 (America/New_York)" in told
    view = studio.json(studio.cancelled.burst_id, "--events")
    assert [each["sentence"] for each in view["events"]][-2:] == [
        "The burst was told to stop by the terminal: interrupted",
        "“Two exams in a day” was cancelled",
    ]
    assert view["events"][0]["type"] == "BurstStarted"


# What cannot be looked up.


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["cafe00"], 1, "there is no burst and no job 'cafe00': `maestro history` lists your bursts"),
        (["caf\udce9caf\udce9"], 1, "there is no burst and no job 'caf\\udce9caf\\udce9'"),
        (["%%%%%%"], 1, "there is no burst and no job '%%%%%%'"),
        (["1234"], 1, "'1234' is too short for an id: give 6 characters or more"),
        (["--cursor", "x"], 1, "the cursor is none that a list has given out: begin again without one"),
        (["--jobs", "--cursor", "WzFd"], 1, "the cursor is none that a list has given out"),
        (["--since", "yesterday"], 2, "'yesterday' is not a date: write it as 20"),
        (["--until", "2026-02-30"], 2, "'2026-02-30' is not a date"),
        (["--since", "0001-01-01"], 2, "'0001-01-01' is out of reach: there are days from 1970-01-01 to 2999-12-31"),
        (["--since", "2026-03-02", "--until", "2026-03-01"], 2, "--since must not be after --until"),
        (["--kind", "video"], 2, "'--kind': no burst has 'video': choose daily, smart or regenerate"),
        (["--kind", "reel"], 2, "choose daily, smart or regenerate, or add --jobs to list jobs"),
        (["--jobs", "--kind", "daily"], 2, "no job has 'daily': choose reel, post or carousel"),
        (["--jobs", "--outcome", "finished"], 2, "choose scheduled, failed, cancelled, lost or open"),
        (["--outcome", "lost"], 2, "choose finished, cancelled, failed or open, or add --jobs to list jobs"),
        (["--brand", "healthy-college"], 2, "--brand is for jobs: add --jobs, or the id of a burst"),
        (
            ["--jobs", "--brand", "nobody"],
            2,
            "there is no brand 'nobody'; there are healthy-college, copper-tern-coffee, the-slow",
        ),
        (["--jobs", "--brand", "\udcff"], 2, "there is no brand '\\udcff'"),
        (["--events"], 2, "--events needs the id of a burst"),
        (["cafe00", "--jobs"], 2, "--jobs lists the jobs of all bursts"),
        (["cafe00", "--since", "2026-03-02"], 2, "--since and --until are for lists of bursts"),
        (["cafe00", "--events", "--kind", "reel"], 2, "--events shows every event"),
        (["--limit", "0"], 2, "0 is not in the range 1<=x<=200"),
    ],
)
def test_what_is_wrong_is_named_on_one_line(studio: Studio, arguments: list[str], code: int, message: str) -> None:
    done = studio.says("history", *arguments)
    assert (done.code, done.out) == (code, "")
    assert message in done.said
    assert len(done.err.splitlines()) == 1 or "--help" in done.err


def test_what_is_another_users_is_not_there(studio: Studio) -> None:
    done = studio.says("history", studio.daily.burst_id, MAESTRO_USER="00000000-0000-4000-8000-000000000000")
    assert done.code == 1
    assert f"there is no burst and no job '{studio.daily.burst_id}'" in done.err


def test_a_job_has_no_list(studio: Studio) -> None:
    done = studio.says("history", studio.daily.id_of("Sleep first"), "--events")
    assert done.code == 2
    assert "is a job, of which there is no list" in done.said


def test_several_ids_that_begin_alike_are_not_guessed(tmp_path: Path) -> None:
    with past_of(tmp_path) as past:
        for burst_id in ("abcdef-1", "abcdef-2", "abcdef"):
            Told(past.writer, BurstStarted(MONDAY, burst_id, ONE_USER, BurstKind.SMART, (), (), ()))
    says = Inside(tmp_path)
    assert "several ids begin with 'abcdef-': give more of it" in says("history", "abcdef-").err
    assert says("history", "abcdef").code == 0, "a whole id is no beginning"
    assert "It has no jobs." in says("history", "abcdef-1").out


# How it looks.


@pytest.mark.parametrize("columns", [80, 120])
def test_lines_fit_the_terminal_and_nothing_is_cut_off(studio: Studio, columns: int) -> None:
    burst_id = studio.daily.burst_id
    for arguments, word in (
        ([], burst_id[:8]),
        (["--jobs"], LONG),
        ([burst_id], LONG),
        ([burst_id, "--events", "--limit", "200"], LONG),
    ):
        done = studio.says("history", *arguments, COLUMNS=str(columns))
        assert max(map(cell_len, done.out.splitlines())) <= columns, done.out
        assert word in done.said


def test_nothing_that_was_written_moves_the_cursor(studio: Studio) -> None:
    for arguments in (["--jobs"], [studio.daily.burst_id], [studio.daily.id_of("Walk to class")]):
        assert "\x1b" not in studio.says("history", *arguments).out


def test_an_empty_history_says_how_to_begin(house: House) -> None:
    done = house.run("history")
    assert (done.code, done.err) == (0, "")
    assert done.said == "No bursts yet: `maestro burst` runs a burst."
    assert json.loads(house.run("history", "--json").out) == {"bursts": [], "next": None}
    assert house.run("history", "--outcome", "failed").said == "No burst is like that."


def test_from_a_list_to_a_life(house: House) -> None:
    house.home.mkdir()
    with past_of(house.home) as past:
        told = past.burst(datetime.now(UTC) - timedelta(minutes=1), {(HEALTHY_COLLEGE, Kind.REEL): ["Sleep first"]})
        told.scheduled("Sleep first")
        told.end()
    listed = house.run("history")
    assert (listed.code, listed.err) == (0, "")
    burst = house.run("history", listed.out.split()[listed.out.split().index("times") - 1])
    assert "“Sleep first”" in burst.out
    job = house.run("history", told.id_of("Sleep first")[:8])
    assert "Rendering the reel, 1.0 s" in job.out


def test_a_full_disk_under_the_output_is_said(house: House) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [MAESTRO, "history"], stdout=full, stderr=subprocess.PIPE, env=house.environment(), timeout=20
        )
    assert done.returncode == 1
    assert b"maestro: no space left to write the output" in done.stderr


def test_help_does_not_wait_for_what_only_the_commands_need() -> None:
    code = """
import sys
import maestro_actors.cli.history, maestro_actors.cli.calendar
sys.exit(str(sorted({"rich", "sqlalchemy", "icalendar", "maestro_actors.journal"} & set(sys.modules))))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20)
    assert done.stderr == "[]\n"


def test_the_longest_list_is_the_longest_page_of_the_journal() -> None:
    from maestro_actors.cli import history

    assert history.MOST == MOST
