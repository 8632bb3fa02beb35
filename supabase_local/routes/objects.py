"""Objects by name: list, remove, move, copy."""

from __future__ import annotations

from flask import Blueprint, Response, request

from supabase_local import errors, naming
from supabase_local.auth import Caller
from supabase_local.bodies import Body, read_body
from supabase_local.objects import SORT_COLUMNS, Listing
from supabase_local.routes.context import caller, json_response, message, store
from supabase_local.routes.uploads import check_permission
from supabase_local.rows import StoredObject

blueprint = Blueprint("objects", __name__, url_prefix="/storage/v1/object")


@blueprint.post("/list/<bucket_id>")
def list_folder(bucket_id: str) -> Response:
    who = caller()
    listing = _listing(read_body(request))
    return json_response(store().list_folder(bucket_id, listing) if who.is_service else [])


@blueprint.delete("/<bucket_id>")
def remove_many(bucket_id: str) -> Response:
    who = caller()
    body = read_body(request)
    body.require("prefixes")
    keys = body.texts("prefixes", minimum=1)
    gone = store().remove(bucket_id, keys) if who.is_service else []
    return json_response([stored.to_json() for stored in gone])


@blueprint.delete("/<bucket_id>/<key:key>")
def remove(bucket_id: str, key: str) -> Response:
    who = caller()
    if not who.is_service or not store().remove(bucket_id, [key]):
        raise errors.key_not_found()
    return message("Successfully deleted")


@blueprint.post("/move")
def move() -> Response:
    who = caller()
    body = read_body(request)
    bucket_id, key = _destination(body)
    store().move(_source(who, body), bucket_id, key)
    return message("Successfully moved")


@blueprint.post("/copy")
def copy() -> Response:
    who = caller()
    body = read_body(request)
    bucket_id, key = _destination(body)
    source = _source(who, body)
    if source.path != f"{bucket_id}/{key}":
        check_permission(who, bucket_id, key, upsert=request.headers.get("X-Upsert") == "true")
    copied = store().copy(source, bucket_id, key)
    return json_response({"Key": copied.path, "Id": copied.id, **copied.to_json()})


def _listing(body: Body) -> Listing:
    body.require("prefix")
    prefix = body.text("prefix")
    sort = body.inside("sortBy")
    return Listing(
        prefix=f"{prefix}/" if prefix and not prefix.endswith("/") else prefix,
        search=body.text("search"),
        sort_column=sort.choice("column", SORT_COLUMNS),
        descending=sort.choice("order", ("asc", "desc")) == "desc",
        limit=body.integer("limit", minimum=1, default=100),
        offset=body.integer("offset", minimum=0, default=0),
    )


def _destination(body: Body) -> tuple[str, str]:
    body.require("bucketId", "sourceKey", "destinationKey")
    key = body.text("destinationKey")
    naming.check_key(key)
    naming.check_segments(key)
    return body.text("destinationBucket") or body.text("bucketId"), key


def _source(who: Caller, body: Body) -> StoredObject:
    if not who.is_service:
        raise errors.key_not_found()
    return store().object(body.text("bucketId"), body.text("sourceKey"))
