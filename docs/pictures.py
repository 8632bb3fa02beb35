"""`make pictures`: the README's pictures, made from a real burst of the demo. Run from the project's folder."""

from __future__ import annotations

import io
import re
import tempfile
import time
from pathlib import Path

import av
import httpx
from PIL import Image
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from maestro_actors.cli import live, recap
from maestro_actors.cli.bucket import bucket
from maestro_actors.cli.database import database
from maestro_actors.cli.owner import owned
from maestro_actors.core.content import PerKind
from maestro_actors.core.snapshot import Json
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.settings import read
from maestro_actors.system import Parts, running

DOCS = Path(__file__).parent
SEED = 11
HALF_WAY = 4  # scheduled jobs when the terminal's picture is taken
GAP, HEIGHT = 28, 720
BACKDROP = "#efece6"
REEL_SECONDS = (0.5, 5.0)  # a title, its lines


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        settings = read({"MAESTRO_HOME": home})
        with (
            bucket(settings, settings.demo) as media,
            database(settings) as engine,
            owned(engine) as journal,
        ):
            parts = Parts(
                *(journal, media, media.url_of, OfflineWriter(), settings.renderers, settings.jobs_in_flight),
                daily_runs=False,
            )
            with running(parts) as system:
                system.start_burst(settings.user_id, order=PerKind(3, 3, 3), seed=SEED)
                while (snapshot := system.snapshot(settings.user_id))["recent_burst"] is None:
                    if snapshot["counts"]["scheduled"] == HALF_WAY:
                        _terminal(snapshot)
                    time.sleep(0.1)
                burst = system.ended_burst(settings.user_id)
            assert burst is not None, "a burst that has ended is there"
            _contact_sheet(recap.as_json(burst, media.url_of)["jobs"])


def _contact_sheet(jobs: list[Json]) -> None:
    """Two rows: stills of every reel, then posts and carousels."""
    reels = [picture for job in _of_kind(jobs, "reel") for picture in _frames(_fetch(job, "_reel.mp4"))]
    stills = [_fetch(job, "_slide_1.png") for job in _of_kind(jobs, "post")]
    slides = [_fetch(job, f"_slide_{n}.png") for n, job in enumerate(_of_kind(jobs, "carousel"), start=1)]
    rows = [[_scaled(picture) for picture in row] for row in (reels, [*map(_opened, [*stills, *slides])])]
    width = max(sum(picture.width + GAP for picture in row) + GAP for row in rows)
    sheet = Image.new("RGB", (width, len(rows) * (HEIGHT + GAP) + GAP), BACKDROP)
    for number, row in enumerate(rows):
        x = (width - sum(picture.width + GAP for picture in row) + GAP) // 2
        for picture in row:
            sheet.paste(picture, (x, GAP + number * (HEIGHT + GAP)))
            x += picture.width + GAP
    sheet.thumbnail((2000, 2000), Image.Resampling.LANCZOS)
    sheet.save(DOCS / "studio.jpg", quality=88, optimize=True, progressive=True)


def _of_kind(jobs: list[Json], kind: str) -> list[Json]:
    return [job for job in jobs if job["kind"] == kind]


def _fetch(job: Json, ending: str) -> bytes:
    url = next(asset["url"] for asset in job["assets"] if asset["url"].endswith(ending))
    return httpx.get(url).raise_for_status().content


def _frames(video: bytes) -> list[Image.Image]:
    pictures = []
    with av.open(io.BytesIO(video), "r") as container:
        wanted = list(REEL_SECONDS)
        for frame in container.decode(container.streams.video[0]):
            if wanted and frame.time is not None and frame.time >= wanted[0]:
                wanted.pop(0)
                pictures.append(frame.to_image())
    return pictures


def _opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


def _scaled(picture: Image.Image) -> Image.Image:
    return picture.resize((round(picture.width * HEIGHT / picture.height), HEIGHT), Image.Resampling.LANCZOS)


def _terminal(snapshot: Json) -> None:
    """The live view as it stands in the middle of the burst."""
    console = Console(record=True, width=112, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(live.screen(snapshot, console.width))
    drawing = console.export_svg(title="maestro demo", code_format=_without_web_fonts(CONSOLE_SVG_FORMAT))
    (DOCS / "burst.svg").write_text(drawing, "utf-8")


def _without_web_fonts(template: str) -> str:
    """The template asks another host for its font; whoever looks has a monospaced one."""
    plain = re.sub(r"@font-face \{\{.*?\}\}", "", template, flags=re.DOTALL)
    return plain.replace("Fira Code", "ui-monospace, SFMono-Regular, Menlo, DejaVu Sans Mono")


if __name__ == "__main__":
    main()
