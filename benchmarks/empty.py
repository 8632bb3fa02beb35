"""Jobs with nothing in them: what is left is what the actors cost."""

from __future__ import annotations

from datetime import time as wall_time

from maestro_actors.core.content import Agent, Asset, Brand, Kind, Palette, PerKind, Proposal
from maestro_actors.providers.text import TextRequest
from maestro_actors.rendering.plan import ClaimStep, Order, RenderStep, Step, UploadStep
from maestro_actors.rendering.specs import Rest

USER = "00000000-0000-4000-8000-000000000000"
TIMES = tuple(wall_time(hour, minute) for hour in range(24) for minute in (0, 30))
BRANDS = tuple(
    Brand(
        f"bench-{number}",
        f"Bench {number}",
        f"bench.{number}",
        Palette("#101010", "#fafafa", "#3050a0", "#f0a030"),
        "grotesk",
        ("nothing",),
        "UTC",
        PerKind((), TIMES, ()),  # 60 days of them, for four brands, are 11,520 slots
        PerKind(0, 1, 0),
    )
    for number in range(1, 5)
)
AGENT = Agent("zero", "Zero", "0", "silent")


class EmptyWriter:
    """Proposes as many as are asked for, at once."""

    def propose(self, request: TextRequest) -> tuple[Proposal, ...]:
        return tuple(
            Proposal(Kind.POST, request.brand.slug, f"Nothing {request.seed}-{n}", "Nothing.", "nothing", ("Nothing",))
            for n in range(request.count)
        )


class EmptyBucket:
    """Answers at once."""

    def upload(self, path: str, file: str, content_type: str, size: int) -> str:
        return f"https://example.org/{path}"

    def remove(self, paths: tuple[str, ...]) -> None:
        pass


def one_render_one_upload(order: Order) -> tuple[Step, ...]:
    """A render that does nothing, an upload that is answered at once, a slot."""
    asset = Asset("nothing", "posts", f"{order.job_id}_slide_1.png", "image/png")
    out = f"{order.folder}/{asset.filename}"
    return (
        RenderStep("Rendering nothing", Rest(out)),
        UploadStep("Uploading nothing (1 of 1)", asset, out),
        ClaimStep(),
    )
