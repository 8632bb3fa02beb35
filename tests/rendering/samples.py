"""Brands and proposals to render, one brand for each typeface."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from PIL import Image

from maestro_actors.core.content import Brand, Kind, Palette, PerKind, Proposal, Slide
from maestro_actors.rendering.render import render
from maestro_actors.rendering.specs import PaintBackground


def brand(typeface: str, name: str, palette: Palette) -> Brand:
    at_noon = (time(12),)
    return Brand(
        slug=typeface,
        name=name,
        handle=f"@{name.lower().replace(' ', '.')}",
        palette=palette,
        typeface=typeface,
        topics=("sleep",),
        timezone="Europe/Lisbon",
        publishing_times=PerKind(at_noon, at_noon, at_noon),
        quota=PerKind(1, 1, 1),
    )


CAMPUS = brand("grotesk", "Campus Calm", Palette("#12233f", "#f6f3ea", "#2f6f5e", "#f2a65a"))
KETTLE = brand("editorial", "The Slow Kettle", Palette("#2b1d16", "#f7efe3", "#8c4a2f", "#d9a441"))
NORTH = brand("poster", "Northbound Money", Palette("#101418", "#f2f4f0", "#1746d1", "#ffcf33"))
PICNIC = brand("friendly", "Picnic Club", Palette("#3a1440", "#fff4ea", "#e4577a", "#ffb84d"))
BRANDS = (CAMPUS, KETTLE, NORTH, PICNIC)

REEL = Proposal(
    Kind.REEL,
    "grotesk",
    "5 ways to fall asleep faster before an exam",
    "Save this for exam week.",
    "soft calm night",
    lines=("Put your phone across the room", "Write tomorrow’s worries on paper", "Keep the room at 18 °C"),
)
CAROUSEL = Proposal(
    Kind.CAROUSEL,
    "grotesk",
    "The two-minute reset between lectures",
    "",
    "bold",
    slides=(
        Slide("The two-minute reset", "For days when everything runs together."),
        Slide("Unclench", "Drop your shoulders, loosen your jaw, and let your hands rest open on the desk."),
        Slide("Save this", "And send it to the friend who never takes a break."),
    ),
)


def painted(folder: Path, brand: Brand = CAMPUS, size: tuple[int, int] = (1080, 1350), seed: int = 7) -> str:
    """A background in the folder, and its path."""
    out = str(folder / f"background-{brand.slug}-{size[1]}-{seed}.png")
    render(PaintBackground(brand, "anything", seed, size, out))
    return out


def opened(path: str) -> Image.Image:
    with Image.open(path) as file:
        return file.copy()
