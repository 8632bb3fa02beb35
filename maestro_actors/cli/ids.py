"""Which burst or which job somebody means by an id, or by the beginning of one."""

from __future__ import annotations

from maestro_actors.errors import MaestroError
from maestro_actors.journal.history import History

SHORTEST = 6  # characters of an id


class NotFoundError(MaestroError):
    """Nothing of the user's has that id, or too much has."""


def whole(history: History, user_id: str, beginning: str) -> tuple[str, str]:
    """The id of the one burst, or else of the one job, that begins so.

    Raises:
        NotFoundError: none does, or several do.
    """
    bursts, jobs = _ids(history, user_id, beginning)
    if beginning in bursts or beginning in jobs:
        return (beginning, "") if beginning in bursts else ("", beginning)
    _require_one(beginning, bursts + jobs)
    if not bursts and not jobs:
        raise NotFoundError(
            f"there is no burst and no job {beginning!r}: `maestro history` lists your bursts, "
            "`maestro history --jobs` your jobs"
        )
    return "".join(bursts), "".join(jobs)


def whole_burst(history: History, user_id: str, beginning: str) -> str:
    """The id of the one burst that begins so.

    Raises:
        NotFoundError: none does, or several do.
    """
    bursts, _ = _ids(history, user_id, beginning)
    if beginning in bursts:
        return beginning
    _require_one(beginning, bursts)
    if not bursts:
        raise NotFoundError(f"there is no burst {beginning!r}: `maestro history` lists your bursts")
    return bursts[0]


def whole_job(history: History, user_id: str, beginning: str) -> str:
    """The id of the one job that begins so.

    Raises:
        NotFoundError: none does, or several do.
    """
    _, jobs = _ids(history, user_id, beginning)
    if beginning in jobs:
        return beginning
    _require_one(beginning, jobs)
    if not jobs:
        raise NotFoundError(f"there is no job {beginning!r}: `maestro history --jobs` lists your jobs")
    return jobs[0]


def _ids(history: History, user_id: str, beginning: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return history.ids(user_id, beginning) if beginning.isascii() else ((), ())


def _require_one(beginning: str, found: tuple[str, ...]) -> None:
    if len(beginning) < SHORTEST:
        raise NotFoundError(f"{beginning!r} is too short for an id: give {SHORTEST} characters or more")
    if len(found) > 1:
        raise NotFoundError(f"several ids begin with {beginning!r}: give more of it")
