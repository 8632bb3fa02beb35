"""WatcherActor: one line outside that wants to hear of some users' snapshots, and whatever blocks in writing to it.

A line that is slow hears the newest snapshot, and never of those in between: what comes while it is being written to
waits in the inbox, and takes the place of what is older.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from maestro_actors.actors.actor import Actor, tell
from maestro_actors.actors.messages import Leave, Ref, SnapshotChanged, Subscribe, Unsubscribe
from maestro_actors.core.snapshot import Json

log = logging.getLogger(__name__)

Deliver = Callable[[str, Json], None]


@dataclass(frozen=True, slots=True)
class Flush:
    """To oneself: deliver what has gathered."""


class WatcherActor(Actor):
    """Delivers the newest snapshot of each user that it was told to watch."""

    def __init__(self, deliver: Deliver, maestro: Ref) -> None:
        """`deliver` may block, and raises once nobody listens any more."""
        super().__init__()
        self._deliver = deliver
        self._maestro = maestro
        self._watched: set[str] = set()
        self._newest: dict[str, Json] = {}

    def on_receive(self, message: SnapshotChanged | Subscribe | Unsubscribe | Flush | Leave) -> None:
        match message:
            case SnapshotChanged(user_id, snapshot):
                if user_id in self._watched:
                    self._note(user_id, snapshot)
            case Flush():
                self._flush()
            case Subscribe(user_id):
                self._watched.add(user_id)
                tell(self._maestro, message)
            case Unsubscribe(user_id):
                self._watched.discard(user_id)
                self._newest.pop(user_id, None)
                tell(self._maestro, message)
            case Leave():
                self._leave()

    def _note(self, user_id: str, snapshot: Json) -> None:
        if not self._newest:
            tell(self.actor_ref, Flush())
        self._newest[user_id] = snapshot

    def _flush(self) -> None:
        newest, self._newest = self._newest, {}
        for user_id, snapshot in newest.items():
            try:
                self._deliver(user_id, snapshot)
            except Exception as error:  # noqa: BLE001 - whatever a line ends with, it is the end of this watcher alone
                log.debug("a watcher has gone", extra={"reason": f"{type(error).__name__}: {error}"})
                self._leave()
                return

    def _leave(self) -> None:
        for user_id in self._watched:
            tell(self._maestro, Unsubscribe(user_id, self.actor_ref))
        self.stop()
