"""The steps of a job: what to paint and render, in which order, and which files become which assets.

Pure and light: it names files, it makes none. Rendering, uploading and claiming follow each other one at a time,
since many jobs are in flight and keep every core busy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maestro_actors.core.content import Asset, Brand, Kind, Proposal, Stage, assets_of
from maestro_actors.rendering.specs import DrawPost, DrawSlide, DrawThumbnail, EncodeReel, PaintBackground, RenderSpec


@dataclass(frozen=True, slots=True)
class Order:
    """What a job is made from. `folder` is the path of the job's own; the same `seed` makes the same pictures."""

    job_id: str
    brand: Brand
    proposal: Proposal
    seed: int
    folder: str


@dataclass(frozen=True, slots=True)
class PaintStep:
    """Let the image provider paint the background."""

    doing: str
    prompt: str
    size: tuple[int, int]
    seed: int
    out: str
    stage: Stage = Stage.GENERATING


@dataclass(frozen=True, slots=True)
class RenderStep:
    """Let a renderer render."""

    doing: str
    spec: RenderSpec
    stage: Stage = Stage.RENDERING


@dataclass(frozen=True, slots=True)
class UploadStep:
    """Let the bucket have an asset, which an earlier step left at `file`."""

    doing: str
    asset: Asset
    file: str
    stage: Stage = Stage.UPLOADING


@dataclass(frozen=True, slots=True)
class ClaimStep:
    """Claim the brand's next free slot."""

    doing: str = "Claiming a publishing slot"
    stage: Stage = Stage.SCHEDULING


Step = PaintStep | RenderStep | UploadStep | ClaimStep
Planner = Callable[[Order], tuple[Step, ...]]


def plan_offline(order: Order) -> tuple[Step, ...]:
    """Every step, where the background is painted by a renderer."""
    size, prompt = order.proposal.kind.size, order.proposal.image_prompt
    spec = PaintBackground(order.brand, prompt, order.seed, size, _background(order))
    return (RenderStep("Painting the background", spec, Stage.GENERATING), *_after_painting(order))


def plan_with_painter(order: Order) -> tuple[Step, ...]:
    """Every step, where the background is painted by an image provider."""
    size, prompt = order.proposal.kind.size, order.proposal.image_prompt
    return (
        PaintStep("Painting the background", prompt, size, order.seed, _background(order)),
        *_after_painting(order),
    )


def _after_painting(order: Order) -> tuple[Step, ...]:
    assets = assets_of(order.job_id, order.proposal)
    uploads = (
        UploadStep(f"Uploading {asset.label} ({n} of {len(assets)})", asset, f"{order.folder}/{asset.filename}")
        for n, asset in enumerate(assets, start=1)
    )
    return (*_renders(order, assets), *uploads, ClaimStep())


def _renders(order: Order, assets: tuple[Asset, ...]) -> tuple[RenderStep, ...]:
    brand, proposal, background = order.brand, order.proposal, _background(order)
    outs = [f"{order.folder}/{asset.filename}" for asset in assets]
    match proposal.kind:
        case Kind.REEL:
            return (
                RenderStep("Drawing the thumbnail", DrawThumbnail(brand, proposal, background, outs[0])),
                RenderStep("Rendering the reel", EncodeReel(brand, proposal, background, outs[1])),
            )
        case Kind.POST:
            return (RenderStep("Composing the post", DrawPost(brand, proposal, background, outs[1])),)
        case Kind.CAROUSEL:
            return tuple(
                RenderStep(f"Drawing {asset.label}", DrawSlide(brand, proposal, number, background, out))
                for number, (asset, out) in enumerate(zip(assets[1:], outs[1:], strict=True), start=1)
            )


def _background(order: Order) -> str:
    """Posts and carousels upload their background; a reel's is only drawn on, under a name of the same kind."""
    return f"{order.folder}/{order.job_id}_background.png"
