from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest
from supabase import ClientOptions, create_client

import supabase_local
from supabase_local.folder import read_address
from supabase_local.launch import LaunchError, find_running, serve
from tests.supabase_local.processes import ready


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/storage/v1/status").status_code == 200
    except httpx.ConnectError:
        return False


def test_it_serves_for_as_long_as_the_block_runs(tmp_path: Path) -> None:
    with serve(tmp_path / "new" / "folder") as server, httpx.Client() as http:
        client = create_client(server.url, server.service_key, ClientOptions(httpx_client=http))
        client.storage.create_bucket("media")
        client.storage.from_("media").upload("one", b"1")
        assert client.storage.from_("media").download("one") == b"1"
    assert not answers(server.url)


def test_it_uses_the_server_that_runs_and_leaves_it_running(tmp_path: Path) -> None:
    with ready(tmp_path) as (process, url):
        with serve(tmp_path) as first, serve(tmp_path) as second:
            assert first == second
            assert first.url == url
        assert process.poll() is None
        assert answers(url)


def test_a_killed_servers_address_does_not_deceive_it(tmp_path: Path) -> None:
    with ready(tmp_path) as (process, _):
        process.kill()
        process.wait()
        assert read_address(tmp_path) is not None
        assert find_running(tmp_path) is None
        with serve(tmp_path) as server:
            assert answers(server.url)


def test_all_who_come_at_once_use_one_server(tmp_path: Path) -> None:
    together = threading.Barrier(3)
    urls: list[str] = []

    def use() -> None:
        with serve(tmp_path) as server:
            urls.append(server.url)
            together.wait(20)

    threads = [threading.Thread(target=use) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(urls) == 3
    assert len(set(urls)) == 1


def test_the_server_is_out_of_reach_of_ctrl_c(tmp_path: Path) -> None:
    with serve(tmp_path):
        address = read_address(tmp_path)
        assert address is not None
        assert os.getsid(address.pid) != os.getsid(0)


def test_a_failure_names_what_the_server_said(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("damaged")
    with pytest.raises(LaunchError, match=r"ended with code 2: .*keys\.json holds no keys"), serve(tmp_path):
        pass


def test_an_error_in_the_block_stops_the_server(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), serve(tmp_path) as server:
        raise RuntimeError
    assert not answers(server.url)


def test_the_log_grows_from_run_to_run_but_not_for_ever(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    for runs in (1, 2):
        with serve(tmp_path):
            pass
        assert log.read_text().count("serving") == runs
    log.write_bytes(bytes(1_000_001))
    with serve(tmp_path) as server:
        assert log.read_text().splitlines() == [f"supabase_local: serving {tmp_path} at {server.url}"]
        assert server.service_key not in repr(server)


@pytest.mark.parametrize("module", ["supabase_local", "supabase_local.launch", "supabase_local.__main__"])
def test_importing_it_imports_the_standard_library_alone(module: str) -> None:
    program = (
        f"import sys, {module}\n"
        "foreign = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)\n"
        "print(*sorted(foreign - {'supabase_local', '__main__', '__mp_main__'}))"
    )
    # Without site, because an editable install may import modules of its own at start.
    environment = {"PYTHONPATH": str(Path(supabase_local.__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, env=environment)
    assert (done.stdout.strip(), done.stderr) == ("", "")
