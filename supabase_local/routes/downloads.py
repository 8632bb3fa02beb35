"""Downloads, HEAD and info: from public buckets for everyone, from all others for the service role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.http import is_resource_modified
from werkzeug.wsgi import wrap_file

from supabase_local import errors, naming
from supabase_local.auth import Caller
from supabase_local.blobs import CHUNK_BYTES
from supabase_local.ranges import Part, parse_range
from supabase_local.routes.context import caller, caller_if_any, json_response, store
from supabase_local.rows import StoredObject

blueprint = Blueprint("downloads", __name__, url_prefix="/storage/v1/object")


@blueprint.get("/public/<bucket_id>/<key:key>")
def public(bucket_id: str, key: str) -> Response:
    check_public(bucket_id)
    return serve(bucket_id, key)


@blueprint.get("/authenticated/<bucket_id>/<key:key>")
def authenticated(bucket_id: str, key: str) -> Response:
    check_readable(caller(), bucket_id)
    return serve(bucket_id, key)


@blueprint.get("/<bucket_id>/<key:key>")
def plain(bucket_id: str, key: str) -> Response:
    check_readable(caller_if_any(), bucket_id)
    return serve(bucket_id, key)


@blueprint.get("/info/<bucket_id>/<key:key>")
def info(bucket_id: str, key: str) -> Response:
    check_readable(caller_if_any(), bucket_id)
    naming.check_key(key)
    return json_response(store().object(bucket_id, key).info())


def serve(bucket_id: str, key: str, expires: str | None = None) -> Response:
    """The object's bytes, with ranges and conditions; `expires` is an HTTP date, for signed URLs."""
    naming.check_key(key)
    stored, file = store().open(bucket_id, key)
    try:
        return _respond(stored, file, expires)
    except BaseException:
        file.close()
        raise


def check_public(bucket_id: str) -> None:
    """There is no other bucket, for whoever asks without a right."""
    bucket = store().find_bucket(bucket_id)
    if bucket is None or not bucket.public:
        raise errors.bucket_not_found()


def check_readable(who: Caller | None, bucket_id: str) -> None:
    """A private bucket does not exist for nobody, and holds nothing for callers without a policy."""
    bucket = store().find_bucket(bucket_id)
    if bucket is None or (who is None and not bucket.public):
        raise errors.bucket_not_found()
    if not bucket.public and not (who is not None and who.is_service):
        raise errors.key_not_found()


def _respond(stored: StoredObject, file: BinaryIO, expires: str | None) -> Response:
    response = _answer(stored, file)
    response.call_on_close(file.close)
    response.content_type = naming.served_type(stored.mime_type)
    response.last_modified = stored.last_modified
    response.set_etag(stored.etag)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["X-Robots-Tag"] = "none"
    if expires is None:
        response.headers["Cache-Control"] = stored.cache_control
    else:
        response.headers["Expires"] = expires
    add_disposition(response)
    return response


def add_disposition(response: Response) -> None:
    """Let it be saved under the name that the URL asks for."""
    if "download" in request.args:
        response.headers["Content-Disposition"] = _disposition(request.args["download"])


def _answer(stored: StoredObject, file: BinaryIO) -> Response:
    """Nothing for those who have it, a part for those who ask for one (HEAD describes the whole), or all."""
    if not is_resource_modified(request.environ, etag=stored.etag, last_modified=stored.last_modified):
        return Response(status=304)
    asked = request.headers.get("Range")
    if asked is None or request.method == "HEAD":
        whole = Response(wrap_file(request.environ, file), direct_passthrough=True)
        whole.content_length = stored.size
        return whole
    part = parse_range(asked, stored.size)
    response = Response(_chunks(file, part), 206)
    response.content_length = part.size
    response.headers["Content-Range"] = part.content_range
    return response


def _chunks(file: BinaryIO, part: Part) -> Iterator[bytes]:
    file.seek(part.first)
    missing = part.size
    while missing:
        chunk = file.read(min(missing, CHUNK_BYTES))
        missing -= len(chunk)
        yield chunk


def _disposition(filename: str) -> str:
    if not filename:
        return "attachment;"
    name = quote(filename, safe="!'()*")  # what encodeURIComponent leaves alone
    return f"attachment; filename={name}; filename*=UTF-8''{name}"
