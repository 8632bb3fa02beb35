"""What actors tell each other: frozen values, commands imperative, events in the past tense.

What happens to a burst is told in the words of `core.events`. The rest is here: commands that go down, and the
answers to them. A command that wants an answer carries a `Task`, the answer carries the same one back, and there is
always exactly one answer that settles it: done, failed, lost or withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pykka

from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Brand, PerKind, Proposal
from maestro_actors.core.events import BurstKind, Request
from maestro_actors.core.snapshot import Json
from maestro_actors.rendering.specs import RenderedFile, RenderSpec

Ref = pykka.ActorRef[Any]


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work. `owner` is the job, or the request, that it is for.

    `reply_to` gets the one answer that settles it; `watcher`, the burst, hears when it is taken up or delayed, since
    the burst keeps the deadlines.
    """

    burst_id: str
    owner: str
    step: int
    reply_to: Ref = field(repr=False, compare=False)
    watcher: Ref = field(repr=False, compare=False)


# To any actor.


@dataclass(frozen=True, slots=True)
class Begin:
    """Start working. Work never begins in `on_start`: what it raises there nobody would hear."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed: look at your deadlines."""


@dataclass(frozen=True, slots=True)
class Leave:
    """The system stops: end what you own, tell no outcomes, and stop."""


@dataclass(frozen=True, slots=True)
class GetFigures:
    """To an actor that lives as long as the system: answers with its part of `System.figures`, from memory."""


# Commands for work that is answered. Each waits in its owner's queue until its turn.


@dataclass(frozen=True, slots=True)
class Propose:
    """To an AgentActor: answer with `Proposed` or `ProposalFailed`. `avoid` are titles that are taken."""

    task: Task
    request: Request
    brand: Brand
    seed: int
    avoid: frozenset[str]


@dataclass(frozen=True, slots=True)
class Paint:
    """To the PainterActor: paint the prompt into the file `out` (PNG, `size` in pixels)."""

    task: Task
    prompt: str
    size: tuple[int, int]
    seed: int
    out: str


@dataclass(frozen=True, slots=True)
class Render:
    """To the RenderPool: render the spec in a child process."""

    task: Task
    spec: RenderSpec


@dataclass(frozen=True, slots=True)
class Upload:
    """To the StorageActor: store `file` (`size` bytes) at `path` in the bucket."""

    task: Task
    path: str
    file: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The work is not wanted any more. What waits is taken out, a render is killed, an upload under way ends."""

    task: Task


Work = Propose | Paint | Render | Upload


# On the way, to the watcher.


@dataclass(frozen=True, slots=True)
class WorkStarted:
    """The owner took up the work for the `attempt`th time. Deadlines run from here."""

    task: Task
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class WorkProgressed:
    """So much of the work is done: a share from 0 to 1."""

    task: Task
    share: float


@dataclass(frozen=True, slots=True)
class WorkDelayed:
    """The work waits again, and for what."""

    task: Task
    waiting_for: str


# Answers that settle a task.


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the agent suggests; the editor still has to look at it."""

    task: Task
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class ProposalFailed:
    """The agent suggests nothing, and why."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True)
class Painted:
    """The picture lies in its file."""

    task: Task
    file: RenderedFile


@dataclass(frozen=True, slots=True)
class PaintFailed:
    """There is no picture, and why."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The render lies in its file."""

    task: Task
    file: RenderedFile


@dataclass(frozen=True, slots=True)
class RenderFailed:
    """The spec cannot be rendered, and why."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True)
class RenderLost:
    """The render's process died, and so did the one that tried it again."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True)
class Stored:
    """The bucket has it: `url` answers with its bytes."""

    task: Task
    url: str


@dataclass(frozen=True, slots=True)
class StoreFailed:
    """The bucket does not have it, and why."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Nothing of the work runs any more, and nothing of it was done."""

    task: Task


Done = Painted | Rendered | Stored
Failed = PaintFailed | RenderFailed | StoreFailed
JobAnswer = Done | Failed | RenderLost | Withdrawn
AgentAnswer = Proposed | ProposalFailed | Withdrawn


# Without an answer.


@dataclass(frozen=True, slots=True)
class Remind:
    """To the TimerActor: tell `ref` the message in `delay` seconds."""

    ref: Ref
    message: object
    delay: float


@dataclass(frozen=True, slots=True)
class Remove:
    """To the StorageActor: remove these paths from the bucket; missing ones do not matter. `journal` hears of it."""

    burst_id: str
    paths: tuple[str, ...]
    journal: Ref


@dataclass(frozen=True, slots=True)
class Cancel:
    """To a JobActor: stop, and answer with your outcome."""


# Between a burst and Maestro.


@dataclass(frozen=True, slots=True)
class BurstChanged:
    """The burst's part of the snapshot is now this."""

    burst_id: str
    view: Json


@dataclass(frozen=True, slots=True)
class BurstEnded:
    """Every request is settled and every job has its outcome; nobody changes the burst from now on."""

    burst: Burst


@dataclass(frozen=True, slots=True)
class BurstBroke:
    """The burst's actor died of a bug; what it had recorded is on disk."""

    burst_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class CancelNoted:
    """The burst's cancellation is on record."""

    burst_id: str


@dataclass(frozen=True, slots=True)
class JobJoined:
    """A job that was added to the burst is on record."""

    burst_id: str
    job_id: str


# From the edge to Maestro, which answers at once, or as soon as it is on record.


@dataclass(frozen=True, slots=True)
class StartBurst:
    """Begin a burst for the user; see `journal.entries.Opening`. Answers with the burst's id.

    Raises `BurstRefusedError`, `PassingError` where the database is away.
    """

    user_id: str
    kind: BurstKind
    brands: tuple[str, ...] | None = None
    order: PerKind[int] | None = None
    seed: int | None = None
    idempotency_key: str | None = None
    request_hash: str = ""


@dataclass(frozen=True, slots=True)
class RegenerateJob:
    """Make a new job that replaces this one. Answers with the new job's id; raises as `StartBurst`."""

    user_id: str
    job_id: str


@dataclass(frozen=True, slots=True)
class CancelBurst:
    """Stop the burst, if it is this user's, or anyone's. Answers whether there was anything left to cancel.

    Raises `UnknownBurstError`.
    """

    burst_id: str
    by: str
    reason: str = ""
    of_user: str | None = None


@dataclass(frozen=True, slots=True)
class GetSnapshot:
    """Answers with the user's snapshot, between bursts too."""

    user_id: str


@dataclass(frozen=True, slots=True)
class GetEndedBurst:
    """Answers with the user's last burst that ended, or None."""

    user_id: str


@dataclass(frozen=True, slots=True)
class LookAgain:
    """The user's routine was changed in the database: no need to wait for the next look at everybody's."""

    user_id: str


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Tell `ref` how the user's snapshot is, and whenever it changes: `SnapshotChanged`."""

    user_id: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Tell `ref` no more of the user."""

    user_id: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class SnapshotChanged:
    """The user's snapshot is now this."""

    user_id: str
    snapshot: Json


@dataclass(frozen=True, slots=True)
class CountWork:
    """To the StorageActor: how much work waits or is under way?"""
