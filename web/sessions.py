"""A browser's session: access and refresh token in encrypted cookies that no script can read."""

from __future__ import annotations

from flask import Flask

from web.settings import WebSettings
from web.tokens import Identity


def register(app: Flask, settings: WebSettings) -> None:
    """Let the app have sessions."""


def identity() -> Identity | None:
    """Whose session it is that calls, if there is one."""
    return None


def refuse_forged() -> None:
    """See to it that a write comes from a page of ours."""
