"""Pictures at the size they are shown at, from the real server and through the supabase client."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import httpx
import pytest
from PIL import Image
from storage3.types import TransformOptions
from supabase import Client

from supabase_local.renditions import Rendition, Renditions
from supabase_local.rows import Json
from tests.supabase_local import wire

SIZE = (108, 135)
BROWSER = {"Accept": "image/avif,image/webp,image/apng,image/*,*/*;q=0.8"}

Put = Callable[..., str]


@pytest.fixture
def put(raw: httpx.Client) -> Put:
    """Store a picture; its path."""

    def stored(bucket: str, picture: Image.Image | None = None, format_: str = "PNG", **options: Json) -> str:
        content = io.BytesIO()
        (picture or Image.new("RGB", SIZE, "#205080")).save(content, format_, **options)
        headers = {"Content-Type": f"image/{format_.lower()}", "Cache-Control": "max-age=60"}
        raw.post(f"object/{bucket}/one", content=content.getvalue(), headers=headers).raise_for_status()
        return f"{bucket}/one"

    return stored


def opened(answer: httpx.Response) -> Image.Image:
    answer.raise_for_status()
    return Image.open(io.BytesIO(answer.content))


def render(
    bare: httpx.Client, path: str, headers: Mapping[str, str] | None = None, **asked: str | int
) -> httpx.Response:
    return bare.get(f"render/image/public/{path}", params=asked, headers=headers or {"Accept": "*/*"})


def test_a_picture_comes_at_the_size_asked_for_with_the_real_headers(bare: httpx.Client, public: str, put: Put) -> None:
    path = put(public)
    answer = render(bare, path, width=54, height=54)
    assert (opened(answer).size, opened(answer).format) == ((54, 54), "PNG")
    original = bare.get(f"object/public/{path}")
    expected = {
        "accept-ranges": "bytes",
        "content-type": "image/png",
        "cache-control": "max-age=60",
        "etag": original.headers["etag"],
        "last-modified": original.headers["last-modified"],
        "x-transformations": "height:54,width:54,resizing_type:fill",
    }
    assert {name: answer.headers[name] for name in expected} == expected


def test_the_supabase_client_makes_the_address(supabase: Client, public: str, put: Put) -> None:
    path = put(public).partition("/")[2]
    asked: TransformOptions = {"width": 54, "height": 100, "resize": "contain", "quality": 60}
    url = supabase.storage.from_(public).get_public_url(path, {"transform": asked})
    assert opened(httpx.get(url)).size == (54, 68)


def test_the_supabase_client_downloads_what_is_private(supabase: Client, private: str, put: Put) -> None:
    path = put(private).partition("/")[2]
    content = supabase.storage.from_(private).download(path, {"transform": {"width": 54}})
    assert Image.open(io.BytesIO(content)).size == (54, 68)


@pytest.mark.parametrize(
    ("accept", "asked", "format_"),
    [
        (BROWSER["Accept"], {}, "WEBP"),
        ("image/png,*/*", {}, "PNG"),
        (BROWSER["Accept"], {"format": "origin"}, "PNG"),
        ("*/*", {"format": "webp"}, "WEBP"),
        ("*/*", {"format": "avif"}, "AVIF"),
    ],
)
def test_the_format_is_what_the_client_takes_unless_it_is_named(
    bare: httpx.Client, public: str, put: Put, accept: str, asked: dict[str, str], format_: str
) -> None:
    path = put(public)
    for _ in range(2):  # made, and kept
        answer = render(bare, path, {"Accept": accept}, width=54, **asked)
        assert opened(answer).format == format_
        assert answer.headers["content-type"] == f"image/{format_.lower()}"


def test_less_quality_is_fewer_bytes(bare: httpx.Client, public: str, put: Put) -> None:
    path = put(public, Image.effect_noise((200, 200), 80).convert("RGB"))
    sizes = [len(render(bare, path, BROWSER, quality=quality).content) for quality in (20, 80, 100)]
    assert sizes == sorted(set(sizes))
    assert sizes[1] == len(render(bare, path, BROWSER).content)


def test_the_middle_is_what_a_crop_shows(bare: httpx.Client, public: str, put: Put) -> None:
    picture = Image.new("RGB", (90, 30), "#ff0000")
    picture.paste("#0000ff", (30, 0, 60, 30))
    answer = render(bare, put(public, picture), width=30, height=30)
    assert opened(answer).convert("RGB").getcolors() == [(900, (0, 0, 255))]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode_are_transformed(bare: httpx.Client, public: str, put: Put, mode: str) -> None:
    path = put(public, Image.new(mode, SIZE), "JPEG" if mode == "CMYK" else "PNG")
    for headers in (BROWSER, {"Accept": "*/*"}):
        assert opened(render(bare, path, headers, width=54)).size == (54, 68)


def test_transparency_is_kept(bare: httpx.Client, public: str, put: Put) -> None:
    path = put(public, Image.new("RGBA", SIZE, (255, 0, 0, 0)))
    assert opened(render(bare, path, BROWSER, width=54)).convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_a_photograph_that_lies_on_its_side_is_set_upright(bare: httpx.Client, public: str, put: Put) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = put(public, None, "JPEG", exif=exif)
    assert opened(render(bare, path, width=54)).size == (54, 43)


def test_what_a_client_has_is_not_sent_again(bare: httpx.Client, public: str, put: Put) -> None:
    path = put(public)
    etag = render(bare, path, width=54).headers["etag"]
    again = render(bare, path, {"If-None-Match": etag}, width=54)
    assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", "max-age=60")


def test_a_picture_that_was_replaced_is_shown_anew(
    bare: httpx.Client, raw: httpx.Client, public: str, put: Put
) -> None:
    path = put(public)
    render(bare, path, width=54)
    raw.delete(f"object/{path}").raise_for_status()
    put(public, Image.new("RGB", SIZE, "#ffffff"))
    assert opened(render(bare, path, width=54)).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_download_is_named(bare: httpx.Client, public: str, put: Put) -> None:
    answer = render(bare, put(public), width=54, download="small.png")
    assert answer.headers["content-disposition"] == "attachment; filename=small.png; filename*=UTF-8''small.png"


def test_head_has_the_headers_and_no_body(bare: httpx.Client, public: str, put: Put) -> None:
    path = put(public)
    got, headed = render(bare, path, width=54), bare.head(f"render/image/public/{path}", params={"width": 54})
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_picture_is_an_error_of_the_client(
    bare: httpx.Client, raw: httpx.Client, public: str, content: bytes
) -> None:
    raw.post(f"object/{public}/one", content=content, headers={"Content-Type": "image/png"}).raise_for_status()
    expected = wire.body("422", "InvalidRequest", "Invalid source image", "InvalidRequest")
    wire.assert_error(render(bare, f"{public}/one", width=54), expected)


def test_a_picture_of_too_many_pixels_is_not_opened(bare: httpx.Client, public: str, put: Put) -> None:
    path = put(public, Image.new("1", (10_001, 5_000)))
    expected = wire.body("422", "InvalidRequest", "Invalid source image", "InvalidRequest")
    wire.assert_error(render(bare, path, width=54), expected)


def test_nobody_sees_what_is_private_or_not_there(
    bare: httpx.Client, anonymous: httpx.Client, public: str, private: str, put: Put
) -> None:
    path = put(private)
    wire.assert_error(render(bare, path), wire.BUCKET404)
    wire.assert_error(render(bare, "missing/one"), wire.BUCKET404)
    wire.assert_error(render(bare, f"{public}/one"), wire.KEY404)
    wire.assert_error(render(bare, f"{public}/~"), wire.bad_key("~"))
    wire.assert_error(bare.get(f"render/image/authenticated/{path}"), wire.NOAUTH)
    wire.assert_error(anonymous.get(f"render/image/authenticated/{path}"), wire.KEY404)
    wire.assert_error(render(bare, path, width="wide"), wire.schema("querystring/width must be integer"))


def test_of_those_kept_the_ones_asked_for_last_stay() -> None:
    kept, picture = Renditions(most_bytes=100), Rendition(bytes(40), "image/png")
    for name in ("first", "second"):
        kept.keep(name, picture)
    assert kept.find("first") == picture
    kept.keep("third", picture)
    assert [kept.find(name) is not None for name in ("first", "second", "third")] == [True, False, True]
    kept.keep("huge", Rendition(bytes(101), "image/png"))
    assert [kept.find(name) is not None for name in ("first", "third", "huge")] == [True, True, False]
