"""What holds for every request: how large it may be, how often it may come, and which headers its answer has."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import BadRequest

from web.problems import unusable

MOST_BYTES: Final = 64 * 1024  # of a body; what there is to say takes a few thousand
WRITES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
DEFAULT_LIMIT: Final = "12000 per minute"  # of one address: a page asks once a second, a script fifty times

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


def register(app: Flask, media_origin: str | None) -> None:
    """Guard every request of the app. Media may come from the bucket's host."""
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    policy = _policy(media_origin)

    @app.before_request
    def read_json() -> None:
        """A body is a JSON object, whole and well-formed, or it is a problem here."""
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
        for cookie in g.get("cookies", ()):
            cookie(answer)
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
