"""`maestro regenerate`: a new job in the place of an old one."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.cli.house import House
from tests.cli.inside import Inside
from tests.cli.workshop import Workshop, hashes


def test_a_job_is_made_anew_in_its_slot_and_its_objects_give_way(house: House) -> None:
    workshop = Workshop(house).open()
    (old,) = house.run("burst", "--json").recap["jobs"]
    done = house.run("regenerate", old["job_id"][:8], "--json")
    assert done.code == 0, done.said
    (new,) = done.recap["jobs"]
    assert done.recap["kind"] == "regenerate"
    assert new["job_id"] != old["job_id"]
    assert (new["title"], new["scheduled_for"]) == (old["title"], old["scheduled_for"])
    assert hashes(house) == sorted(asset["sha256"] for asset in new["assets"])
    assert not {asset["path"] for asset in new["assets"]} & {asset["path"] for asset in old["assets"]}
    jobs = {job["job_id"]: job for job in workshop.jobs()}
    assert jobs.keys() == {old["job_id"], new["job_id"]}
    assert jobs[new["job_id"]]["replaces"] == old["job_id"]
    assert (jobs[old["job_id"]]["replaced_by"], jobs[old["job_id"]]["slot"]) == (new["job_id"], None)

    again = house.run("regenerate", old["job_id"])
    assert (again.code, again.out) == (1, "")
    assert f"{old['job_id']} was replaced by {new['job_id']}: regenerate that one" in again.said
    assert [burst["kind"] for burst in workshop.bursts()] == ["smart", "regenerate"]


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (str(uuid.UUID(int=1)), f"there is no job '{uuid.UUID(int=1)}': `maestro history --jobs` lists your jobs"),
        ("nobody", "there is no job 'nobody'"),
        ("höher!", "there is no job 'höher!'"),
        ("1b9", "'1b9' is too short for an id: give 6 characters or more"),
        ("", "'' is too short for an id"),
    ],
)
def test_what_no_job_is_called_is_said_before_anything_happens(tmp_path: Path, job: str, message: str) -> None:
    done = Inside(tmp_path)("regenerate", job)
    assert (done.code, done.out) == (1, "")
    assert message in done.said
    assert not (tmp_path / "storage").exists()


def test_a_job_must_be_named(tmp_path: Path) -> None:
    done = Inside(tmp_path)("regenerate")
    assert done.code == 2
    assert "Missing argument 'JOB'" in done.said
