"""The side of the worker: whoever has the key may ask, tell and listen here.

One thread accepts and cuts off whoever is late; each line has a thread of its own, in which it proves that it has the
key, so that one who says nothing keeps nobody waiting. What a line asks is answered before it is read from again.
"""

from __future__ import annotations

import logging
import math
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from time import monotonic
from typing import Final, Protocol

from pydantic import ValidationError

from maestro_actors.core.content import PerKind
from maestro_actors.core.events import BurstKind
from maestro_actors.core.snapshot import Json
from maestro_actors.errors import MaestroError
from maestro_actors.gateway.address import Address, listening
from maestro_actors.gateway.line import BROKEN, Line
from maestro_actors.gateway.messages import (
    REQUEST,
    CancelBurst,
    Cancelled,
    Changed,
    Figures,
    GetFigures,
    GetStatus,
    LookAgain,
    Question,
    Refused,
    RegenerateJob,
    Regenerating,
    StartBurst,
    Started,
    Status,
    Subscribe,
    Told,
    Unsubscribe,
    Word,
)

log = logging.getLogger(__name__)

MOST_LINES: Final = 256
MOST_STRANGERS: Final = 64  # lines that have not proved yet that they have the key
HANDSHAKE_SECONDS: Final = 3.0
FRAME_SECONDS: Final = 5.0  # from a frame's first byte to its last
ANSWER_SECONDS: Final = 15.0  # until an answer is sent; what is asked is answered within ten
LOOK_SECONDS: Final = 0.25  # between two looks for those who are late


class Listener(Protocol):
    """Hears of the snapshots of some users."""

    def subscribe(self, user_id: str) -> None: ...

    def unsubscribe(self, user_id: str) -> None: ...

    def close(self) -> None: ...


class Door(Protocol):
    """What the gateway asks; `system.System` is it."""

    def snapshot(self, user_id: str) -> Json: ...

    def start_burst(
        self,
        user_id: str,
        kind: BurstKind = ...,
        brands: tuple[str, ...] | None = ...,
        order: PerKind[int] | None = ...,
        seed: int | None = ...,
        idempotency_key: str | None = ...,
        request_hash: str = ...,
    ) -> str: ...

    def cancel_burst(self, burst_id: str, by: str, reason: str = ..., of_user: str | None = ...) -> bool: ...

    def regenerate(self, user_id: str, job_id: str) -> str: ...

    def figures(self) -> Json: ...

    def look_again(self, user_id: str) -> None: ...

    def listener(self, deliver: Callable[[str, Json], None]) -> Listener: ...


@contextmanager
def serving(door: Door, address: Address, epoch: int) -> Iterator[None]:
    """Let others ask `door` at this address while the block runs; for the owner of the bursts alone.

    Raises:
        PassingError: nobody can listen there.
    """
    reader, writer = os.pipe()
    with listening(address) as listener:
        server = _Server(door, address.key, epoch, listener)
        thread = threading.Thread(target=server.run, args=(reader,), name="gateway", daemon=True)
        thread.start()
        try:
            yield
        finally:
            os.close(writer)  # which wakes the thread
            thread.join(HANDSHAKE_SECONDS)
            os.close(reader)


class _Server:
    """Owns the lines: who accepts them also cuts them off."""

    def __init__(self, door: Door, key: bytes, epoch: int, listener: socket.socket) -> None:
        self._door = door
        self._key = key
        self._epoch = epoch
        self._listener = listener
        self._lines: dict[Line, None] = {}  # in the order in which they came

    def run(self, until_closed: int) -> None:
        """Accept, and cut off who is late, until the other end of the pipe is closed."""
        while True:
            ready = wait([self._listener, until_closed], LOOK_SECONDS)
            if until_closed in ready:
                break
            if self._listener in ready:
                self._accept()
            self._cut_off_the_late()
        for line in list(self._lines):
            line.cut()

    def _accept(self) -> None:
        try:
            connected, _ = self._listener.accept()
        except OSError as error:  # it has left already, or no file can be opened now
            log.warning("nobody could be accepted", extra={"reason": str(error)})
            return
        self._make_room()
        line = Line(connected)
        line.within(HANDSHAKE_SECONDS)
        self._lines[line] = None
        threading.Thread(target=self._attend, args=(line,), name="gateway line", daemon=True).start()

    def _make_room(self) -> None:
        """Whoever has said nothing for longest goes first: one who has the key needs milliseconds to prove it."""
        lines = list(self._lines)
        strangers = [line for line in lines if not line.known]
        if len(strangers) >= MOST_STRANGERS or len(lines) >= MOST_LINES:
            (strangers or lines)[0].cut()

    def _cut_off_the_late(self) -> None:
        now = monotonic()
        for line in list(self._lines):
            if line.is_late(now):
                line.cut()

    def _attend(self, line: Line) -> None:
        """One line, from its first byte to its end."""
        try:
            line.welcome(self._key)
            _Conversation(line, self._door, self._epoch).run()
        except BROKEN as error:
            log.debug("a line has ended", extra={"reason": f"{type(error).__name__}: {error}"})
        finally:
            self._lines.pop(line, None)
            line.close()


