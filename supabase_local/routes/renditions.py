"""Pictures at the size they are shown at: of public buckets for everyone, of all others for the service role.

The real server answers every such request anew and has a cache in front of it, which is why conditions are met here.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.http import is_resource_modified

from supabase_local import naming
from supabase_local.renditions import Rendition, render, wants_webp
from supabase_local.routes.context import caller, site, store
from supabase_local.routes.downloads import add_disposition, check_public, check_readable
from supabase_local.rows import StoredObject
from supabase_local.transformations import Transformation

blueprint = Blueprint("renditions", __name__, url_prefix="/storage/v1/render/image")


@blueprint.get("/public/<bucket_id>/<key:key>")
def public(bucket_id: str, key: str) -> Response:
    transformation = Transformation.read(request.args)
    check_public(bucket_id)
    return _serve(bucket_id, key, transformation)


@blueprint.get("/authenticated/<bucket_id>/<key:key>")
def authenticated(bucket_id: str, key: str) -> Response:
    transformation = Transformation.read(request.args)
    check_readable(caller(), bucket_id)
    return _serve(bucket_id, key, transformation)


def _serve(bucket_id: str, key: str, transformation: Transformation) -> Response:
    naming.check_key(key)
    stored = store().object(bucket_id, key)
    if not is_resource_modified(request.environ, etag=stored.etag, last_modified=stored.last_modified):
        response = Response(status=304)
    else:
        stored, rendition = _rendition(stored, transformation)
        response = Response(rendition.content, content_type=rendition.mime_type)
    response.last_modified = stored.last_modified
    response.set_etag(stored.etag)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = stored.cache_control
    response.headers["X-Robots-Tag"] = "none"
    if steps := transformation.steps():
        response.headers["X-Transformations"] = ",".join(steps)
    add_disposition(response)
    return response


def _rendition(stored: StoredObject, transformation: Transformation) -> tuple[StoredObject, Rendition]:
    """The object that was found when its bytes were read, and the picture."""
    kept, accept = site().renditions, request.headers.get("Accept", "")
    found = kept.find(_name(stored, transformation, accept))
    if found is not None:
        return stored, found
    stored, file = store().open(stored.bucket_id, stored.name)
    with file:
        made = render(file, transformation, accept)
    kept.keep(_name(stored, transformation, accept), made)
    return stored, made


def _name(stored: StoredObject, transformation: Transformation, accept: str) -> tuple[str, Transformation, bool]:
    return stored.version, transformation, wants_webp(transformation, accept)
