from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from maestro_actors.core.content import MAX_SLIDES, Agent, Asset, Kind, PerKind, Slide, assets_of, paths_of
from tests.core.strategies import a_brand, a_proposal

JOB = "0b0f6f0e-6d0a-4a7e-9a7d-000000000001"


def names(kind: Kind, slides: int = 2) -> list[str]:
    proposal = replace(a_proposal(kind=kind), slides=(Slide("One", "pot"),) * slides)
    return [asset.path("user-1", "red") for asset in assets_of(JOB, proposal)]


def test_a_reel_owes_a_thumbnail_and_a_film() -> None:
    assert names(Kind.REEL) == [
        f"user-1/red/thumbnails/{JOB}_thumbnail.png",
        f"user-1/red/reels/{JOB}_reel.mp4",
    ]


def test_a_post_owes_its_background_and_itself() -> None:
    assert names(Kind.POST) == [
        f"user-1/red/posts/{JOB}_background.png",
        f"user-1/red/posts/{JOB}_slide_1.png",
    ]


@pytest.mark.parametrize("slides", [2, 3, MAX_SLIDES])
def test_a_carousel_owes_its_background_and_every_slide(slides: int) -> None:
    assert names(Kind.CAROUSEL, slides) == [
        f"user-1/red/posts/{JOB}_background.png",
        *(f"user-1/red/posts/{JOB}_slide_{n}.png" for n in range(1, slides + 1)),
    ]


@pytest.mark.parametrize("kind", Kind)
def test_no_two_assets_of_any_jobs_share_a_path(kind: Kind) -> None:
    paths = [
        asset.path(user, brand)
        for user in ("user-1", "user-2")
        for brand in ("red", "blue")
        for job in ("job-1", "job-2")
        for asset in assets_of(job, a_proposal(kind=kind))
    ]
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("slides", [0, 2, MAX_SLIDES])
def test_what_a_job_could_have_stored_is_what_it_owes(kind: Kind, slides: int) -> None:
    proposal = replace(a_proposal(kind=kind), slides=(Slide("One", "pot"),) * slides)
    assert list(paths_of("user-1", JOB, proposal)) == names(kind, slides)


@pytest.mark.parametrize("kind", Kind)
def test_each_asset_is_what_its_name_says(kind: Kind) -> None:
    for asset in assets_of(JOB, a_proposal(kind=kind)):
        assert asset.content_type == ("video/mp4" if asset.filename.endswith(".mp4") else "image/png")
        assert asset.label


def test_kinds_have_the_sizes_that_instagram_shows() -> None:
    assert {kind: kind.size for kind in Kind} == {
        Kind.REEL: (1080, 1920),
        Kind.POST: (1080, 1350),
        Kind.CAROUSEL: (1080, 1350),
    }
    assert [kind.plural for kind in Kind] == ["reels", "posts", "carousels"]


def test_each_kind_has_its_value() -> None:
    quota = PerKind(reel=3, post=2, carousel=1)
    assert [quota[kind] for kind in Kind] == [3, 2, 1]
    assert list(quota.items()) == [(Kind.REEL, 3), (Kind.POST, 2), (Kind.CAROUSEL, 1)]


def test_an_agent_without_brands_writes_for_all() -> None:
    assert Agent("mira", "Mira", "🌻", "warm").writes_for("red")
    only_red = Agent("otto", "Otto", "🦉", "wry", ("red",))
    assert only_red.writes_for("red")
    assert not only_red.writes_for("blue")


@pytest.mark.parametrize("value", [a_brand(), a_proposal(), Asset("a", "b", "c", "d"), PerKind(1, 2, 3)])
def test_values_are_frozen_and_travel(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes
    with pytest.raises((FrozenInstanceError, TypeError)):
        value.more = 1  # type: ignore[attr-defined]