class _Conversation:
    """What one line asks. Once it listens, only its listener writes to it."""

    def __init__(self, line: Line, door: Door, epoch: int) -> None:
        self._line = line
        self._door = door
        self._epoch = epoch
        self._listener: Listener | None = None

    def run(self) -> None:
        try:
            while True:
                self._line.within(math.inf)
                self._line.poll(None)
                self._line.within(FRAME_SECONDS)
                frame = self._line.receive()
                self._line.within(ANSWER_SECONDS)
                self._hear(frame)
        finally:
            if self._listener:
                self._listener.close()

    def _hear(self, frame: bytes) -> None:
        try:
            request = REQUEST.validate_json(frame)
        except ValidationError as error:
            self._say(Refused(code="invalid-message", reason=_first_problem(error)))
            return
        match request:
            case Subscribe() | Unsubscribe() | LookAgain():
                self._heed(request)
            case _:
                self._say(self._answer(request))

    def _heed(self, told: Told) -> None:
        match told:
            case Subscribe(user_id=user_id):
                self._listener = self._listener or self._door.listener(self._deliver)
                self._listener.subscribe(user_id)
            case Unsubscribe(user_id=user_id):
                if self._listener:
                    self._listener.unsubscribe(user_id)
            case LookAgain(user_id=user_id):
                self._door.look_again(user_id)

    def _deliver(self, user_id: str, snapshot: Json) -> None:
        """By the listener, in its own time. Raises one of `BROKEN` once nobody reads any more."""
        changed = Changed.model_validate({"user_id": user_id, "epoch": self._epoch, "snapshot": snapshot})
        try:
            self._line.send(changed.model_dump_json().encode())
        except BROKEN:
            self._line.cut()
            raise

    def _say(self, answer: Word) -> None:
        if self._listener:
            raise ValueError("a line that listens asks nothing")
        self._line.send(answer.model_dump_json().encode())

    def _answer(self, question: Question) -> Word:
        try:
            return self._ask(question)
        except MaestroError as error:
            return Refused(code=error.code, reason=str(error), burst_id=getattr(error, "burst_id", None))
        except Exception:  # a bug is this question's alone
            log.exception("a question could not be answered", extra={"question": question.type})
            return Refused(code="internal", reason="an internal error; the worker's log has the details")

    def _ask(self, question: Question) -> Word:
        door = self._door
        match question:
            case GetStatus(user_id=user_id):
                return Status.model_validate({"epoch": self._epoch, "snapshot": door.snapshot(user_id)})
            case StartBurst():
                return Started(burst_id=_start(door, question))
            case CancelBurst(user_id=user_id, burst_id=burst_id, reason=reason, anyones=anyones):
                by = question.by or user_id
                return Cancelled(cancelled=door.cancel_burst(burst_id, by, reason, None if anyones else user_id))
            case RegenerateJob(user_id=user_id, job_id=job_id):
                return Regenerating(job_id=door.regenerate(user_id, job_id))
            case GetFigures():
                return Figures(figures=door.figures())


def _start(door: Door, wish: StartBurst) -> str:
    counts = (wish.reels, wish.posts, wish.carousels)
    order = None if counts == (None, None, None) else PerKind(*(count or 0 for count in counts))
    return door.start_burst(
        *(wish.user_id, BurstKind(wish.kind), wish.brands, order, wish.seed),
        *(wish.idempotency_key, wish.request_hash),
    )


def _first_problem(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'the message'}: {first['msg']}"
