"""`GET /api/maestro/today`: what the day has of its quota, as a smart burst would see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from benchmarks.empty import BRANDS, USER
from maestro_actors.core.content import PerKind
from maestro_actors.examples import EXAMPLE_BRANDS
from tests.web.conftest import OTHER, OpenWeb, Web, a_token, body
from web.site import EXTENSION

TODAY = "/api/maestro/today"


def posts(answer: Any) -> dict[str, tuple[int, int]]:
    """Each brand's posts: how many there are, and how many there should be."""
    return {
        brand["slug"]: (kind["made"], kind["quota"])
        for brand in answer["brands"]
        for kind in brand["kinds"]
        if kind["kind"] == "post"
    }


def at(web: Web, now: datetime) -> None:
    """Let it be that time for the app."""
    web.app.extensions[EXTENSION] = replace(web.site, clock=lambda: now)


def test_every_brand_has_what_was_made_today_of_its_quota(open_web: OpenWeb) -> None:
    with open_web() as web:
        told = body(web.get(TODAY))
        assert told["timezone"] == "UTC"
        assert told["brands"][0] == {
            "slug": "bench-1",
            "name": "Bench 1",
            "kinds": [
                {"kind": "reel", "made": 0, "quota": 0},
                {"kind": "post", "made": 0, "quota": 1},
                {"kind": "carousel", "made": 0, "quota": 0},
            ],
        }
        assert posts(told) == {brand.slug: (0, 1) for brand in BRANDS}
        web.stage.recap(web.stage.start(5))
        assert posts(body(web.get(TODAY))) == {
            "bench-1": (2, 1),
            "bench-2": (1, 1),
            "bench-3": (1, 1),
            "bench-4": (1, 1),
        }


def test_what_it_lacks_is_what_a_smart_burst_makes(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.stage.recap(web.stage.start(1))
        lacking = sum(max(0, quota - made) for made, quota in posts(body(web.get(TODAY))).values())
        recap = web.stage.recap(web.stage.system.start_burst(USER))
        assert recap["created"] == lacking == 3


def test_what_failed_is_not_made(open_web: OpenWeb) -> None:
    with open_web() as web:

        def refuse(path: str) -> None:
            raise OSError("no room")

        web.stage.bucket.fault = refuse
        recap = web.stage.recap(web.stage.start(2))
        assert recap["scheduled"] == 0
        assert not any(made for made, _ in posts(body(web.get(TODAY))).values())


def test_the_day_is_the_users_own(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.site.library.set_daily(USER, None, "Pacific/Auckland", datetime(2026, 1, 1, tzinfo=UTC))
        at(web, datetime(2026, 6, 30, 20, tzinfo=UTC))
        told = body(web.get(TODAY))
        assert (told["date"], told["timezone"]) == ("2026-07-01", "Pacific/Auckland")


def test_brands_that_were_removed_are_not_there(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.site.library.brands.remove(USER, "bench-2", datetime.now(UTC))
        assert list(posts(body(web.get(TODAY)))) == ["bench-1", "bench-3", "bench-4"]


def test_a_quota_that_changes_is_the_new_one(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.site.library.brands.change(USER, replace(BRANDS[0], quota=PerKind(0, 7, 0)))
        assert posts(body(web.get(TODAY)))["bench-1"] == (0, 7)


def test_everybody_sees_their_own(open_web: OpenWeb) -> None:
    with open_web() as web:
        theirs = posts(body(web.get(TODAY, a_token(OTHER))))
        assert set(theirs) == {brand.slug for brand in EXAMPLE_BRANDS}, "who has never been here finds examples"


def test_it_needs_no_worker_and_nobody_unknown_sees_it(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.worker.close()
        assert web.get(TODAY).status_code == 200
        assert web.get(TODAY, token="").status_code == 401
