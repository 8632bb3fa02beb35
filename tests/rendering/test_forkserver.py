"""A child that is being started as its worker is killed: nothing is in its pipe, and nothing is said about it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from maestro_actors.rendering.child import PRELOAD

A_CHILD_WITHOUT_A_WORKER = """
import os, sys
from multiprocessing import forkserver

forkserver.set_forkserver_preload(sys.argv[1:])
sentinel, pipe = forkserver.connect_to_new_process([])
os.close(pipe)
process_id = forkserver.read_signed(sentinel)
print("it ended with", forkserver.read_signed(sentinel))
"""


@pytest.mark.parametrize(("preload", "complains"), [(PRELOAD, False), ((), True)])
def test_a_child_whose_worker_died_as_it_was_started_leaves_without_a_word(
    preload: tuple[str, ...], complains: bool
) -> None:
    command = [sys.executable, "-c", A_CHILD_WITHOUT_A_WORKER, *preload]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout == "it ended with 1\n"
    assert ("EOFError" in done.stderr) == complains, "which is what it is preloaded for"
    assert complains or done.stderr == ""
