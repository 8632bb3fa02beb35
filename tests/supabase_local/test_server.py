from __future__ import annotations

import os
import resource
import signal
import socket
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from supabase_local.folder import is_locked, kept_port, read_address
from supabase_local.keys import load_keys
from tests.supabase_local import wire
from tests.supabase_local.processes import COMMAND, blobs, client_of, drafts, ready, started
from tests.support.patience import eventually

HEADERS = {"Content-Type": "image/png", "x-upsert": "true"}


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """A server that is expected to end by itself."""
    command = [*COMMAND, "--folder", str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=20)


class TestEnd:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_ends_it_within_2_seconds_with_connections_open(
        self, tmp_path: Path, number: signal.Signals
    ) -> None:
        with ready(tmp_path) as (process, url), client_of(tmp_path, url) as client:
            assert client.get("status").status_code == 200
            half = socket.create_connection(("127.0.0.1", httpx.URL(url).port or 0))
            with half:
                half.sendall(b"POST /storage/v1/object/a/b HTTP/1.1\r\nContent-Length: 1000\r\n\r\nhalf")
                before = time.monotonic()
                process.send_signal(number)
                assert process.wait(5) == 0
                assert time.monotonic() - before < 2
        assert not (tmp_path / "server.json").exists()
        assert not is_locked(tmp_path)

    def test_it_says_one_line_and_no_keys(self, tmp_path: Path) -> None:
        with ready(tmp_path) as (process, _):
            process.terminate()
            out, err = process.communicate(timeout=20)
        assert (out, err) == ("", "")

    def test_the_end_of_the_lifeline_ends_it(self, tmp_path: Path) -> None:
        lifeline, our_end = os.pipe()
        with ready(tmp_path, "--lifeline", str(lifeline), pass_fds=[lifeline]) as (process, _):
            os.close(lifeline)
            os.write(our_end, b"still here")
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.2)
            os.close(our_end)
            assert process.wait(2) == 0
        assert not (tmp_path / "server.json").exists()

    def test_it_does_not_outlive_a_parent_that_is_killed(self, tmp_path: Path) -> None:
        program = (
            "import sys, time; from pathlib import Path; from supabase_local.launch import serve\n"
            "with serve(Path(sys.argv[1])) as server: print(server.url, flush=True); time.sleep(60)"
        )
        command = [sys.executable, "-c", program, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
            assert parent.stdout is not None
            parent.stdout.readline()
            address = read_address(tmp_path)
            assert address is not None
            child = psutil.Process(address.pid)
            parent.kill()
        eventually(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, 2)


class TestRestart:
    def test_objects_survive_kill_9(self, tmp_path: Path) -> None:
        with ready(tmp_path) as (process, url), client_of(tmp_path, url) as client:
            client.post("bucket", json={"name": "media"}).raise_for_status()
            before = client.post("object/media/one.png", content=b"PNG", headers=HEADERS).json()
            process.kill()
            process.wait(5)
        assert (tmp_path / "server.json").exists()
        with ready(tmp_path) as (_, again), client_of(tmp_path, again) as client:
            assert again == url
            assert client.get("object/media/one.png").content == b"PNG"
            assert client.get("object/info/media/one.png").json()["id"] == before["Id"]

    def test_kill_9_during_an_upload_leaves_the_old_object_and_no_garbage(self, tmp_path: Path) -> None:
        with ready(tmp_path) as (process, url), client_of(tmp_path, url) as client, ThreadPoolExecutor() as pool:
            client.post("bucket", json={"name": "media"}).raise_for_status()
            client.put("object/media/one.png", content=b"old").raise_for_status()
            upload = pool.submit(client.put, "object/media/one.png", content=bytes(40_000_000), timeout=20)
            eventually(lambda: drafts(tmp_path), 20)
            process.kill()
            with pytest.raises(httpx.TransportError):
                upload.result()
        assert len(drafts(tmp_path)) == 1
        with ready(tmp_path) as (_, url), client_of(tmp_path, url) as client:
            assert client.get("object/media/one.png").content == b"old"
        assert (blobs(tmp_path), drafts(tmp_path)) == ([b"old"], [])


class TestFullDisk:
    @pytest.mark.parametrize(
        ("limit", "size"),
        [
            pytest.param(100_000, 300_000, id="no room for the bytes"),
            pytest.param(1000, 500, id="no room for the row"),
        ],
    )
    def test_an_upload_is_an_internal_error_and_leaves_nothing(self, tmp_path: Path, limit: int, size: int) -> None:
        with ready(tmp_path) as (process, url), client_of(tmp_path, url) as client:
            client.post("bucket", json={"name": "media"}).raise_for_status()
            client.put("object/media/old.png", content=b"old").raise_for_status()
            _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, -1))
            for key in ("new.png", "old.png"):
                wire.assert_error(client.put(f"object/media/{key}", content=bytes(size)), wire.INT500, 500)
            assert (blobs(tmp_path), drafts(tmp_path)) == ([b"old"], [])
            assert client.get("object/media/old.png").content == b"old"
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))
            client.put("object/media/new.png", content=bytes(size)).raise_for_status()
            process.terminate()
            _, err = process.communicate(timeout=20)
            assert "PUT /storage/v1/object/media/new.png failed" in err
            assert load_keys(tmp_path).service_key not in err


