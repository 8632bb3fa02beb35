"""What can be set for the web, and what it is when nobody sets it. Read from the environment once."""

from __future__ import annotations

import base64
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from maestro_actors import settings
from maestro_actors.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Tokens:
    """How access tokens are checked: with the project's secret (HS256), or with its published keys (at `jwks_url`)."""

    secret: str | None = field(repr=False)
    jwks_url: str | None
    audience: str = "authenticated"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Where people sign in. The anon key is public; the service key never comes here."""

    url: str
    anon_key: str


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`maestro` is what the worker goes by, too; `project` is where the Supabase project is.

    `cookie_key` encrypts the cookies, or None for a key that is made once and kept; `proxies` stand in front.
    With `renditions` the storage makes pictures smaller on their way out, which hosted projects charge for.
    """

    maestro: settings.Settings
    project: str | None
    tokens: Tokens
    sign_in: SignIn | None
    cookie_key: bytes | None = field(repr=False)
    metrics_token: str | None = field(repr=False)
    secure_cookies: bool = False
    renditions: bool = False
    proxies: int = 0


def read(environment: Mapping[str, str]) -> WebSettings:
    """Settings from environment variables; an empty one counts as not set.

    Raises:
        SettingsError: a variable has a value that cannot be used, or one that is needed is missing.
    """

    def get(name: str) -> str | None:
        return settings.text_of(environment, name)

    url = _url(get("SUPABASE_URL"))
    anon_key = get("SUPABASE_ANON_KEY")
    # The web writes nothing into the bucket: of the project it needs the address alone.
    without_key = {name: value for name, value in environment.items() if name != "SUPABASE_SERVICE_KEY"}
    maestro = settings.read(without_key | {"SUPABASE_URL": ""})
    return WebSettings(
        maestro=maestro,
        project=url,
        tokens=_tokens(get("SUPABASE_JWT_SECRET"), get("SUPABASE_JWKS_URL"), url),
        sign_in=SignIn(url, anon_key) if url and anon_key else None,
        cookie_key=_cookie_key(get("MAESTRO_COOKIE_KEY")),
        metrics_token=get("MAESTRO_METRICS_TOKEN"),
        secure_cookies=_yes("MAESTRO_SECURE_COOKIES", get("MAESTRO_SECURE_COOKIES")),
        renditions=_yes("MAESTRO_RENDITIONS", get("MAESTRO_RENDITIONS")),
        proxies=_number("MAESTRO_PROXIES", get("MAESTRO_PROXIES")),
    )


def _url(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(f"SUPABASE_URL is {url!r}: it must look like https://yourproject.supabase.co")
    return url.rstrip("/")


def _tokens(secret: str | None, jwks_url: str | None, url: str | None) -> Tokens:
    if secret is None and jwks_url is None and url is None:
        raise SettingsError(
            "nobody could sign in: set SUPABASE_URL, whose published keys check access tokens, or SUPABASE_JWT_SECRET; "
            "on one machine `maestro up` sets everything"
        )
    if secret is not None and len(secret) < 32:
        raise SettingsError("SUPABASE_JWT_SECRET is too short for HS256: it must have 32 characters or more")
    if secret is not None:
        return Tokens(secret, None)
    return Tokens(None, jwks_url or f"{url}/auth/v1/.well-known/jwks.json")


def _yes(name: str, value: str | None) -> bool:
    if value not in (None, "0", "1"):
        raise SettingsError(f"{name} is {value!r}: it must be 1 or 0")
    return value == "1"


def _number(name: str, value: str | None) -> int:
    if value is None:
        return 0
    number = settings.whole_number(value, 0, 10)
    if number is None:
        raise SettingsError(
            f"{name} is {reprlib.repr(value)}: it must be how many proxies stand in front, from 0 to 10"
        )
    return number


def _cookie_key(given: str | None) -> bytes | None:
    """The 256 bits that are set."""
    if given is None:
        return None
    try:
        key = base64.b64decode(given, altchars=b"-_", validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise SettingsError(
            "MAESTRO_COOKIE_KEY is no key: it must be 32 random bytes in URL-safe base64, as from "
            "`openssl rand -base64 32 | tr +/ -_`; leave it unset for one that is kept in MAESTRO_HOME"
        )
    return key
