"""What can go wrong with the journal, apart from what may pass: that is `errors.PassingError`."""

from __future__ import annotations

from datetime import date

from maestro_actors.errors import MaestroError, PassingError


class DatabaseError(MaestroError):
    """The database refuses, and will go on refusing: a missing permission, a broken file."""


class ClashError(DatabaseError):
    """Somebody else has written the same row in between; who looks again sees it."""


class TooLateError(PassingError):
    """Nothing was written: whoever asked for it is told by now that it failed."""

    def __init__(self) -> None:
        super().__init__("the database gave no answer in time: try again")


class DatabaseVersionError(MaestroError):
    """The database is of another version than this Maestro needs: empty, older or newer."""

    code = "unavailable"


class OwnedElsewhereError(MaestroError):
    """Another worker owns the bursts of this database."""


class SupersededError(MaestroError):
    """Another worker has taken over the bursts; this one may write no more."""

    code = "unavailable"


class UnreadableEventError(MaestroError):
    """An event of the journal that this Maestro cannot read."""

    def __init__(self, burst_id: str, seq: int, type_: str, version: int, reason: str) -> None:
        super().__init__(f"event {seq} of burst {burst_id} ({type_}, version {version}) cannot be read: {reason}")
        self.burst_id = burst_id
        self.seq = seq
        self.type = type_
        self.version = version


class DailyAlreadyDecidedError(MaestroError):
    """The user has a daily burst for that local date already."""

    code = "daily-already-decided"

    def __init__(self, message: str, burst_id: str, local_date: date) -> None:
        super().__init__(message)
        self.burst_id = burst_id
        self.local_date = local_date


class IdempotencyConflictError(MaestroError):
    """An idempotency key that was used before, with another request."""

    code = "idempotency-conflict"


class AlreadySettledError(MaestroError):
    """A job that asks for a slot but has another outcome already; outcomes are final."""


class BadCursorError(MaestroError):
    """A cursor that no list has given out."""

    code = "bad-cursor"


class UnknownJobError(MaestroError):
    """The user has no job of that id."""

    code = "unknown-job"


class UnknownSlugError(MaestroError):
    """The user has no such brand, or no such agent."""

    code = "unknown-slug"


class SlugTakenError(MaestroError):
    """The user has a brand, or an agent, of that slug already."""

    code = "slug-taken"
