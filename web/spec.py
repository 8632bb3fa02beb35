"""The description of the API, as OpenAPI 3.1: made of the very models that check requests and shape answers."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final

from flask_openapi3 import Info, OpenAPI
from flask_openapi3.models import OPENAPI3_REF_PREFIX

from web import problems
from web.problems import MEDIA_TYPE, Problem

SECURITY: Final[list[dict[str, list[Any]]]] = [{"token": []}, {"session": []}]
SCHEMES: Final[dict[str, Any]] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "An access token of Supabase Auth.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "maestro_access",
        "description": "A browser's session. Writes need the header X-CSRF-Token, too.",
    },
}
ABOUT: Final = (
    "Tells and asks the worker that owns the bursts. Errors are RFC 9457 problems; what is unknown and what is another "
    "user's are both 404. Times are RFC 3339 in UTC. Lists take `limit` and an opaque `cursor`."
)

# Problems that every call may answer with, in words.
EVERYWHERE: Final = {
    "401": "Nobody we know calls.",
    "429": "Too many requests: try again after a while.",
    "500": "An internal error.",
    "503": "The worker or the database is out of reach.",
}

# And those of calls that have something in their path, or that write.
WITH_PATH: Final = {"404": "There is no such thing, or it is another user's."}
WITH_BODY: Final = {
    "400": "The body is no JSON.",
    "413": "The body is too large.",
    "415": "The body is not said to be JSON.",
}


class Described(OpenAPI):
    """A Flask app whose description knows that errors are problems."""

    def generate_spec_json(self) -> None:
        """Made once, when it is asked for first."""
        super().generate_spec_json()  # type: ignore[no-untyped-call]  # as it is there
        for path, operations in self.spec_json["paths"].items():
            for method, operation in operations.items():
                specific = (WITH_PATH if "{" in path else {}) | (WITH_BODY if method not in ("get", "head") else {})
                _describe_problems(operation, EVERYWHERE | specific)


def described(name: str) -> Described:
    """The app, without routes."""
    info = Info(title="Maestro", version=version("maestro-actors"), description=ABOUT)
    return Described(
        name,
        info=info,
        security_schemes=SCHEMES,
        doc_ui=False,
        validation_error_model=Problem,
        validation_error_callback=problems.validation_response,
        static_folder="static",
    )


def _describe_problems(operation: dict[str, Any], problems: dict[str, str]) -> None:
    answers = operation.setdefault("responses", {})
    for status, text in problems.items():
        answers.setdefault(status, {"description": text})
    for status, answer in answers.items():
        if status.startswith(("4", "5")):
            answer["content"] = {MEDIA_TYPE: {"schema": {"$ref": f"{OPENAPI3_REF_PREFIX}/{Problem.__name__}"}}}
