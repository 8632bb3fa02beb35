"""What the render pool and its renderers tell each other, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from maestro_actors.actors.messages import Ref, Render, Task


@dataclass(frozen=True, slots=True)
class RenderAttempt:
    """A render, the `number`th time."""

    command: Render
    number: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """From the pool: render this now."""

    attempt: RenderAttempt


@dataclass(frozen=True, slots=True)
class Abort:
    """From the pool: kill the child if it renders this."""

    task: Task


@dataclass(frozen=True, slots=True)
class RendererFree:
    """To the pool: I can take a render; the last one I had, if any, is answered. It `took` seconds if it was done."""

    renderer: Ref
    had: Task | None = None
    took: float | None = None


@dataclass(frozen=True, slots=True)
class ChildGone:
    """To the pool: my child died or was killed, and another takes its place."""


@dataclass(frozen=True, slots=True)
class RenderInterrupted:
    """To the pool: the child died over this render, which is not answered yet."""

    attempt: RenderAttempt
    reason: str


@dataclass(frozen=True, slots=True)
class RendererBroken:
    """To the pool: my child dies while it starts, time and again. The render I was to do waits in vain."""

    renderer: Ref
    attempt: RenderAttempt | None
    reason: str


@dataclass(frozen=True, slots=True)
class RendererCrashed:
    """To the pool: I died of a bug. The render I had is not answered."""

    renderer: Ref
    attempt: RenderAttempt | None
    reason: str
