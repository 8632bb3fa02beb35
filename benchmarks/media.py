"""What real media costs: a reel, a post and a background on one core, and an upload with its check."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.report import Line, figure
from maestro_actors.core.content import Kind, Proposal
from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.providers.text import TextRequest
from maestro_actors.storage import SupabaseBucket
from supabase_local.launch import serve

UPLOADS, UPLOAD_BYTES = 100, 300_000


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        return [*_rendering(Path(folder)), *_uploading(Path(folder))]


def _rendering(folder: Path) -> list[Line]:
    from maestro_actors.rendering.render import render
    from maestro_actors.rendering.specs import DrawPost, EncodeReel, PaintBackground

    brand = EXAMPLE_BRANDS[0]
    background, out = str(folder / "background.png"), str(folder / "out")
    reel, post = (_proposal(kind) for kind in (Kind.REEL, Kind.POST))
    painting = _cpu(lambda: render(PaintBackground(brand, "calm", 1, Kind.REEL.size, background)))
    return [
        figure("painting a background, 1080x1920", painting, "s CPU"),
        figure("composing a post, 1080x1350", _cpu(lambda: render(DrawPost(brand, post, background, out))), "s CPU"),
        figure("a 7 s reel, 1080x1920", _cpu(lambda: render(EncodeReel(brand, reel, background, out))), "s CPU"),
    ]


def _proposal(kind: Kind) -> Proposal:
    (proposal,) = OfflineWriter().propose(TextRequest(EXAMPLE_AGENTS[0], EXAMPLE_BRANDS[0], kind, 1, seed=1))
    return proposal


def _cpu(work: Callable[[], object]) -> float:
    """CPU seconds of the second time: the first loads fonts."""
    work()
    began = time.process_time()
    work()
    return time.process_time() - began


def _uploading(folder: Path) -> list[Line]:
    file = folder / "upload.png"
    file.write_bytes(bytes(UPLOAD_BYTES))
    with serve(folder / "storage") as server, closing(SupabaseBucket(server.url, server.service_key)) as bucket:
        bucket.ensure()
        began = time.perf_counter()
        for number in range(UPLOADS):
            bucket.upload(f"user/brand/posts/{number}.png", str(file), "image/png", UPLOAD_BYTES)
        seconds = time.perf_counter() - began
    return [figure("a 300 KB upload, fsynced and seen to be served", 1e3 * seconds / UPLOADS, "ms")]
