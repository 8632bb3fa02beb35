"""What `maestro history` says of one job, and of what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import update

from maestro_actors.core.content import Kind
from maestro_actors.examples import HEALTHY_COLLEGE
from maestro_actors.journal.tables import events
from maestro_actors.settings import ONE_USER
from tests.cli.inside import Inside
from tests.cli.past import past_of
from tests.cli.studio import LONG, MONDAY, ZONE, Studio, a_studio

PROJECT = {"SUPABASE_URL": "https://abc.supabase.co", "SUPABASE_SERVICE_KEY": "a-key"}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return a_studio(tmp_path_factory.mktemp("home"))


def test_a_job_is_shown_with_its_whole_life(studio: Studio) -> None:
    done = studio.says("history", studio.daily.id_of("Sleep first"))
    page = [line.rstrip() for line in done.out.splitlines()]
    assert page[1:6] == [
        "  “Sleep first”",
        "  Reel for Healthy College, proposed by Mira",
        "",
        "  outcome  scheduled for Mon 02 Mar, 12:15 EST (America/New_York)",
        f"  burst    {studio.daily.burst_id[:8]}",
    ]
    assert "  Sleep is study." in page
    assert "  #sleep #college 😴" in page
    life = page[page.index("  Mon 02 Mar 2026") + 1 : -1]
    assert life[0] == "  09:00:02  Mira proposed it"
    assert life[1:3] == ["  09:00:02  Waited 5.0 s for its turn", "  09:00:07  Waited 1.0 s for a free renderer"]
    assert "  09:00:11  Waited 1.0 s for a free renderer" in life
    assert "  09:00:12  Rendering the reel, 1.0 s" in life
    assert "  09:00:18  Stored the reel (1.3 MB)" in life
    assert life.index(f"  times in {ZONE}") == len(life) - 2
    assert life[-1] == f"  To make it anew: maestro regenerate {studio.daily.id_of('Sleep first')}"


def test_the_media_of_a_job_are_paths_or_urls_each_on_one_line(studio: Studio) -> None:
    job_id = studio.daily.id_of("Sleep first")
    path = f"{ONE_USER}/healthy-college/reels/{job_id}_reel.mp4"
    narrow = studio.says("history", job_id, COLUMNS="30")
    assert f"   1.3 MB  {path}" in narrow.out.splitlines()
    project = studio.says("history", job_id, COLUMNS="30", **PROJECT)
    url = f"https://abc.supabase.co/storage/v1/object/public/media/{path}"
    assert f"   1.3 MB  {url}" in project.out.splitlines()
    assert studio.json(job_id, **PROJECT)["assets"][1]["url"] == url


def test_a_job_says_what_it_replaces_and_what_replaced_it(studio: Studio) -> None:
    old, new = studio.daily.id_of(LONG), "job-anew"
    assert f"replaces {old[:8]}" in studio.says("history", new).said
    assert "One — Dim the lights." in studio.says("history", new).said
    assert "The burst began, to make Mira’s idea anew" in studio.says("history", new).said
    replaced = studio.says("history", old)
    assert f"outcome replaced by {new}" in replaced.said
    assert "maestro regenerate" not in replaced.said
    view = studio.json(old)
    assert (view["replaced_by"], view["assets"], view["slot"]) == (new, [], None)
    assert view["life"][-1]["sentence"] == "Scheduled for Tue 03 Mar, 07:00 (Australia/Lord_Howe)"
    assert view["proposal"]["slides"][0] == {"heading": "One", "body": "Dim the lights."}


def test_a_failed_job_says_why_and_has_no_media_any_more(studio: Studio) -> None:
    job_id = studio.daily.id_of("Walk to class")
    done = studio.says("history", job_id)
    assert "outcome failed while uploading: the storage refuses the key" in done.said
    assert "Failed while uploading: the storage refuses the key" in done.said
    assert studio.json(job_id)["assets"] == []


def test_an_open_job_says_what_it_is_doing(studio: Studio) -> None:
    done = studio.says("history", studio.open.id_of("Grind finer"))
    assert "now interrupted while rendering" in done.said
    assert done.said.count("Rendering the reel") == 1


def test_an_event_that_cannot_be_read_is_shown_as_one_and_harms_nothing_else(tmp_path: Path) -> None:
    with past_of(tmp_path) as past:
        told = past.burst(MONDAY, {(HEALTHY_COLLEGE, Kind.REEL): ["Sleep first"]})
        told.scheduled("Sleep first")
        told.end()
        with past.engine.begin() as connection:
            connection.execute(update(events).where(events.c.seq.in_([0, 3])).values(version=99))
    says, job_id = Inside(tmp_path), told.id_of("Sleep first")
    for arguments in ((told.burst_id, "--events"), (job_id,)):
        done = says("history", *arguments)
        assert done.code == 0
        assert f"✗ event 3 of burst {told.burst_id} (StageEntered, version 99) cannot be read" in done.said
        assert "cheduled for Mon 02 Mar, 12:15 (America/New_York)" in done.said
    view = json.loads(says("history", told.burst_id, "--events", "--json").out)
    assert view["events"][0]["sentence"] is None
    assert "version 99" in view["events"][0]["error"]
    assert len(json.loads(says("history", job_id, "--json").out)["unreadable"]) == 1
