"""What routes for brands and for agents have in common."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, TypeVar

from flask import Response

from maestro_actors.core.content import Agent, Brand
from maestro_actors.core.fields import shown
from maestro_actors.core.validation import SLUG
from maestro_actors.journal.errors import UnknownSlugError
from maestro_actors.journal.library import Shelf
from web.answers import json_answer
from web.problems import unusable

T = TypeVar("T", bound=Brand | Agent)


def found(shelf: Shelf[T], user_id: str, slug: str, noun: str) -> T:
    """The user's brand, or agent, of that slug.

    Raises:
        UnknownSlugError: there is none, or it was removed.
    """
    if next(SLUG.findings(slug), None):  # a database may not even be able to look for it
        raise UnknownSlugError(f"there is no {noun} {slug!r}")
    return shelf.get(user_id, slug)


def of_the_same_slug(given: dict[str, Any], slug: str) -> dict[str, Any]:
    """What was given about the one of this slug.

    Raises:
        ProblemError: 422 where it has another slug.
    """
    if given.get("slug", slug) != slug:
        raise unusable("slug", f"it is {shown(given['slug'])}, and not {slug!r}: a slug never changes")
    return given | {"slug": slug}


def created(view: dict[str, Any], url: str) -> Response:
    """The answer for one that was added."""
    answer = json_answer(view, HTTPStatus.CREATED)
    answer.headers["Location"] = url
    return answer


def gone() -> Response:
    """The answer for one that was removed."""
    answer = Response(status=HTTPStatus.NO_CONTENT)
    del answer.headers["Content-Type"]
    return answer
