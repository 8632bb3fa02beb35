"""`/api/brands`: the user's brands, listed, added, changed and removed."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.core.content import Brand
from maestro_actors.core.usual import Json, merged, usual_brand
from maestro_actors.core.validation import brand_from
from maestro_actors.journal.content_codec import brand_json
from maestro_actors.rendering.typefaces import TYPEFACES
from web.answers import json_answer
from web.callers import Caller, welcomed
from web.models import BrandList, BrandPatch, BrandView, NewBrand, SlugPath, WholeBrand
from web.shelves import created, found, gone, of_the_same_slug
from web.site import site
from web.spec import SECURITY

TAG = Tag(name="brands", description="What content is made for. A burst reads them fresh when it begins.")
blueprint = APIBlueprint("brands", __name__, url_prefix="/api/brands", abp_tags=[TAG], abp_security=SECURITY)


@blueprint.get("", responses={"200": BrandList})
def list_brands() -> Response:
    """All brands"""
    who = welcomed()
    return json_answer({"brands": [brand_json(each) for each in site().library.brands.all(who.user_id)]})


@blueprint.post("", responses={"201": BrandView, "409": {"description": "There is a brand of that slug."}})
def add_brand(body: NewBrand) -> Response:
    """Add a brand

    It needs a name and a topic; the rest is sensible until you say otherwise.
    """
    who, here = welcomed(), site()
    new = brand_from(usual_brand(body.given, here.timezone_of(who.user_id)), TYPEFACES)
    here.library.brands.add(who.user_id, new, here.clock())
    return created(brand_json(new), f"/api/brands/{new.slug}")


@blueprint.get("/<slug>", responses={"200": BrandView})
def get_brand(path: SlugPath) -> Response:
    """One brand"""
    return json_answer(_known(welcomed(), path))


@blueprint.put("/<slug>", responses={"200": BrandView})
def set_brand(path: SlugPath, body: WholeBrand) -> Response:
    """Let a brand be so, whatever it was

    Slots that are taken already stay as they are.
    """
    who = welcomed()
    _known(who, path)
    return _changed(who, of_the_same_slug(body.given, path.slug))


@blueprint.patch("/<slug>", responses={"200": BrandView})
def change_brand(path: SlugPath, body: BrandPatch) -> Response:
    """Change what is given about a brand, and nothing else

    Lists that are given take the place of those before. Slots that are taken already stay as they are.
    """
    who, given = welcomed(), of_the_same_slug(body.given, path.slug)
    _known(who, path)

    def edited(before: Brand) -> Brand:
        return brand_from(merged(brand_json(before), given), TYPEFACES)

    return json_answer(brand_json(site().library.brands.edit(who.user_id, path.slug, edited)))


@blueprint.delete("/<slug>", responses={"204": None})
def remove_brand(path: SlugPath) -> Response:
    """Remove a brand from all bursts to come

    Its history, its slots and its published media stay.
    """
    who, here = welcomed(), site()
    _known(who, path)
    here.library.brands.remove(who.user_id, path.slug, here.clock())
    return gone()


def _known(who: Caller, path: SlugPath) -> Json:
    return brand_json(found(site().library.brands, who.user_id, path.slug, "brand"))


def _changed(who: Caller, wanted: Json) -> Response:
    brand = brand_from(wanted, TYPEFACES)
    site().library.brands.change(who.user_id, brand)
    return json_answer(brand_json(brand))
