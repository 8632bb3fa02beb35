"""Signed URLs: making one or many, and downloading with one."""

from __future__ import annotations

import time

from flask import Blueprint, Response, request
from werkzeug.http import http_date

from supabase_local import auth, errors, naming
from supabase_local.bodies import read_body
from supabase_local.routes.context import caller, json_response, site, store
from supabase_local.routes.downloads import serve

blueprint = Blueprint("signed_urls", __name__, url_prefix="/storage/v1/object/sign")


@blueprint.post("/<bucket_id>/<key:key>")
def sign(bucket_id: str, key: str) -> Response:
    who = caller()
    body = read_body(request)
    body.require("expiresIn")
    expires_in = body.integer("expiresIn", minimum=1)
    naming.check_key(key)
    if not who.is_service:
        raise errors.key_not_found()
    store().object(bucket_id, key)
    return json_response({"signedURL": _signed_url(bucket_id, key, expires_in)})


@blueprint.post("/<bucket_id>")
def sign_many(bucket_id: str) -> Response:
    who = caller()
    body = read_body(request)
    body.require("expiresIn", "paths")
    expires_in = body.integer("expiresIn", minimum=1)
    keys = body.texts("paths", minimum=1)
    visible = {key for key in keys if who.is_service and store().find_object(bucket_id, key) is not None}
    return json_response(
        [
            {"error": None, "path": key, "signedURL": _signed_url(bucket_id, key, expires_in)}
            if key in visible
            else {"error": _INVISIBLE, "path": key, "signedURL": None}
            for key in keys
        ]
    )


@blueprint.get("/<bucket_id>/<key:key>")
def download(bucket_id: str, key: str) -> Response:
    if "token" not in request.args:
        raise errors.schema("querystring must have required property 'token'")
    secret = site().keys.jwt_secret
    expires = auth.check_signed_path(request.args["token"], f"{bucket_id}/{key}", secret)
    return serve(bucket_id, key, expires=http_date(expires))


_INVISIBLE = "Either the object does not exist or you do not have access to it"


def _signed_url(bucket_id: str, key: str, expires_in: int) -> str:
    path = f"{bucket_id}/{key}"
    token = auth.sign_path(path, int(time.time()), expires_in, site().keys.jwt_secret)
    return f"/object/sign/{path.replace('?', '%3F')}?token={token}"
