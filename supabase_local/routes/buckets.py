"""Buckets: create, list, read, change, empty, delete."""

from __future__ import annotations

from flask import Blueprint, Response, request

from supabase_local import errors, naming
from supabase_local.bodies import Body, read_body
from supabase_local.routes.context import caller, json_response, message, store
from supabase_local.rows import Json

blueprint = Blueprint("buckets", __name__, url_prefix="/storage/v1/bucket")


@blueprint.post("")
def create() -> Response:
    who = caller()
    body = read_body(request)
    body.require("name")
    name = body.text("name")
    bucket_id = body.text("id") or name
    settings: Json = {"public": False, "file_size_limit": None, "allowed_mime_types": None}
    settings.update(_settings(body))
    naming.check_bucket_name(name)
    naming.check_bucket_name(bucket_id)
    if not who.is_service:
        raise errors.row_level_security()
    store().create_bucket(
        bucket_id, name, settings["public"], settings["file_size_limit"], settings["allowed_mime_types"]
    )
    return json_response({"name": name})


@blueprint.get("")
def list_all() -> Response:
    found = store().buckets() if caller().is_service else []
    return json_response([_listed(bucket.to_json()) for bucket in found])


@blueprint.get("/<bucket_id>")
def read(bucket_id: str) -> Response:
    _only_service()
    return json_response(store().bucket(bucket_id).to_json())


@blueprint.put("/<bucket_id>")
def change(bucket_id: str) -> Response:
    _only_service()
    store().update_bucket(bucket_id, _settings(read_body(request)))
    return message("Successfully updated")


@blueprint.delete("/<bucket_id>")
def delete(bucket_id: str) -> Response:
    _only_service()
    store().delete_bucket(bucket_id)
    return message("Successfully deleted")


@blueprint.post("/<bucket_id>/empty")
def empty(bucket_id: str) -> Response:
    if not caller().is_service:
        raise errors.service_role_needed()
    store().empty_bucket(bucket_id)
    return message("Successfully emptied")


def _only_service() -> None:
    """Without a policy, a bucket is invisible to everyone but the service role."""
    if not caller().is_service:
        raise errors.bucket_not_found()


def _settings(body: Body) -> Json:
    """The settings that the body names; null puts one back to its default."""
    settings: Json = {}
    if "public" in body:
        settings["public"] = False if body.is_null("public") else body.boolean("public")
    if "file_size_limit" in body:
        settings["file_size_limit"] = None if body.is_null("file_size_limit") else _size_limit(body)
    if "allowed_mime_types" in body:
        null = body.is_null("allowed_mime_types")
        settings["allowed_mime_types"] = None if null else tuple(filter(None, body.texts("allowed_mime_types")))
    return settings


def _size_limit(body: Body) -> int:
    text = body.text("file_size_limit")
    limit = body.integer("file_size_limit", minimum=0) if text.lstrip("-").isdigit() else naming.parse_size(text)
    if limit > naming.MAX_OBJECT_BYTES:
        raise errors.too_large()
    return limit


def _listed(bucket: Json) -> Json:
    """A bucket in the list has a type, after `public`; alone it has none."""
    listed: Json = {}
    for name, value in bucket.items():
        listed[name] = value
        if name == "public":
            listed["type"] = "STANDARD"
    return listed
