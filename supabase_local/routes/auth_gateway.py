"""The door of the Auth API, /auth/v1: whoever comes in has one of the folder's keys, and errors have its shape."""

from __future__ import annotations

import hmac
from datetime import date
from typing import Final

from flask import Blueprint, Response, current_app, request

from supabase_local import auth_errors
from supabase_local.routes import auth_account, auth_tokens
from supabase_local.routes.context import json_response, site

VERSION_HEADER: Final = "X-Supabase-Api-Version"
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OPEN: Final = "auth.key_set"  # the one route that the real gateway opens to everyone

blueprint = Blueprint("auth", __name__, url_prefix="/auth/v1")
for inside in (auth_tokens, auth_account):
    blueprint.register_blueprint(inside.blueprint)


@blueprint.before_request
def check_key() -> None:
    if request.endpoint == OPEN:
        return
    key = request.headers.get("apikey") or request.args.get("apikey")
    if not key:
        raise auth_errors.no_key()
    keys = site().keys
    if not any(hmac.compare_digest(key.encode(), ours.encode()) for ours in (keys.anon_key, keys.service_key)):
        raise auth_errors.unknown_key()


@blueprint.get("/health")
def health() -> Response:
    description = "GoTrue is a user registration and authentication API"
    return json_response({"version": "supabase_local", "name": "GoTrue", "description": description})


@blueprint.get("/.well-known/jwks.json")
def key_set() -> Response:
    """The public keys that tokens are signed with: a secret that is shared has none."""
    return json_response({"keys": []})


@blueprint.route("/<key:rest>", methods=METHODS)
def unknown(rest: str) -> Response:
    """Every other route, as the router there answers."""
    return Response("404 page not found\n", 404, content_type="text/plain; charset=utf-8")


@blueprint.errorhandler(auth_errors.GatewayError)
def gateway_error(error: auth_errors.GatewayError) -> Response:
    return json_response(error.body(), 401)


@blueprint.errorhandler(auth_errors.AuthError)
def auth_error(error: auth_errors.AuthError) -> Response:
    versioned = _is_versioned(request.headers.get(VERSION_HEADER, ""))
    response = json_response(error.body(versioned), error.status)
    response.headers["X-Sb-Error-Code"] = error.code
    if versioned:
        response.headers[VERSION_HEADER] = auth_errors.API_VERSION.isoformat()
    return response


@blueprint.errorhandler(Exception)
def unexpected(error: Exception) -> Response:
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return auth_error(auth_errors.unexpected())


def _is_versioned(version: str) -> bool:
    try:
        return date.fromisoformat(version) >= auth_errors.API_VERSION
    except ValueError:
        return False  # as there: what is no version counts as the first one
