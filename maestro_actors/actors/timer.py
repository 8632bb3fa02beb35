"""TimerActor: a heap of due messages. Deadlines, backoff and ticks all come from here."""

from __future__ import annotations

import heapq
import queue
import threading
import time
from itertools import count

from maestro_actors.actors.actor import Actor, tell
from maestro_actors.actors.messages import GetFigures, Ref, Remind, Tick
from maestro_actors.core.snapshot import Json

Alarm = queue.Queue[float | None]

LONGEST_SLEEP = 3600.0  # seconds; no thread can sleep for centuries, and waking early harms nothing


class TimerActor(Actor):
    """Owns the heap. A thread of its own sleeps until the first message is due, and tells it so."""

    def __init__(self) -> None:
        super().__init__()
        self._due: list[tuple[float, int, Remind]] = []
        self._order = count()
        self._alarm: Alarm = queue.Queue()

    def on_start(self) -> None:
        threading.Thread(
            target=sleep_until_due, args=(self._alarm, self.actor_ref), name="timer-clock", daemon=True
        ).start()

    def on_receive(self, message: Remind | Tick | GetFigures) -> Json | None:
        match message:
            case Remind():
                self._remember(message)
            case Tick():
                self._deliver()
            case GetFigures():
                return {"queues": {"reminders": len(self._due)}}
        return None

    def on_stop(self) -> None:
        self._alarm.put(None)

    def on_failure(self, *_: object) -> None:
        self._alarm.put(None)

    def _remember(self, remind: Remind) -> None:
        due = time.monotonic() + remind.delay
        heapq.heappush(self._due, (due, next(self._order), remind))
        if self._due[0][0] == due:
            self._alarm.put(due)

    def _deliver(self) -> None:
        while self._due and self._due[0][0] <= time.monotonic():
            _, _, remind = heapq.heappop(self._due)
            tell(remind.ref, remind.message)
        if self._due:
            self._alarm.put(self._due[0][0])


def sleep_until_due(alarm: Alarm, timer: Ref) -> None:
    """Tell the timer when the moment has come that the alarm was last set to, again and again until that is None.

    The alarm is no `SimpleQueue`, whose `get` can wait for ever where a fraction of a microsecond is left (in Python
    3.11: when it looks how long to wait, the rest has become negative, which means without end).
    """
    due: float | None = None
    while True:
        try:
            seconds = None if due is None else min(LONGEST_SLEEP, max(0.0, due - time.monotonic()))
            due = alarm.get(timeout=seconds)
            if due is None:
                return
        except queue.Empty:
            due = None
            tell(timer, Tick())
