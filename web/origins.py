"""Where a request comes from: a page of ours or another site's, this machine or another."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from flask import request

from web import problems

OURS: Final = {"same-origin", "none"}  # "none": a person's own doing, such as a bookmark
LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}
PASSED_ON: Final = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via")


def refuse_foreign() -> None:
    """See to it that what is sent comes from a page of this host, or from no page at all.

    Raises:
        ProblemError: 403, another site has sent it.
    """
    origin, ours = request.headers.get("Origin"), request.host_url.rstrip("/")
    if origin is not None and origin != ours:
        raise problems.forbidden(
            f"this comes from a page of {origin}, and here is {ours}; behind a proxy, set MAESTRO_PROXIES"
        )
    if request.headers.get("Sec-Fetch-Site", "none") not in OURS:
        raise problems.forbidden("this comes from another site's page")


def refuse_distant() -> None:
    """See to it that who calls is on this very machine, and knows it by a name that no other has.

    The name counts because a page anywhere may have a host of its own resolve to this machine.

    Raises:
        ProblemError: 403, it came from elsewhere.
    """
    if not is_near():
        raise problems.forbidden("this works on the machine that Maestro runs on alone, at 127.0.0.1 or localhost")


def is_near() -> bool:
    """Whether somebody on this very machine calls, by a name that no other has, and through nobody else."""
    return _is_loopback_name(request.host) and _is_loopback(request.remote_addr) and not _is_passed_on()


def _is_passed_on() -> bool:
    return any(name in request.headers for name in PASSED_ON)


def _is_loopback_name(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in LOOPBACK
    except ValueError:
        return False


def _is_loopback(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
