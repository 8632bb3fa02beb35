"""`create_app`: what there is, and in which order. Made from settings alone; two apps in one process share nothing."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from maestro_actors.gateway.address import address_of
from maestro_actors.gateway.client import Gateway
from maestro_actors.journal.database import connect, sqlite_url
from web import callers, guard, masking, problems, sessions, spec
from web.figures import Figures
from web.hub import Hub
from web.routes import BLUEPRINTS
from web.seats import Seats
from web.settings import WebSettings, read
from web.site import EXTENSION, MOST_WATCHERS, Site, media_url, utc_now
from web.tokens import Verifier
from web.visitors import Visitors


def create_app(settings: WebSettings | None = None) -> Flask:
    """The application; with no settings given, by the environment's.

    Raises:
        SettingsError: something that is set cannot be used, or something that is needed is not set.
    """
    settings = settings or read(os.environ)
    app = spec.described(__name__)
    site = _site(settings)
    app.extensions[EXTENSION] = site
    site.figures.register(app)
    problems.register(app)
    guard.register(app, _origin(site.media_url))
    sessions.register(app, settings)
    masking.register()
    callers.register(app)
    for blueprint in BLUEPRINTS:
        app.register_api(blueprint)
    guard.limit(app, guard.limiter())
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *(settings.proxies,) * 4)  # type: ignore[method-assign]  # as Flask says
    return app


def _site(settings: WebSettings) -> Site:
    maestro = settings.maestro
    address = address_of(maestro.home, maestro.gateway, maestro.gateway_key)
    engine = connect(maestro.database or sqlite_url(maestro.home / "maestro.db"))
    gateway, hub = Gateway(address), Hub(address)
    return Site(
        settings,
        engine,
        gateway,
        hub,
        Verifier(settings.tokens),
        Figures(gateway, hub),
        Seats(MOST_WATCHERS),
        media_url(settings.project),
        Visitors(engine, utc_now),
    )


def _origin(media: str | None) -> str | None:
    if media is None:
        return None
    parts = urlsplit(media)
    return f"{parts.scheme}://{parts.netloc}"
