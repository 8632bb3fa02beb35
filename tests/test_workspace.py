from __future__ import annotations

import fcntl
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import PIPE

import psutil
import pytest

from maestro_actors.errors import UnusableError
from maestro_actors.workspace import LOCK, LONGEST, SOCKETS_LOCK, workspace

# Says which folder it has, holds it until its stdin closes, and then leaves in order.
OWNER = """
import sys
from maestro_actors.workspace import workspace
with workspace() as folder:
    (folder / "reel.mp4").write_bytes(b"half a reel")
    print(folder, flush=True)
    sys.stdin.read()
"""


# Comes and goes many times, and says so when somebody else took its folder away.
PASSER_BY = """
import sys
from maestro_actors.workspace import workspace
for n in range(200):
    with workspace() as folder:
        (folder / "reel.mp4").write_bytes(b"half a reel")
        if not (folder / "lock").exists():
            sys.exit("somebody took my folder away")
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the test's own, of a short name, for this process and for those it starts."""
    folder = tmp_path_factory.mktemp("t")
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@contextmanager
def a_process(code: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def folder_of(owner: subprocess.Popen[str]) -> Path:
    assert owner.stdout
    return Path(owner.stdout.readline().strip())


def folders(temporary: Path) -> set[Path]:
    return {path for root in temporary.glob("maestro-*") for path in root.glob("worker-*")}


def test_the_folder_is_there_while_the_block_runs_and_gone_at_its_end(temporary: Path) -> None:
    with workspace() as folder:
        assert folder.is_relative_to(temporary)
        (folder / "job").mkdir()
        (folder / "job" / "reel.mp4").write_bytes(b"reel")
    assert not folder.exists()
    assert folders(temporary) == set()


def test_the_folder_goes_with_an_error_too(temporary: Path) -> None:
    with pytest.raises(ZeroDivisionError), workspace():
        raise ZeroDivisionError
    assert folders(temporary) == set()


def test_nobody_else_may_look_into_it() -> None:
    with workspace() as folder:
        assert folder.stat().st_mode & 0o077 == 0
        assert folder.parent.stat().st_mode & 0o077 == 0


def test_what_a_killed_owner_left_is_swept_by_the_next(temporary: Path, caplog: pytest.LogCaptureFixture) -> None:
    with a_process(OWNER) as owner:
        left = folder_of(owner)
        assert (left / "reel.mp4").exists()
        owner.send_signal(signal.SIGKILL)
        assert owner.wait(10) == -signal.SIGKILL
    assert (left / "reel.mp4").exists(), "nothing tidies up after SIGKILL"
    with caplog.at_level(logging.WARNING), workspace() as mine:
        assert folders(temporary) == {mine}
    assert {record.message for record in caplog.records} == {"swept what a killed worker left"}


# Owns a workspace in which a child process was started, so that there is a socket for that, until it is killed.
PARENT = """
import multiprocessing, sys
from maestro_actors.workspace import workspace
if __name__ == "__main__":
    with workspace() as folder:
        process = multiprocessing.get_context("forkserver").Process(target=abs, args=(0,))
        process.start()
        process.join()
        print(folder, flush=True)
        sys.stdin.read()
"""


def test_the_sockets_of_a_killed_owner_are_swept_and_those_of_a_live_one_or_a_stranger_are_not(temporary: Path) -> None:
    (temporary / "pymp-stranger").mkdir()
    (temporary / "pymp-stranger" / "listener-of-a-stranger").touch()
    with a_process(PARENT) as alive, a_process(PARENT) as killed:
        assert all(folder_of(owner).parent.parent == temporary for owner in (alive, killed))
        before = set(temporary.glob("pymp-*/listener-*"))
        assert len(before) == 3
        killed.send_signal(signal.SIGKILL)
        killed.wait(10)
        with workspace():
            (swept,) = before - set(temporary.glob("pymp-*/listener-*"))
            assert not swept.parent.exists()
        assert alive.stdin
        alive.stdin.close()
        assert alive.wait(10) == 0, "it removes its own"
    assert [path.name for path in temporary.glob("pymp-*")] == ["pymp-stranger"]


def test_a_folder_for_sockets_that_only_looks_like_ours_is_left_alone(temporary: Path) -> None:
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / SOCKETS_LOCK).touch()
    (temporary / "pymp-link").symlink_to(elsewhere)
    with workspace(), workspace():
        assert (elsewhere / SOCKETS_LOCK).exists()


