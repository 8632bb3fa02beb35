"""The routes, one blueprint per noun."""

from __future__ import annotations

from typing import Final

from flask_openapi3 import APIBlueprint

from web.routes import (
    admin,
    agents,
    brands,
    bursts,
    calendar,
    documentation,
    events,
    jobs,
    observatory,
    operations,
    routine,
    status,
    today,
)

BLUEPRINTS: Final[tuple[APIBlueprint, ...]] = (
    status.blueprint,
    today.blueprint,
    events.blueprint,
    bursts.blueprint,
    jobs.blueprint,
    calendar.blueprint,
    routine.blueprint,
    brands.blueprint,
    agents.blueprint,
    admin.blueprint,
    operations.blueprint,
    documentation.blueprint,
    observatory.blueprint,
)
