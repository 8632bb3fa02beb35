"""Sessions: one for each sign-in, in the index, until it is signed out.

The rules of refreshing are the real server's (internal/tokens/service.go): each refresh makes a new refresh
token. One that was used already is answered with the active one when its holder has probably lost the answer:
within ten seconds, or when it is the one just before. Any other is a sign of theft, and ends the session.
"""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from supabase_local import auth_errors
from supabase_local.database import Database
from supabase_local.refresh_tokens import RefreshToken
from supabase_local.rows import timestamp

REUSE_INTERVAL: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Session:
    """A user who is signed in, since when, and how often and when last the session was refreshed."""

    id: str
    user_id: str
    counter: int
    created_at: str
    refreshed_at: str

    @property
    def refresh_token(self) -> RefreshToken:
        """The active one."""
        return RefreshToken(self.id, self.counter)

    @property
    def signed_in_at(self) -> datetime:
        return datetime.fromisoformat(self.created_at)

    def answers_again(self, used: RefreshToken, now: datetime) -> bool:
        """Whether a refresh token that was used before is answered with the active one."""
        age = now - datetime.fromisoformat(self.refreshed_at)
        return used.counter == self.counter - 1 or age < REUSE_INTERVAL


class Sessions:
    """The sessions of one folder. Safe for many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, user_id: str, now: datetime) -> Session:
        moment = timestamp(now)
        session = Session(str(uuid4()), user_id, 0, moment, moment)
        with self._database.writing() as connection:
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", astuple(session))
        return session

    def find(self, session_id: str) -> Session | None:
        with self._database.reading() as connection:
            return _find(connection, session_id)

    def refresh(self, used: RefreshToken, user_id: str, now: datetime) -> Session:
        """The user's session, whose refresh token is a new one or, for one that was used before, the active one.

        Raises:
            AuthError: refresh_token_not_found, or refresh_token_already_used, which has ended the session.
        """
        with self._database.writing() as connection:
            session = _find(connection, used.session_id)
            if session is None or session.user_id != user_id or session.counter < used.counter:
                raise auth_errors.refresh_token_not_found()
            if session.counter == used.counter:
                session = replace(session, counter=session.counter + 1, refreshed_at=timestamp(now))
                _update(connection, session)
                return session
            if session.answers_again(used, now):
                return session
            connection.execute("DELETE FROM sessions WHERE id = ?", (session.id,))
        raise auth_errors.refresh_token_already_used()  # outside, so that the end of the session is kept

    def close(self, session: Session) -> None:
        with self._database.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE id = ?", (session.id,))

    def close_others(self, session: Session) -> None:
        """Sign the session's user out everywhere else."""
        with self._database.writing() as connection:
            values = (session.user_id, session.id)
            connection.execute("DELETE FROM sessions WHERE user_id = ? AND id != ?", values)

    def close_all(self, user_id: str) -> None:
        with self._database.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE user_id = ?", (user_id,))


def _find(connection: sqlite3.Connection, session_id: str) -> Session | None:
    row = connection.execute("SELECT * FROM sessions WHERE id = ?", (session_id,)).fetchone()
    return None if row is None else Session(*row)


def _update(connection: sqlite3.Connection, session: Session) -> None:
    values = (session.counter, session.refreshed_at, session.id)
    connection.execute("UPDATE sessions SET counter = ?, refreshed_at = ? WHERE id = ?", values)
