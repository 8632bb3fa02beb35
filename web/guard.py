"""What holds for every request: how large it may be, how often it may come, and which headers its answer has."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Flask, Response, request
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from web import problems
from web.problems import unusable

MOST_BYTES: Final = 64 * 1024  # of a body; what there is to say takes a few thousand
WRITES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
DEFAULT_LIMIT: Final = "12000 per minute"  # of one address: a page asks once a second, a script fifty times


def _email() -> str:
    """Whose password somebody tries, from wherever."""
    body = request.get_json(silent=True)
    email = body.get("email") if isinstance(body, dict) else None
    return email.strip().lower() if isinstance(email, str) and email.strip() else "nobody"


# What may come less often, by endpoint: how often, and counted by what. No one address can use up what an e-mail has.
LIMITS: Final[Mapping[str, tuple[tuple[str, Callable[[], str]], ...]]] = {
    "session.sign_in": (("10 per minute", get_remote_address), ("30 per minute", _email)),
    "session.follow_link": (("20 per minute", get_remote_address),),
    "feed.read_feed": (("120 per minute", get_remote_address),),
}

# No inline script or style, and nothing from other hosts but the media.
POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def limiter() -> Limiter:
    """Counts requests by address, in this process alone: there is one of it."""
    return Limiter(get_remote_address, default_limits=[DEFAULT_LIMIT], storage_uri="memory://", headers_enabled=False)


def limit(app: Flask, limits: Limiter) -> None:
    """Let the app's requests come no more often than they may; for when its routes are there."""
    limits.init_app(app)
    for endpoint, several in LIMITS.items():
        view: Any = app.view_functions[endpoint]
        for rate, key in several:
            view = limits.limit(rate, key_func=key)(view)
        app.view_functions[endpoint] = view

    @app.errorhandler(RateLimitExceeded)
    def say_when(_error: RateLimitExceeded) -> Response:
        broken = limits.current_limit
        told = problems.too_many(max(1, math.ceil(broken.reset_at - time.time())) if broken else 60)
        return problems.response(told.problem, told.headers)


def register(app: Flask, media_origin: str | None) -> None:
    """Guard every request of the app. Media may come from the bucket's host."""
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    policy = _policy(media_origin)

    @app.before_request
    def read_json() -> None:
        """A body is a JSON object, whole and well-formed, or it is a problem here."""
        if request.content_length is None and len(request.get_data()) >= MOST_BYTES:
            raise RequestEntityTooLarge  # of a length that is not told, the rest would be cut off in silence
        sent = request.content_length or request.is_json or "Transfer-Encoding" in request.headers
        if sent and request.method in WRITES and not isinstance(_json(), dict):
            raise unusable("body", "it must be a JSON object")

    @app.after_request
    def add_headers(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Content-Security-Policy", policy)
        answer.headers.setdefault("Cache-Control", "no-store")
        if request.is_secure:
            answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return answer


def _json() -> object:
    try:
        return request.get_json()
    except (BadRequest, RecursionError):
        raise BadRequest("the body is no JSON, or it goes too deep") from None


def _policy(media_origin: str | None) -> str:
    policy = dict(POLICY)
    if media_origin:
        for directive in ("img-src", "media-src"):
            policy[directive] += f" {media_origin}"
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())