class TestOneServerPerFolder:
    def test_a_second_one_says_who_serves_and_ends_with_3(self, tmp_path: Path) -> None:
        with ready(tmp_path) as (process, url):
            second = run(tmp_path)
            assert second.returncode == 3
            expected = f"{tmp_path} is already served by process {process.pid} at {url}; use that one, or stop it first"
            assert second.stderr == f"supabase_local: {expected}\n"
            assert httpx.get(f"{url}/storage/v1/status").status_code == 200

    def test_other_folders_have_servers_of_their_own(self, tmp_path: Path) -> None:
        with ready(tmp_path / "a") as (_, first), ready(tmp_path / "b") as (_, second):
            assert first != second

    def test_whoever_looks_at_the_lock_does_not_keep_a_server_from_it(self, tmp_path: Path) -> None:
        assert not is_locked(tmp_path)
        with ready(tmp_path):
            assert is_locked(tmp_path)


class TestPort:
    def test_it_is_kept(self, tmp_path: Path) -> None:
        with ready(tmp_path) as (_, first):
            pass
        with ready(tmp_path) as (_, second):
            assert second == first
        assert f"http://127.0.0.1:{kept_port(tmp_path)}" == first

    def test_a_kept_port_that_is_taken_is_replaced_and_it_says_so(self, tmp_path: Path) -> None:
        with ready(tmp_path) as (process, first):
            process.kill()
            process.wait()
        old = kept_port(tmp_path)
        assert old is not None
        with socket.create_server(("127.0.0.1", old)), ready(tmp_path) as (process, second):
            assert second != first
            process.terminate()
            _, err = process.communicate(timeout=20)
            assert err == f"supabase_local: port {old} is taken, serving at {kept_port(tmp_path)} from now on\n"
        with ready(tmp_path) as (_, third):
            assert third == second

    def test_a_port_that_was_asked_for_is_used_and_kept(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with ready(tmp_path, "--port", str(port)) as (_, url):
            assert (url, kept_port(tmp_path)) == (f"http://127.0.0.1:{port}", port)

    def test_a_port_that_was_asked_for_and_is_taken_is_an_error(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            refused = run(tmp_path, "--port", str(port))
        assert refused.returncode == 2
        assert f"port {port} of 127.0.0.1 is in use by another program" in refused.stderr

    def test_a_damaged_port_file_is_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "port").write_text("99999")
        with ready(tmp_path) as (_, url):
            assert url == f"http://127.0.0.1:{kept_port(tmp_path)}"

    def test_it_listens_on_loopback_alone(self, tmp_path: Path) -> None:
        with ready(tmp_path) as (process, _):
            listening = {connection.laddr.ip for connection in psutil.Process(process.pid).net_connections()}
            assert listening == {"127.0.0.1"}


class TestCommandLine:
    def test_help_teaches(self, tmp_path: Path) -> None:
        told = run(tmp_path, "--help")
        assert told.returncode == 0
        for word in ("--folder", "--port", "--host", "--lifeline", "keys.json", "create_client", "exit codes"):
            assert word in told.stdout

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["--port", "0"], "'0' is no port; give a number from 1 to 65535"),
            (["--port", "http"], "'http' is no port"),
            (["--port", "70000"], "'70000' is no port"),
            (["--lifeline", "77"], "--lifeline 77: no such file descriptor was inherited"),
            (["--lifeline", "0"], "--lifeline 0: that is no pipe"),
            (["--host", "no such host"], "cannot listen at no such host"),
            (["--host", "192.0.2.1"], "cannot listen at 192.0.2.1"),
        ],
    )
    def test_a_bad_option_is_an_error_without_traceback(self, tmp_path: Path, options: list[str], message: str) -> None:
        with Path(os.devnull).open() as nothing:
            command = [*COMMAND, "--folder", str(tmp_path), *options]
            refused = subprocess.run(command, stdin=nothing, capture_output=True, text=True, timeout=20)
        assert refused.returncode == 2
        assert message in refused.stderr
        assert "Traceback" not in refused.stderr

    @pytest.mark.parametrize("folder", ["file", "file/inside", "/proc/nowhere"])
    def test_a_folder_that_cannot_be_one_is_an_error_without_traceback(self, tmp_path: Path, folder: str) -> None:
        (tmp_path / "file").write_text("")
        refused = run(tmp_path / folder)
        assert refused.returncode == 2
        assert folder in refused.stderr
        assert "Traceback" not in refused.stderr

    @pytest.mark.parametrize("name", ["keys.json", "user.json", "index.sqlite3"])
    def test_a_damaged_folder_is_an_error_without_traceback(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_text("damaged " * 200)
        refused = run(tmp_path)
        assert refused.returncode == 2
        assert str(tmp_path) in refused.stderr
        assert "Traceback" not in refused.stderr


def test_the_address_is_there_once_it_serves(tmp_path: Path) -> None:
    with started(tmp_path) as process:
        address = eventually(lambda: read_address(tmp_path))
        assert (address.pid, address.port) == (process.pid, kept_port(tmp_path))
        assert httpx.get(f"{address.url}/storage/v1/status").status_code == 200


def test_uploads_stream_to_disk_and_not_into_memory(tmp_path: Path) -> None:
    with ready(tmp_path) as (process, url), client_of(tmp_path, url) as client:
        client.post("bucket", json={"name": "media"}).raise_for_status()
        before = psutil.Process(process.pid).memory_info().rss
        file = {"file": ("a.mp4", bytes(40_000_000), "video/mp4")}
        client.post("object/media/a.mp4", files=file).raise_for_status()
        assert psutil.Process(process.pid).memory_info().rss - before < 15_000_000


def test_the_keys_are_private(tmp_path: Path) -> None:
    with ready(tmp_path):
        assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
