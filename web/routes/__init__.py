"""The routes, one blueprint per noun."""

from __future__ import annotations

from typing import Final

from flask_openapi3 import APIBlueprint

from web.routes import admin, bursts, documentation, events, operations, status, today

BLUEPRINTS: Final[tuple[APIBlueprint, ...]] = (
    status.blueprint,
    today.blueprint,
    events.blueprint,
    bursts.blueprint,
    admin.blueprint,
    operations.blueprint,
    documentation.blueprint,
)
