"""What lets somebody in without a password: a link that signs in once, and the secret of a calendar's feed.

Each is 256 random bits that nobody can guess, of which the database has the hash alone. A link leads to a session,
which is sealed with a key that only the link's token yields: whoever reads the database can sign in as nobody.
Every call raises `PassingError` or `DatabaseError` like `database.writing`.
"""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, Engine, delete, insert, select

from maestro_actors.journal.bulk import insert_or_replace
from maestro_actors.journal.database import reading, writing
from maestro_actors.journal.tables import feeds, sign_in_links

LINK_LIFETIME: Final = timedelta(minutes=10)
SECRET_BYTES: Final = 32


class Passes:
    """The links and the feeds of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def leave(self, session: str, now: datetime) -> str:
        """Leave a session, as any text, for whoever comes first with the token that this answers, in ten minutes."""
        token = secrets.token_urlsafe(SECRET_BYTES)
        row = {"token_hash": _hash(token), "sealed": _seal(token, session), "expires_at": now + LINK_LIFETIME}
        with writing(self._engine) as connection:
            _sweep(connection, now)
            connection.execute(insert(sign_in_links).values(row))
        return token

    def spend(self, token: str, now: datetime) -> str | None:
        """The session that was left for this token, which is spent; None if it was before, or is too old, or unknown.

        Of two who come at once exactly one gets it: a row can be deleted once.
        """
        taken = delete(sign_in_links).where(sign_in_links.c.token_hash == _hash(token))
        with writing(self._engine) as connection:
            _sweep(connection, now)
            sealed = connection.execute(taken.returning(sign_in_links.c.sealed)).scalar()
        return None if sealed is None else _unseal(token, sealed)

    def open_feed(self, user_id: str, now: datetime) -> str:
        """A new secret for the user's feed, in place of the one it had, which lets nobody in any more."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        row = {"user_id": user_id, "token_hash": _hash(secret), "created_at": now}
        with writing(self._engine) as connection:
            connection.execute(insert_or_replace(connection.dialect, feeds, row))
        return secret

    def close_feed(self, user_id: str) -> None:
        """Let the user have no feed."""
        with writing(self._engine) as connection:
            connection.execute(delete(feeds).where(feeds.c.user_id == user_id))

    def feed_of(self, user_id: str) -> datetime | None:
        """Since when the user's feed has its secret; None where there is none."""
        with reading(self._engine) as connection:
            return connection.execute(select(feeds.c.created_at).where(feeds.c.user_id == user_id)).scalar()

    def owner_of_feed(self, secret: str) -> str | None:
        """Whose feed it is that this secret opens, if it opens one."""
        with reading(self._engine) as connection:
            return connection.execute(select(feeds.c.user_id).where(feeds.c.token_hash == _hash(secret))).scalar()


def _sweep(connection: Connection, now: datetime) -> None:
    connection.execute(delete(sign_in_links).where(sign_in_links.c.expires_at <= now))


def _hash(secret: str) -> str:
    """A plain hash will do for 256 random bits: there is nothing to guess that salt or effort would slow down."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def _seal(token: str, session: str) -> str:
    return _lock_of(token).encrypt(session.encode()).decode()


def _unseal(token: str, sealed: str) -> str | None:
    try:
        return _lock_of(token).decrypt(sealed).decode()
    except InvalidToken:  # somebody has written into the database who did not know the token
        return None


def _lock_of(token: str) -> Fernet:
    """The key comes from the token by another way than the hash, which tells nothing about it."""
    derived = HKDF(SHA256(), length=32, salt=None, info=b"maestro sign-in link").derive(token.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
