"""What is asked at the gateway arrives at the door, and what the door says comes back."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from maestro_actors.core.content import PerKind
from maestro_actors.core.events import BurstKind
from maestro_actors.errors import BurstRefusedError, PassingError, UnknownBurstError
from maestro_actors.gateway import client
from maestro_actors.gateway.address import Address, address_of
from maestro_actors.gateway.client import Gateway, RefusedError, WorkerAwayError, WorkerSlowError
from maestro_actors.gateway.messages import CancelBurst, StartBurst
from maestro_actors.gateway.server import serving
from tests.gateway.conftest import EPOCH, OTHER, USER, FakeDoor, a_snapshot, calling
from tests.gateway.lines import free_port, introduced
from tests.support.patience import eventually


def test_a_snapshot_comes_through_as_it_is(gateway: Gateway) -> None:
    status = gateway.status(USER)
    assert status.epoch == EPOCH
    assert status.snapshot.model_dump() == a_snapshot()


def test_every_question_arrives_with_the_user_it_acts_for(gateway: Gateway, door: FakeDoor) -> None:
    wish = StartBurst(user_id=USER, kind="daily", idempotency_key="k", request_hash="h")
    assert gateway.start_burst(wish) == "burst"
    assert gateway.start_burst(StartBurst(user_id=OTHER, brands=("a", "b"), posts=2, seed=3)) == "burst"
    assert gateway.cancel_burst(CancelBurst(user_id=USER, burst_id="b", reason="why"))
    assert gateway.cancel_burst(CancelBurst(user_id=USER, burst_id="b", by="an admin", anyones=True))
    assert gateway.regenerate(USER, "j") == "new job"
    assert gateway.figures() == {"one": 1}
    gateway.look_again(USER)
    eventually(lambda: door.asked[-1] == ("look again", USER))
    assert door.asked[:-2] == [
        ("start", USER, BurstKind.DAILY, None, None, None, "k", "h"),
        ("start", OTHER, BurstKind.SMART, ("a", "b"), PerKind(0, 2, 0), 3, None, ""),
        ("cancel", "b", USER, "why", USER),
        ("cancel", "b", "an admin", "", None),
        ("regenerate", USER, "j"),
    ]


def test_what_is_refused_says_why_in_words_and_in_a_code(gateway: Gateway, door: FakeDoor) -> None:
    def fault(_question: str) -> None:
        raise BurstRefusedError.under_way("another")

    door.fault = fault
    with pytest.raises(RefusedError, match="another is under way") as refused:
        gateway.start_burst(StartBurst(user_id=USER))
    assert (refused.value.code, refused.value.burst_id) == ("under-way", "another")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnknownBurstError("x"), "unknown-burst"),
        (PassingError("x"), "unavailable"),
        (ZeroDivisionError("x"), "internal"),
    ],
)
def test_each_kind_of_error_has_its_code(gateway: Gateway, door: FakeDoor, error: Exception, code: str) -> None:
    def fault(_question: str) -> None:
        raise error

    door.fault = fault
    with pytest.raises(RefusedError) as refused:
        gateway.status(USER)
    assert refused.value.code == code
    door.fault = lambda _question: None
    assert gateway.status(USER), "one that fails harms no other"


def test_without_a_worker_the_caller_is_told_what_to_do(address: Address) -> None:
    with calling(address) as gateway, pytest.raises(WorkerAwayError, match="start one with `maestro worker`"):
        gateway.status(USER)


def test_a_worker_with_another_key_is_told_apart(served: Address) -> None:
    other = Address(b"x" * 32, served.path, served.host, served.port)
    with calling(other) as gateway, pytest.raises(WorkerAwayError, match="another key"):
        gateway.status(USER)
    with calling(served) as gateway:
        assert gateway.status(USER)


def test_a_caller_finds_back_to_a_worker_that_was_away(door: FakeDoor, address: Address) -> None:
    with calling(address) as gateway:
        for _ in range(3):
            with serving(door, address, EPOCH):
                assert gateway.status(USER)
            with pytest.raises(WorkerAwayError):
                gateway.status(USER)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_start_without_a_key_is_not_sent_twice(door: FakeDoor, address: Address) -> None:
    """The line was kept from before, and ends before the answer: nobody knows whether the burst began."""

    def fault(question: str) -> None:
        if question == "start":
            raise SystemExit  # the line's thread ends, and with it the line

    with serving(door, address, EPOCH), calling(address) as gateway:
        gateway.status(USER)
        door.fault = fault
        with pytest.raises(WorkerAwayError):
            gateway.start_burst(StartBurst(user_id=USER))
        assert [question[0] for question in door.asked].count("start") == 1


def test_a_worker_that_does_not_answer_is_given_up_and_no_call_waits_behind_it_for_ever(
    gateway: Gateway, door: FakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "STATUS_SECONDS", 0.3)
    held = threading.Event()
    door.fault = lambda _question: held.wait(20)
    began = time.monotonic()
    errors: list[Exception] = []

    def ask() -> None:
        try:
            gateway.status(USER)
        except WorkerSlowError as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3 * client.LINES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(errors) == len(threads)
    assert time.monotonic() - began < 3
    held.set()
    door.fault = lambda _question: None
    assert eventually(lambda: gateway.status(USER))


def test_many_ask_at_once(gateway: Gateway) -> None:
    def ask() -> None:
        for _ in range(20):
            gateway.status(USER)
        done.append(True)

    done: list[bool] = []
    threads = [threading.Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(done) == len(threads)


def test_a_message_that_is_none_is_refused_and_the_line_goes_on(served: Address) -> None:
    with introduced(served) as line:
        for frame in (
            b"",
            b"nonsense",
            b"\xff\xfe",
            b"[]",
            b'{"type": "nonsense"}',
            b'{"type": "get_status"}',
            b'{"type": "get_status", "user_id": "../../etc"}',
            b'{"type": "get_status", "user_id": "00000000-0000-4000-8000-000000000000", "more": 1}',
            b'{"type": "start_burst", "user_id": "00000000-0000-4000-8000-000000000000", "posts": 1e9}',
            b"[" * 100_000,
        ):
            line.send(frame)
            assert line.poll(5)
            assert b'"code":"invalid-message"' in line.receive(), frame[:80]
        line.send(b'{"type": "get_status", "user_id": "00000000-0000-4000-8000-000000000000"}')
        assert b'"type":"status"' in line.receive()


def test_a_socket_file_that_a_killed_worker_left_is_taken_over(door: FakeDoor, home: Path) -> None:
    address = address_of(home, None, None)
    assert address.path
    with serving(door, address, EPOCH), calling(address) as gateway:
        left = address.path.stat().st_ino
        with serving(door, address, EPOCH + 1):  # as if the first had been killed
            assert address.path.stat().st_ino != left
            assert gateway.status(USER).epoch == EPOCH + 1
    assert not address.path.exists()


def test_only_its_user_may_use_the_socket_and_read_the_key(door: FakeDoor, home: Path) -> None:
    address = address_of(home, None, None)
    with serving(door, address, EPOCH):
        assert address.path
        assert address.path.stat().st_mode & 0o777 == 0o600
        assert (home / "gateway.key").stat().st_mode & 0o777 == 0o600
        assert sorted(path.name for path in home.iterdir()) == ["gateway.key", "gateway.sock"]


def test_a_port_that_is_in_use_is_named(door: FakeDoor, home: Path) -> None:
    port = free_port()
    address = address_of(home, f"127.0.0.1:{port}", None)
    with (
        serving(door, address, EPOCH),
        pytest.raises(PassingError, match=rf"127\.0\.0\.1:{port} .*MAESTRO_GATEWAY"),
        serving(door, address, EPOCH),
    ):
        pass
