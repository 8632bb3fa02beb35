"""`create_app`: the Storage and Auth APIs over a folder, as a plain WSGI application."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter

from supabase_local import errors
from supabase_local.attempts import Attempts
from supabase_local.keys import Keys
from supabase_local.routes import auth_gateway, buckets, downloads, gallery, objects, renditions, signed_urls, uploads
from supabase_local.routes.context import EXTENSION, Site, json_response
from supabase_local.store import Store
from supabase_local.users import User, load_or_create_user

PREFIX: Final = "/storage/v1"


class KeyConverter(BaseConverter):
    """The rest of the path, whatever it is: slashes at any place, line ends, nothing at all."""

    part_isolating = False
    regex = r"(?s:.*)"
    weight = 200


def create_app(folder: Path, keys: Keys, user: User | None = None) -> Flask:
    """The APIs over `folder`, for callers who have one of these keys. One process may serve a folder.

    `user` is who may sign in, by default the folder's own.
    """
    app = Flask(__name__, static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # no CORS: OPTIONS is an unknown route
    app.extensions[EXTENSION] = Site(Store(folder), keys, user or load_or_create_user(folder), Attempts())
    app.url_map.converters["key"] = KeyConverter
    app.url_map.merge_slashes = False  # keys may have double slashes
    for module in (gallery, buckets, signed_urls, objects, downloads, renditions, uploads, auth_gateway):
        app.register_blueprint(module.blueprint)
    app.add_url_rule(f"{PREFIX}/status", view_func=status)
    app.register_error_handler(errors.StorageError, _storage_error)
    app.register_error_handler(HTTPException, _unknown_route)
    app.register_error_handler(Exception, _internal_error)
    return app


def store_of(app: Flask) -> Store:
    """The store that the application serves, to sweep it and to close it."""
    found = app.extensions[EXTENSION]
    assert isinstance(found, Site)
    return found.store


def status() -> Response:
    """GET /status: the server lives."""
    return Response(status=200)


def _storage_error(error: errors.StorageError) -> Response:
    return json_response(error.body(), error.http_status)


def _unknown_route(_: HTTPException) -> Response:
    uri = str(request.environ.get("REQUEST_URI") or request.path)
    return _storage_error(errors.unknown_route(request.method, uri.removeprefix(PREFIX)))


def _internal_error(error: Exception) -> Response:
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return _storage_error(errors.internal())
