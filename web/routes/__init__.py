"""The routes, one blueprint per noun."""

from __future__ import annotations

from typing import Final

from flask_openapi3 import APIBlueprint

from web.routes import admin, bursts, documentation, events, feed, operations, session, status

BLUEPRINTS: Final[tuple[APIBlueprint, ...]] = (
    status.blueprint,
    events.blueprint,
    bursts.blueprint,
    feed.blueprint,
    session.blueprint,
    admin.blueprint,
    operations.blueprint,
    documentation.blueprint,
)
