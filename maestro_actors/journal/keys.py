"""Idempotency keys: the same key stands for the same request, and so for the same burst."""

from __future__ import annotations

from sqlalchemy import Connection, select

from maestro_actors.journal.errors import IdempotencyConflictError
from maestro_actors.journal.tables import idempotency_keys


def burst_of_key(connection: Connection, user_id: str, key: str, request_hash: str) -> str | None:
    """The burst that an idempotency key stands for, if it was used before.

    Raises:
        IdempotencyConflictError: it was, with another request.
    """
    query = select(idempotency_keys.c.request_hash, idempotency_keys.c.burst_id).where(
        idempotency_keys.c.user_id == user_id, idempotency_keys.c.key == key
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        return None
    if found.request_hash != request_hash:
        raise IdempotencyConflictError(
            f"the idempotency key {key!r} stands for another request, which began burst {found.burst_id}: "
            "use a new key for a new request"
        )
    burst_id: str = found.burst_id
    return burst_id
