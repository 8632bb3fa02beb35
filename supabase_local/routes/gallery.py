"""The front page: what is stored, to look at. The real server has a dashboard instead; its API has no such route."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, make_response, render_template

from supabase_local.routes.context import store
from supabase_local.rows import StoredObject

blueprint = Blueprint("gallery", __name__, template_folder="../templates")

SHOWN: Final = 120
PUBLIC: Final = "/storage/v1/object/public/"
OPENING_ID: Final = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_(?=.)")  # a UUID says little to a reader


@dataclass(frozen=True, slots=True)
class Item:
    """One picture or video on the page."""

    url: str
    label: str
    is_video: bool


@blueprint.get("/")
def gallery() -> Response:
    media = store().newest_media(SHOWN)
    media.reverse()  # as stored, so that slides read on
    groups = [
        (folder, [_item(stored) for stored in inside])
        for folder, inside in groupby(sorted(media, key=_folder), _folder)
    ]
    nonce = secrets.token_urlsafe(16)
    response = make_response(render_template("gallery.html", groups=groups, count=len(media), nonce=nonce))
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'nonce-{nonce}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _folder(stored: StoredObject) -> str:
    return stored.path.rpartition("/")[0]


def _item(stored: StoredObject) -> Item:
    name = stored.path.rpartition("/")[2]
    label = OPENING_ID.sub("", name).replace("_", " ")
    return Item(PUBLIC + quote(stored.path), label, stored.mime_type.startswith("video/"))
