"""The side of the web and of the command line: ask a worker. A worker that was away is found again by itself."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from typing import Final, TypeVar

from maestro_actors.errors import MaestroError, PassingError
from maestro_actors.gateway.address import Address, call
from maestro_actors.gateway.line import BROKEN, Line
from maestro_actors.gateway.messages import (
    ANSWER,
    Answer,
    CancelBurst,
    Cancelled,
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
    Word,
)

CALL_SECONDS: Final = 2.0  # until a worker has taken the call and shown that it has the key
ANSWER_SECONDS: Final = 12.0  # until it has answered; it gives up on itself after ten
STATUS_SECONDS: Final = 3.0  # the same for what it knows by heart
LINES: Final = 16  # to one worker at once

T = TypeVar("T")


class WorkerAwayError(PassingError):
    """No worker can be reached."""

    code = "worker-away"


class WrongKeyError(WorkerAwayError):
    """A worker that has another key."""


class WorkerSlowError(PassingError):
    """The worker did not answer in time."""

    code = "worker-slow"


class RefusedError(MaestroError):
    """The worker refused; `code` says why in a word, and `burst_id` which burst stands in the way."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.code = refused.code
        self.burst_id = refused.burst_id


class Gateway:
    """Asks a worker, from any thread. Lines are kept, and not more than `LINES`; whoever finds none free waits a while.

    Every call raises `WorkerAwayError`, `WorkerSlowError`, and `RefusedError` where the worker refuses.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._lines: queue.LifoQueue[Line | None] = queue.LifoQueue()
        for _ in range(LINES):
            self._lines.put(None)

    def status(self, user_id: str) -> Status:
        """The user's snapshot."""
        answer = self._ask(GetStatus(user_id=user_id), STATUS_SECONDS, again=True)
        assert isinstance(answer, Status)
        return answer

    def start_burst(self, wish: StartBurst) -> str:
        """Begin a burst; answers with its id once it is on record."""
        answer = self._ask(wish, ANSWER_SECONDS, again=wish.idempotency_key is not None)
        assert isinstance(answer, Started)
        return answer.burst_id

    def cancel_burst(self, command: CancelBurst) -> bool:
        """Stop a burst; False if it had ended already."""
        answer = self._ask(command, ANSWER_SECONDS, again=True)
        assert isinstance(answer, Cancelled)
        return answer.cancelled

    def regenerate(self, user_id: str, job_id: str) -> str:
        """Make a job anew; answers with the new job's id."""
        answer = self._ask(RegenerateJob(user_id=user_id, job_id=job_id), ANSWER_SECONDS, again=True)
        assert isinstance(answer, Regenerating)
        return answer.job_id

    def figures(self) -> dict[str, object]:
        """What goes on in the worker, in numbers."""
        answer = self._ask(GetFigures(), ANSWER_SECONDS, again=True)
        assert isinstance(answer, Figures)
        return answer.figures

    def look_again(self, user_id: str) -> None:
        """Say that the user's daily time or pause was changed; a worker that is away will see it by itself."""
        with suppress(PassingError):
            self._with_line(lambda line: _send(line, LookAgain(user_id=user_id)), CALL_SECONDS, again=True)

    def close(self) -> None:
        """Hang up; nobody may be asking any more."""
        with suppress(queue.Empty):
            while True:
                line = self._lines.get_nowait()
                if line:
                    line.close()

    def _ask(self, question: Question, seconds: float, again: bool) -> Answer:
        deadline = time.monotonic() + seconds
        answer = self._with_line(lambda line: _asked(line, question, deadline), seconds, again)
        if isinstance(answer, Refused):
            raise RefusedError(answer)
        return answer

    def _with_line(self, work: Callable[[Line], T], seconds: float, again: bool) -> T:
        """Do it with a line that was kept, or a new one; with `again`, once more where the kept one turns out dead."""
        line = self._take(seconds)
        try:
            if line and line.poll(0):  # nothing was asked: it has ended since
                line.close()
                line = None
            if line and again:
                try:
                    return work(line)
                except BROKEN:
                    line.close()
                    line = None
            line = line or dial(self._address)
            return work(line)
        except BROKEN as error:
            if line:
                line.close()
                line = None
            raise away(self._address, error) from error
        except WorkerSlowError:
            if line:
                line.close()  # its answer may still come, and is nobody's
                line = None
            raise
        finally:
            self._lines.put(line)

    def _take(self, seconds: float) -> Line | None:
        try:
            return self._lines.get(timeout=seconds)
        except queue.Empty:
            raise WorkerSlowError("every line to the worker is busy: try again in a while") from None


def _asked(line: Line, question: Question, deadline: float) -> Answer:
    _send(line, question)
    if not line.poll(max(0.0, deadline - time.monotonic())):
        raise WorkerSlowError("the worker gave no answer in time: try again in a while")
    return ANSWER.validate_json(line.receive())


def _send(line: Line, word: Word) -> None:
    line.send(word.model_dump_json().encode())


def dial(address: Address) -> Line:
    """A line to the worker there, which has shown that it has the key. Raises one of `BROKEN`, or `WorkerSlowError`."""
    line = Line(call(address, CALL_SECONDS))
    try:
        if not line.poll(CALL_SECONDS):
            raise WorkerSlowError(f"the worker at {address} takes no calls: try again in a while")
        line.introduce(address.key)
    except BaseException:
        line.close()
        raise
    return line


def away(address: Address, error: BaseException) -> WorkerAwayError:
    """What to say of a worker that cannot be reached for this reason."""
    if isinstance(error, AuthenticationError | AssertionError):
        return WrongKeyError(
            f"the worker at {address} has another key: give both the same MAESTRO_GATEWAY_KEY, or MAESTRO_HOME"
        )
    return WorkerAwayError(f"no worker answers at {address}: start one with `maestro worker`")
