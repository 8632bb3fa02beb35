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
    feed,
    jobs,
    observatory,
    operations,
    routine,
    session,
    status,
    styles,
    today,
)

BLUEPRINTS: Final[tuple[APIBlueprint, ...]] = (
    status.blueprint,
    today.blueprint,
    events.blueprint,
    bursts.blueprint,
    jobs.blueprint,
    calendar.blueprint,
    feed.blueprint,
    routine.blueprint,
    brands.blueprint,
    agents.blueprint,
    session.blueprint,
    observatory.blueprint,
    styles.blueprint,
    admin.blueprint,
    operations.blueprint,
    documentation.blueprint,
)
