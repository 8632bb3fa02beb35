"""What jobs make in these tests: little, but real."""

from __future__ import annotations

from maestro_actors.core.content import Stage, assets_of
from maestro_actors.rendering.plan import ClaimStep, Order, RenderStep, Step, UploadStep
from maestro_actors.rendering.specs import PaintBackground


def small_pictures(order: Order) -> tuple[Step, ...]:
    """One small real painting for each asset, and every asset uploaded. The same order makes the same bytes."""
    steps: list[Step] = []
    uploads: list[Step] = []
    for number, asset in enumerate(assets_of(order.job_id, order.proposal), start=1):
        out = f"{order.folder}/{asset.filename}"
        spec = PaintBackground(order.brand, "calm", order.seed + number, (270, 337), out)
        steps.append(RenderStep("Painting", spec, Stage.GENERATING if number == 1 else Stage.RENDERING))
        uploads.append(UploadStep(f"Uploading {asset.label}", asset, out))
    return (*steps, *uploads, ClaimStep())
