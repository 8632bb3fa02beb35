"""Sizes, as imgproxy computes them, and what is told to it."""

from __future__ import annotations

import pytest

from supabase_local.errors import StorageError
from supabase_local.transformations import MAX_SIDE, Transformation

POST = (1080, 1350)


@pytest.mark.parametrize(
    ("asked", "scaled", "cropped"),
    [
        ({}, POST, POST),
        ({"width": "0"}, POST, POST),
        ({"width": "540"}, (540, 675), (540, 675)),
        ({"height": "135"}, (108, 135), (108, 135)),
        ({"width": "540", "height": "540"}, (540, 675), (540, 540)),
        ({"width": "540", "height": "540", "resize": "contain"}, (432, 540), (432, 540)),
        ({"width": "540", "height": "540", "resize": "fill"}, (540, 540), (540, 540)),
        ({"width": "540", "resize": "fill"}, (540, 1350), (540, 1350)),
        ({"width": "1"}, (1, 1), (1, 1)),
        ({"width": "2000"}, POST, POST),
        ({"width": "2000", "height": "1000"}, POST, (1080, 1000)),
        ({"width": "2160", "height": "1350", "resize": "fill"}, (1080, 675), (1080, 675)),
    ],
)
def test_a_size_is_computed_as_imgproxy_does(
    asked: dict[str, str], scaled: tuple[int, int], cropped: tuple[int, int]
) -> None:
    transformation = Transformation.read(asked)
    assert transformation.scaled(POST) == scaled
    assert transformation.cropped(scaled) == cropped


def test_a_side_that_is_too_long_is_clamped() -> None:
    found = Transformation.read({"width": "9999", "height": "2501"})
    assert (found.width, found.height) == (MAX_SIDE, MAX_SIDE)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"width": "-1"}, "querystring/width must be >= 0"),
        ({"width": "wide"}, "querystring/width must be integer"),
        ({"height": "1.5"}, "querystring/height must be integer"),
        ({"quality": "19"}, "querystring/quality must be >= 20"),
        ({"quality": "101"}, "querystring/quality must be <= 100"),
        ({"resize": "crop"}, "querystring/resize must be equal to one of the allowed values"),
        ({"format": "png"}, "querystring/format must be equal to one of the allowed values"),
    ],
)
def test_what_cannot_be_is_refused_by_name(asked: dict[str, str], message: str) -> None:
    with pytest.raises(StorageError) as caught:
        Transformation.read(asked)
    assert caught.value.message == message


def test_the_client_is_told_the_steps_in_their_order() -> None:
    asked = {"width": "100", "height": "50", "quality": "60", "format": "origin", "resize": "contain"}
    assert Transformation.read(asked).steps() == ["height:50", "width:100", "resizing_type:fit", "quality:60"]
    assert Transformation.read({"format": "avif"}).steps() == ["format:avif"]
    assert Transformation.read({}).steps() == []
