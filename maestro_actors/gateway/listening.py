"""Listen to a worker: hear of every change of some users' snapshots, through one line that finds back by itself."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Final

from maestro_actors.gateway.address import Address
from maestro_actors.gateway.client import WorkerAwayError, WorkerSlowError, away, dial
from maestro_actors.gateway.line import BROKEN, Line
from maestro_actors.gateway.messages import ANSWER, Changed, Subscribe, Told, Unsubscribe

AGAIN_SECONDS: Final = 0.25  # between two calls, while nobody answers
SILENCE_SECONDS: Final = 5.0  # after which it asks whether anybody is there; and once more, after which nobody is

Trouble = WorkerAwayError | WorkerSlowError


class Subscription:
    """Calls `changed` with what a worker says, and `trouble` when it cannot be heard, and with None when it can again.

    Both are called in a thread of its own, which alone has the line. After `close` neither is called.
    """

    def __init__(
        self, address: Address, changed: Callable[[Changed], object], trouble: Callable[[Trouble | None], object]
    ) -> None:
        self._address = address
        self._changed = changed
        self._trouble = trouble
        self._orders: queue.SimpleQueue[Told | None] = queue.SimpleQueue()
        self._woken, self._wake = socket.socketpair()
        self._users: set[str] = set()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="gateway subscription", daemon=True)
        self._thread.start()

    def subscribe(self, user_id: str) -> None:
        """Hear of this user from now on; once more, and the worker says again how it is now."""
        self._order(Subscribe(user_id=user_id))

    def unsubscribe(self, user_id: str) -> None:
        """Hear no more of this user."""
        self._order(Unsubscribe(user_id=user_id))

    def close(self) -> None:
        """Hang up."""
        self._order(None)
        self._thread.join(SILENCE_SECONDS)

    def _order(self, order: Told | None) -> None:
        self._orders.put(order)
        with suppress(OSError):  # it has closed already
            self._wake.send(b".")

    def _run(self) -> None:
        while not self._closed:
            try:
                self._listen(dial(self._address))
            except (WorkerAwayError, WorkerSlowError) as error:
                self._trouble(error)
            except BROKEN as error:
                self._trouble(away(self._address, error))
            if not self._closed and wait([self._woken], AGAIN_SECONDS):
                self._heed(None)
        self._woken.close()
        self._wake.close()

    def _listen(self, line: Line) -> None:
        try:
            for user_id in self._users:
                _send(line, Subscribe(user_id=user_id))
            self._trouble(None)
            self._hear(line)
        finally:
            line.close()

    def _hear(self, line: Line) -> None:
        heard, asked = time.monotonic(), False
        while not self._closed:
            ready = wait([line.fileno(), self._woken], max(0.0, heard + SILENCE_SECONDS - time.monotonic()))
            if self._woken in ready:
                self._heed(line)
            if line.fileno() in ready:
                self._note(line.receive())
                heard, asked = time.monotonic(), False
            elif time.monotonic() >= heard + SILENCE_SECONDS:
                if asked:
                    raise WorkerSlowError("the worker does not answer: it hangs, or is very busy")
                asked = self._ask_for_a_word(line)
                heard = time.monotonic()

    def _ask_for_a_word(self, line: Line) -> bool:
        """Whoever subscribes again hears how it is now. Without users nothing is to be heard."""
        for user_id in self._users:
            _send(line, Subscribe(user_id=user_id))
            return True
        return False

    def _note(self, frame: bytes) -> None:
        word = ANSWER.validate_json(frame)
        if isinstance(word, Changed) and word.user_id in self._users:
            self._changed(word)

    def _heed(self, line: Line | None) -> None:
        self._woken.recv(4096)
        with suppress(queue.Empty):
            while True:
                order = self._orders.get_nowait()
                match order:
                    case None:
                        self._closed = True
                    case Subscribe(user_id=user_id):
                        self._users.add(user_id)
                    case Unsubscribe(user_id=user_id):
                        self._users.discard(user_id)
                if line and order and not self._closed:
                    _send(line, order)


def _send(line: Line, told: Told) -> None:
    line.send(told.model_dump_json().encode())