def test_the_folder_of_a_live_owner_is_left_alone(temporary: Path, caplog: pytest.LogCaptureFixture) -> None:
    with a_process(OWNER) as owner:
        theirs = folder_of(owner)
        for _ in range(3):
            with workspace() as mine:
                assert folders(temporary) == {mine, theirs}
        assert (theirs / "reel.mp4").read_bytes() == b"half a reel"
        assert not caplog.records
        assert owner.stdin
        owner.stdin.close()
        assert owner.wait(10) == 0
    assert folders(temporary) == set()


def test_two_workspaces_of_one_process_do_not_sweep_each_other(temporary: Path) -> None:
    with workspace() as one, workspace() as other:
        assert folders(temporary) == {one, other}


def test_owners_that_start_at_the_same_time_each_have_their_own(temporary: Path) -> None:
    with ExitStack() as stack:
        started = [stack.enter_context(a_process(OWNER)) for _ in range(6)]
        theirs = {folder_of(owner) for owner in started}
        assert len(theirs) == 6
        assert folders(temporary) == theirs
        assert all((folder / "reel.mp4").exists() for folder in theirs)


def test_owners_that_come_and_go_at_once_never_take_each_others_folder(temporary: Path) -> None:
    with ExitStack() as stack:
        started = [stack.enter_context(a_process(PASSER_BY)) for _ in range(4)]
        ends = [(*process.communicate(timeout=60), process.returncode) for process in started]
    assert ends == [("", "", 0)] * 4, "nobody was killed, so nobody sweeps"
    assert folders(temporary) == set()


def test_a_folder_without_a_lock_is_swept_too(temporary: Path) -> None:
    with workspace() as folder:
        (folder.parent / "worker-half-made").mkdir()
    with workspace() as mine:
        assert folders(temporary) == {mine}


def test_the_folder_is_locked_for_as_long_as_it_is_held() -> None:
    with workspace() as folder, (folder / LOCK).open() as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def complaint() -> str:
    with pytest.raises(UnusableError) as caught, workspace():
        pass
    return str(caught.value)


def test_a_temporary_folder_that_cannot_be_written_says_what_to_do(temporary: Path) -> None:
    (temporary / f"maestro-{os.getuid()}").write_text("a file in place of the folder")
    said = complaint()
    assert f"{temporary} (File exists): " in said
    assert said.endswith("free some space there, or set TMPDIR to a folder that can be written")


def test_a_temporary_folder_that_is_not_there_is_no_reason_to_use_another(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(temporary / "nowhere"))
    assert f"{temporary / 'nowhere'} (No such file or directory): " in complaint()
    assert not folders(temporary)


def test_a_temporary_folder_of_too_long_a_name_says_what_to_do(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (temporary / ("long" * 20)).mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary / ("long" * 20)))
    assert complaint().endswith(f"is too long: set TMPDIR to one of at most {LONGEST} characters")


@pytest.mark.parametrize("chosen", [True, False])
def test_full_disks_say_what_to_do(temporary: Path, chosen: bool) -> None:
    """A limit of no bytes a file stands in for them: then Python itself finds no temporary folder anywhere."""
    code = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from maestro_actors.errors import UnusableError
from maestro_actors.workspace import workspace
try:
    with workspace():
        pass
except UnusableError as error:
    sys.exit(0 if str(error).endswith("set TMPDIR to a folder that can be written") else f"but: {error}")
"""
    environment = os.environ | {"TMPDIR": str(temporary) if chosen else ""}
    command = [sys.executable, "-B", "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_lock_outlives_the_block_but_the_one_of_the_process() -> None:
    process = psutil.Process()
    with workspace():
        pass
    before = process.num_fds()
    with workspace():
        assert process.num_fds() == before + 1
    assert process.num_fds() == before
