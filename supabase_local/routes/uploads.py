"""Uploads. The order of the checks is the real server's, because it decides which error a client sees."""

from __future__ import annotations

from flask import Blueprint, Response, request

from supabase_local import errors, naming
from supabase_local.auth import Caller
from supabase_local.routes.context import caller, json_response, store
from supabase_local.uploads import open_upload

blueprint = Blueprint("uploads", __name__, url_prefix="/storage/v1/object")


@blueprint.post("/<bucket_id>/<key:key>")
def create(bucket_id: str, key: str) -> Response:
    return _upload(bucket_id, key, upsert=request.headers.get("X-Upsert") == "true")


@blueprint.put("/<bucket_id>/<key:key>")
def replace(bucket_id: str, key: str) -> Response:
    return _upload(bucket_id, key, upsert=True)


def _upload(bucket_id: str, key: str, *, upsert: bool) -> Response:
    who = caller()
    bucket = store().bucket(bucket_id)
    upload = open_upload(request)
    naming.check_mime_type(upload.description.mime_type, bucket.allowed_mime_types)
    if (upload.declared_size or 0) > naming.size_limit(bucket.file_size_limit):
        raise errors.too_large()
    naming.check_key(key)
    check_permission(who, bucket_id, key, upsert=upsert)
    naming.check_segments(key)
    # Not checked again at the end: of two new uploads of one key both succeed, there as here.
    stored = store().put(bucket, key, upload.chunks, upload.description)
    return json_response({"Key": stored.path, "Id": stored.id})


def check_permission(who: Caller, bucket_id: str, key: str, *, upsert: bool) -> None:
    """RLS for all but the service role; DUPKEY for a name that is taken, unless it may be replaced."""
    if not who.is_service:
        raise errors.row_level_security()
    if not upsert and store().find_object(bucket_id, key) is not None:
        raise errors.key_exists()
