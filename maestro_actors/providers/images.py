"""What an image provider is: something that paints a prompt into a file, and may refuse or be out of reach."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class ImageProvider(Protocol):
    """One connection to a service that paints. Only the PainterActor calls it."""

    def paint(self, prompt: str, size: tuple[int, int], seed: int, out: Path) -> None:
        """Write a PNG of `size` pixels to `out`. Blocks, under a deadline of its own.

        Raises:
            PassingError: it may work later; after `retry_after` seconds, where the service said.
            ProviderError: it will not work.
        """
