"""`maestro burst` in the middle of which something happens: kill -9, Ctrl-C, and Ctrl-C again."""

from __future__ import annotations

import signal

from tests.cli.house import House
from tests.cli.workshop import BRAND, ONE_POST, Workshop
from tests.support.faulty_storage import Stall, no_faults, storage_server
from tests.support.patience import eventually

A_REEL_AND_POSTS = ("burst", "--reels", "1", "--posts", "2", "--carousels", "0", "--brand", BRAND)


def test_a_burst_that_was_killed_is_gone_on_with_by_the_next_before_its_own(house: House) -> None:
    workshop = Workshop(house)
    with house.started(*A_REEL_AND_POSTS, MAESTRO_RENDERERS="2") as killed:
        eventually(lambda: house.encoding() and "scheduled" in killed.out, 30)
        killed.process.kill()
        eventually(lambda: not house.processes(), 10)
    (left,) = workshop.bursts()
    assert left["outcome"] is None
    done = house.run(*ONE_POST, "--json")
    assert done.code == 0, done.said
    assert f"Going on with burst {left['burst_id']}, which was interrupted" in done.err
    assert done.recap["created"] == done.recap["scheduled"] == 1
    before, own = workshop.bursts()
    assert (before["burst_id"], before["outcome"], before["scheduled"]) == (left["burst_id"], "finished", 3)
    assert (own["burst_id"], own["outcome"], own["scheduled"]) == (done.recap["burst_id"], "finished", 1)
    assert before["finished_at"] <= own["started_at"]
    assert [len({job["job_id"] for job in workshop.jobs(each["burst_id"])}) for each in (before, own)] == [3, 1]
    assert {job["outcome"] for job in workshop.jobs()} == {"scheduled"}
    workshop.assert_storage_has_what_was_scheduled()


def test_ctrl_c_cancels_it_and_storage_keeps_what_was_scheduled_alone(house: House) -> None:
    workshop = Workshop(house)
    with house.started(*A_REEL_AND_POSTS, "--json", MAESTRO_RENDERERS="2") as burst:
        eventually(house.encoding, 30)
        burst.signal_group(signal.SIGINT)
        done = burst.wait(10)
    assert done.code == 130
    assert "Traceback" not in done.err, done.err
    assert done.recap["outcome"] == "cancelled"
    assert done.recap["scheduled"] + done.recap["cancelled"] == 3
    (burst_row,) = workshop.bursts()
    assert burst_row["outcome"] == "cancelled"
    assert burst_row["cancel"]["by"] == "the terminal"
    workshop.assert_storage_has_what_was_scheduled()


def test_ctrl_c_twice_stops_at_once_and_the_next_ends_it_and_removes_its_objects(house: House) -> None:
    workshop = Workshop(house)
    with storage_server(house.root / "project") as storage:

        def objects() -> list[str]:
            return [path.name for path in (house.root / "project" / "objects").iterdir()]

        project = {"SUPABASE_URL": storage.url, "SUPABASE_SERVICE_KEY": storage.service_key}
        storage.faults = lambda nth, path: Stall(30.0) if nth == 2 else None
        with house.started(*ONE_POST, **project) as burst:
            eventually(lambda: storage.uploads == 2, 30)
            burst.signal_group(signal.SIGINT)
            eventually(lambda: "Stopping" in burst.out, 10)
            burst.signal_group(signal.SIGINT)
            stopped = burst.wait(5)
        assert stopped.code == 130
        assert "stopped at once: the next `maestro burst`, or a worker, ends what is left of it" in stopped.said
        assert "Traceback" not in stopped.err, stopped.err
        assert len(objects()) == 1
        storage.faults = no_faults
        done = house.run(*ONE_POST, "--json", **project)
        assert done.code == 0, done.said
        assert len(objects()) == len(done.recap["jobs"][0]["assets"]) == 2
    before, own = workshop.bursts()
    assert (before["outcome"], before["cancelled"]) == ("cancelled", 1)
    assert (own["outcome"], own["scheduled"]) == ("finished", 1)
