"""The one user of a folder, who may sign in. Standard library only, because `launch` reads it.

A folder has one user as it has one pair of keys: made once, with a random password, in a file that only its
owner may read. The user's id may be changed; sessions of the old id then belong to nobody and are refused.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from supabase_local import secret_files
from supabase_local.rows import Json, timestamp

FILE_NAME: Final = "user.json"
DEFAULT_ID: Final = "6d616573-7472-4f6f-8000-000000000001"
# Of the domains for private use, one that validators of addresses accept; they refuse .local and .localhost.
EMAIL: Final = "studio@maestro.internal"
ROLE: Final = "authenticated"  # as the role and as the audience, as there
APP_METADATA: Final = {"provider": "email", "providers": ["email"], "role": "admin"}


@dataclass(frozen=True, slots=True)
class User:
    """Who may sign in: a UUID, an address, when the user was made. The password stays out of the repr."""

    id: str
    email: str
    password: str = field(repr=False)
    created_at: str

    def __post_init__(self) -> None:
        if not all(isinstance(value, str) for value in (self.email, self.password, self.created_at)):
            raise TypeError("email, password and created_at must be texts")
        UUID(self.id)

    def accepts(self, email: str, password: str) -> bool:
        """Whether these are the user's; how long the answer takes says nothing about them."""
        same_email = hmac.compare_digest(_bytes(email.lower()), _bytes(self.email))
        return hmac.compare_digest(_bytes(password), _bytes(self.password)) and same_email

    def to_json(self, last_sign_in_at: str) -> Json:
        """As the API shows the user, with the keys in its order."""
        return {
            "id": self.id,
            "aud": ROLE,
            "role": ROLE,
            "email": self.email,
            "email_confirmed_at": self.created_at,
            "phone": "",
            "confirmed_at": self.created_at,
            "last_sign_in_at": last_sign_in_at,
            "app_metadata": APP_METADATA,
            "user_metadata": {},
            "identities": [self._identity(last_sign_in_at)],
            "created_at": self.created_at,
            "updated_at": last_sign_in_at,
            "is_anonymous": False,
        }

    def _identity(self, last_sign_in_at: str) -> Json:
        return {
            "identity_id": str(uuid5(NAMESPACE_URL, f"identity:{self.id}")),
            "id": self.id,
            "user_id": self.id,
            "identity_data": {"email": self.email, "email_verified": True, "phone_verified": False, "sub": self.id},
            "provider": "email",
            "last_sign_in_at": last_sign_in_at,
            "created_at": self.created_at,
            "updated_at": self.created_at,
            "email": self.email,
        }


def load_user(folder: Path) -> User:
    """The folder's user; FileNotFoundError where no server ever ran, ValueError where the file is damaged."""
    path = folder / FILE_NAME
    text = path.read_text("utf-8")
    try:
        return User(**json.loads(text))
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(f"{path} holds no user ({error}); remove it and a new one is made") from error


def load_or_create_user(folder: Path, user_id: str | None = None) -> User:
    """The folder's user. Whoever comes first makes it; all others read that one.

    An id that is given, as a UUID, is the user's from now on: only the one server of the folder may give one.
    """
    try:
        user = load_user(folder)
    except FileNotFoundError:
        secret_files.create(folder / FILE_NAME, _text(_new_user(user_id or DEFAULT_ID)))
        user = load_user(folder)
    if user_id is None or user.id == user_id:
        return user
    user = replace(user, id=user_id)
    secret_files.replace(folder / FILE_NAME, _text(user))
    return user


def _new_user(user_id: str) -> User:
    return User(user_id, EMAIL, secrets.token_urlsafe(18), timestamp(datetime.now(UTC)))


def _text(user: User) -> str:
    return json.dumps(asdict(user), indent=1)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # JSON can hold half a surrogate pair
