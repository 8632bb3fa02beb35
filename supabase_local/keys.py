"""The secret of a folder and the two API keys that are signed with it, made once.

Standard library only, until keys must be made: reading them is all that `launch` needs.
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from supabase_local import secret_files

FILE_NAME = "keys.json"
ALGORITHM = "HS256"


@dataclass(frozen=True, slots=True)
class Keys:
    """What a Supabase project calls its JWT secret, service key and anon key. They stay out of its repr."""

    jwt_secret: str = field(repr=False)
    service_key: str = field(repr=False)
    anon_key: str = field(repr=False)


def load_or_create_keys(folder: Path) -> Keys:
    """The folder's keys. Whoever comes first makes them, whole and with mode 0600; all others read those."""
    try:
        return load_keys(folder)
    except FileNotFoundError:
        secret_files.create(folder / FILE_NAME, json.dumps(asdict(_new_keys()), indent=1))
    return load_keys(folder)


def load_keys(folder: Path) -> Keys:
    """The folder's keys; FileNotFoundError where no server ever ran, ValueError where the file is damaged."""
    path = folder / FILE_NAME
    text = path.read_text("utf-8")
    try:
        return Keys(**json.loads(text))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path} holds no keys ({error}); remove it and new ones are made") from error


def _new_keys() -> Keys:
    secret = secrets.token_urlsafe(48)
    return Keys(secret, _sign("service_role", secret), _sign("anon", secret))


def _sign(role: str, secret: str) -> str:
    import jwt

    claims = {"iss": "supabase_local", "role": role, "iat": int(time.time())}
    return jwt.encode(claims, secret, algorithm=ALGORITHM)
