"""PainterActor: owns the connection to a remote image provider. The offline painter is a render, and needs none."""

from __future__ import annotations

import hashlib
from pathlib import Path

from maestro_actors.actors.actor import tell
from maestro_actors.actors.desk import Backoff, Desk
from maestro_actors.actors.messages import Paint, Painted, PaintFailed, Ref, Task
from maestro_actors.errors import ProviderError
from maestro_actors.providers.images import ImageProvider
from maestro_actors.rendering.specs import RenderedFile

PNG = b"\x89PNG\r\n\x1a\n"  # how every PNG begins


class PainterActor(Desk[Paint]):
    """One picture at a time; where the provider asks for patience, the picture waits that long."""

    what = "painting"

    def __init__(self, provider: ImageProvider, timer: Ref, backoff: Backoff) -> None:
        super().__init__(timer, backoff)
        self._provider = provider

    def _work(self, command: Paint) -> None:
        out = Path(command.out)
        self._provider.paint(command.prompt, command.size, command.seed, out)
        picture = _picture(out)
        file = RenderedFile(command.out, len(picture), hashlib.sha256(picture).hexdigest())
        tell(command.task.reply_to, Painted(command.task, file))

    def _fail(self, command: Paint, reason: str) -> None:
        tell(command.task.reply_to, PaintFailed(command.task, reason))

    def _task(self, command: Paint) -> Task:
        return command.task

    def _group(self, command: Paint) -> str:
        return command.task.burst_id


def _picture(out: Path) -> bytes:
    """What the provider left at `out`. Whether it can be decoded, the first render that uses it finds out."""
    try:
        picture = out.read_bytes()
    except OSError as error:
        raise ProviderError(f"the image provider left no picture: {error.strerror}") from error
    if not picture.startswith(PNG):
        raise ProviderError(f"the image provider left {len(picture)} bytes that are no PNG")
    return picture
