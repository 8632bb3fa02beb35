"""Several commands over one home."""

from __future__ import annotations

import signal

import httpx

from tests.cli.house import ONE_POST, House
from tests.support.patience import eventually


def test_a_second_demo_at_the_same_time_is_refused(house: House) -> None:
    with house.started("demo", "--reels", "2", "--posts", "0", "--carousels", "0") as first:
        eventually(house.worker_folders, 10)
        second = house.run(*ONE_POST)
        assert second.code == 1
        assert f"another demo is using {house.home / 'demo'}: wait until it has ended" in second.said
        first.send(signal.SIGINT)
        assert first.wait(10).code == 130
    assert house.run(*ONE_POST).code == 0


def test_a_demo_uses_the_storage_that_is_served_and_leaves_it_running(house: House) -> None:
    with house.started("storage") as storage:
        url = eventually(lambda: storage.out.split()[-1], 10)
        recap = house.run(*ONE_POST, "--json").recap
        assets = [asset for job in recap["jobs"] for asset in job["assets"]]
        assert assets
        assert storage.process.poll() is None
        for asset in assets:
            assert asset["url"].startswith(url)
            assert len(httpx.get(asset["url"]).raise_for_status().content) == asset["bytes"]
        storage.send(signal.SIGINT)
        assert storage.wait(10).code == 0


def test_a_folder_is_served_once(house: House) -> None:
    with house.started("storage") as storage:
        url = eventually(lambda: storage.out.split()[-1], 10)
        second = house.run("storage")
        assert second.code == 3
        assert f"is already served by process {storage.process.pid} at {url}" in second.said
        storage.send(signal.SIGTERM)
        assert storage.wait(10).code == 0


def test_a_demo_and_a_worker_keep_their_media_apart(house: House) -> None:
    with house.started("worker", MAESTRO_RENDERERS="1") as worker:
        eventually(lambda: "ready" in worker.out, 20)
        assert house.run(*ONE_POST).code == 0
        assert house.stored("demo")
        assert not house.stored(".")
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0
