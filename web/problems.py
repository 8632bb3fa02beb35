"""Every error as an RFC 9457 problem: `application/problem+json`, never a 200 around a failure.

`type` is a relative reference that stays; `detail` is a sentence for people. What is unknown and what is another
user's are both 404, with the same words.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.exceptions import HTTPException, NotFound

from maestro_actors.core.fields import InvalidError
from maestro_actors.errors import MaestroError
from maestro_actors.gateway.client import RefusedError
from maestro_actors.journal.errors import DatabaseError
from web import nowhere
from web.masking import masked

log = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
RETRY_SECONDS: Final = {HTTPStatus.SERVICE_UNAVAILABLE: 2, HTTPStatus.TOO_MANY_REQUESTS: 60}
NOWHERE: Final = "nothing is at this address: /openapi.json lists what there is"
CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="maestro"'}

# The status of each kind of error, by its code; what stands nowhere here is a bug, or a refusal.
STATUS: Final = {
    "unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "worker-away": HTTPStatus.SERVICE_UNAVAILABLE,
    "worker-slow": HTTPStatus.SERVICE_UNAVAILABLE,
    "worker-broken": HTTPStatus.SERVICE_UNAVAILABLE,
    "sign-in-away": HTTPStatus.SERVICE_UNAVAILABLE,
    "too-many-requests": HTTPStatus.TOO_MANY_REQUESTS,
    "denied": HTTPStatus.UNAUTHORIZED,
    "refused": HTTPStatus.CONFLICT,
    "under-way": HTTPStatus.CONFLICT,
    "daily-already-decided": HTTPStatus.CONFLICT,
    "idempotency-conflict": HTTPStatus.CONFLICT,
    "slug-taken": HTTPStatus.CONFLICT,
    "unknown-burst": HTTPStatus.NOT_FOUND,
    "unknown-job": HTTPStatus.NOT_FOUND,
    "unknown-slug": HTTPStatus.NOT_FOUND,
    "bad-cursor": HTTPStatus.UNPROCESSABLE_ENTITY,
    "invalid-message": HTTPStatus.UNPROCESSABLE_ENTITY,
    "internal": HTTPStatus.INTERNAL_SERVER_ERROR,
}


class FieldProblem(BaseModel):
    """What is wrong with one field of what was sent."""

    field: str
    detail: str


class Problem(BaseModel):
    """What went wrong, as RFC 9457 has it. `burst` is where the burst is that stands in the way."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="A relative reference that names the kind of problem and stays.")
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
    burst: str | None = None


class ProblemError(Exception):
    """A problem that a route wants to answer with."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        *,
        errors: list[FieldProblem] | None = None,
        burst: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.problem = Problem(
            type=f"/problems/{code}", title=status.phrase, status=status, detail=detail, errors=errors, burst=burst
        )
        self.headers = headers or {}


def response(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The problem as an answer."""
    return Response(encoded(problem), problem.status, headers, content_type=MEDIA_TYPE)


def encoded(problem: Problem) -> bytes:
    """The problem as an answer's body."""
    return json.dumps(problem.model_dump(exclude_none=True), ensure_ascii=False).encode(errors="replace")


def of_status(status: HTTPStatus, detail: str) -> Problem:
    """A problem that HTTP itself has a word for."""
    code = status.phrase.lower().replace(" ", "-")
    return Problem(type=f"/problems/{code}", title=status.phrase, status=status, detail=detail)


def problem_of(error: MaestroError) -> ProblemError:
    """What to say of an error of Maestro's."""
    status = STATUS.get(error.code)
    if status is None:
        log.error("an error without a status", exc_info=error)
        status = HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, DatabaseError) else HTTPStatus.CONFLICT
    burst_id = getattr(error, "burst_id", None)
    burst = f"/api/maestro/bursts/{burst_id}" if burst_id else None
    headers = {"Retry-After": str(RETRY_SECONDS[status])} if status in RETRY_SECONDS else {}
    if status is HTTPStatus.UNAUTHORIZED:
        headers |= CHALLENGE
    if burst and error.code == "under-way":
        headers["Location"] = burst
    return ProblemError(status, error.code, str(error), burst=burst, headers=headers)


def register(app: Flask) -> None:
    """Let every error of the app be a problem."""
    app.register_error_handler(ProblemError, lambda error: response(error.problem, error.headers))
    app.register_error_handler(MaestroError, _maestro_error)
    app.register_error_handler(InvalidError, _invalid)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _bug)


def validation_response(error: ValidationError) -> Response:
    """For flask-openapi3: what does not have the shape that the API describes."""
    errors = [
        FieldProblem(field=".".join(map(str, each["loc"])) or "body", detail=each["msg"])
        for each in error.errors(include_url=False, include_context=False, include_input=False)[:20]
    ]
    return _unprocessable(errors)


def _unprocessable(errors: list[FieldProblem]) -> Response:
    detail = "; ".join(f"{each.field}: {each.detail}" for each in errors[:3])
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return response(Problem(type="/problems/invalid", title=status.phrase, status=status, detail=detail, errors=errors))


def _invalid(error: InvalidError) -> Response:
    return _unprocessable([FieldProblem(field=each.field, detail=each.text) for each in error.problems])


def _maestro_error(error: MaestroError) -> Response:
    told = problem_of(error)
    if told.problem.status >= 500 and not isinstance(error, RefusedError):
        log.warning("could not answer", extra={"path": masked(request.path), "code": error.code, "reason": str(error)})
    return response(told.problem, told.headers)


def _http_error(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    if error.response is not None and status < 400:  # a redirect
        return error.get_response()  # type: ignore[return-value]  # werkzeug's Response, which Flask takes
    if isinstance(error, NotFound):
        return nowhere.page() if nowhere.is_looked_at() else response(of_status(status, NOWHERE))
    problem = of_status(status, error.description or status.description)
    kept = {name: value for name, value in error.get_headers() if name.lower() in ("allow", "retry-after")}
    return response(problem, kept)


def _bug(error: Exception) -> Response:
    log.error("an internal error", exc_info=error, extra={"method": request.method, "path": masked(request.path)})
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    detail = "an internal error: the server's log has the details"
    return response(Problem(type="/problems/internal", title=status.phrase, status=status, detail=detail))


def unauthorized(detail: str) -> ProblemError:
    """Nobody we know calls."""
    return ProblemError(HTTPStatus.UNAUTHORIZED, "unauthorized", detail, headers=dict(CHALLENGE))


def too_many(seconds: int) -> ProblemError:
    """Whoever calls has called too often."""
    detail = f"too many requests: try again in {seconds} s"
    headers = {"Retry-After": str(seconds)}
    return ProblemError(HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", detail, headers=headers)


def forbidden(detail: str) -> ProblemError:
    """Somebody calls who may not."""
    return ProblemError(HTTPStatus.FORBIDDEN, "forbidden", detail)


def not_found(what: str) -> ProblemError:
    """There is no such thing, or it is another user's."""
    return ProblemError(HTTPStatus.NOT_FOUND, "not-found", f"there is no {what}")


def unusable(field: str, detail: str) -> ProblemError:
    """What was sent has the right shape, and cannot be used all the same."""
    errors = [FieldProblem(field=field, detail=detail)]
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", f"{field}: {detail}", errors=errors)


Json = dict[str, Any]
