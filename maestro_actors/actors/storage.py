"""StorageActor: owns the bucket. One upload at a time; a URL or a failure, always one of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol

from maestro_actors.actors.actor import tell
from maestro_actors.actors.desk import Backoff, Desk
from maestro_actors.actors.messages import (
    Begin,
    CountWork,
    Leave,
    Ref,
    Remind,
    Remove,
    Stored,
    StoreFailed,
    Task,
    Tick,
    Upload,
)
from maestro_actors.actors.recording import ObjectsRemoved
from maestro_actors.errors import MaestroError, PassingError

log = logging.getLogger(__name__)

OPEN_AGAIN = 1.0  # seconds until another look for a bucket that is not there


class Bucket(Protocol):
    """Where media is kept; `maestro_actors.storage` has the one in Supabase."""

    def upload(self, path: str, file: str, content_type: str, size: int) -> str:
        """Store the file at the path, whatever is there, and answer with a URL that serves its bytes.

        Raises:
            PassingError: the storage is away, slow or busy.
            StorageError: the storage refuses.
        """

    def remove(self, paths: tuple[str, ...]) -> None:
        """Remove the objects that exist at these paths. Raises as `upload`."""


class StorageActor(Desk[Upload | Remove]):
    """Uploads and removals wait in its queue, fair between bursts."""

    what = "upload"

    def __init__(
        self,
        bucket: Bucket,
        timer: Ref,
        backoff: Backoff,
        opening: Callable[[], None] | None = None,
        fatal: Callable[[MaestroError], object] = lambda _: None,
    ) -> None:
        """`opening`, if there is any, is done before the first work, until it works; `fatal` hears if it never will."""
        super().__init__(timer, backoff)
        self._bucket = bucket
        self._opening = opening
        self._fatal = fatal
        self._leaving = False

    def on_receive(self, message: Any) -> Any:
        match message:
            case Begin():
                self._summon()
                return None
            case CountWork():
                return len(self._waiting)
            case Leave():  # whoever asks is about to go: from now on only removals are done
                self._leaving = True
                self._waiting.take_out(lambda attempt: isinstance(attempt.command, Upload))
                return None
            case Upload() if self._leaving:
                return None
            case _:
                return super().on_receive(message)

    def _take_next(self) -> None:
        if self._is_open():
            super()._take_next()
        else:
            self._summoned = False
            tell(self._timer, Remind(self.actor_ref, Tick(), OPEN_AGAIN))

    def _is_open(self) -> bool:
        if self._opening is None:
            return True
        try:
            self._opening()
        except PassingError:
            return False
        except MaestroError as error:
            self._fatal(error)
            return False
        self._opening = None
        return True

    def _work(self, command: Upload | Remove) -> None:
        match command:
            case Upload(task, path, file, content_type, size):
                url = self._bucket.upload(path, file, content_type, size)
                tell(task.reply_to, Stored(task, url))
            case Remove(_, paths, journal):
                self._bucket.remove(paths)
                tell(journal, ObjectsRemoved(paths))

    def _fail(self, command: Upload | Remove, reason: str) -> None:
        match command:
            case Upload(task):
                tell(task.reply_to, StoreFailed(task, reason))
            case Remove(burst_id, paths):
                log.error("objects left behind", extra={"burst_id": burst_id, "paths": paths, "reason": reason})

    def _task(self, command: Upload | Remove) -> Task | None:
        return command.task if isinstance(command, Upload) else None

    def _group(self, command: Upload | Remove) -> str:
        return command.task.burst_id if isinstance(command, Upload) else command.burst_id
