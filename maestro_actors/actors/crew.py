"""The crew of a burst: its JobActors, a bounded number alive, each under a deadline while somebody works for it.

No actor of its own, but a part of the BurstActor, which alone touches it.
"""

from __future__ import annotations

import shutil
import time
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maestro_actors.actors.actor import tell
from maestro_actors.actors.job import JobActor
from maestro_actors.actors.messages import Begin, Cancel, Ref
from maestro_actors.actors.studio import Studio
from maestro_actors.core.burst import Burst, JobState
from maestro_actors.core.content import Stage
from maestro_actors.rendering.plan import Order

PATIENCE = {  # seconds that a job's step may take from where somebody took it up; the step's own deadline is shorter
    Stage.QUEUED: 60.0,
    Stage.GENERATING: 240.0,
    Stage.RENDERING: 240.0,
    Stage.UPLOADING: 240.0,
    Stage.SCHEDULING: 60.0,
}


STEPS = 1000  # more than any job has


@dataclass(slots=True)
class Watched:
    """A JobActor and when it must have spoken again; None while it waits for others.

    Deadlines are on the monotonic clock: a laptop that slept has not been silent. `gone` is set when its actor is seen
    dead: what it told before then is still on its way for a tick.
    """

    actor: Ref
    deadline: float | None = None
    gone: bool = False


class Crew:
    """Starts jobs in the order in which they were accepted, and knows who has been silent for too long.

    `life` counts the actors that have owned the burst in this worker: what is left of an earlier one's jobs shares
    neither a folder nor a question's number with this one's.
    """

    def __init__(self, burst: Burst, studio: Studio, owner: Ref, life: int) -> None:
        self._burst = burst
        self._life = life
        self._studio = studio
        self._owner = owner
        self._queue: deque[str] = deque()
        self._watched: dict[str, Watched] = {}

    def enlist(self, job_ids: Iterable[str]) -> None:
        """Let these jobs wait for their turn, and start as many as may be under way."""
        self._queue.extend(job_ids)
        self._fill()

    def dismiss(self, job_id: str) -> None:
        """The job's actor has said its last word: another may start."""
        self._watched.pop(job_id, None)
        self._fill()

    def somebody_works_for(self, job_id: str) -> None:
        """From now on the job's silence has a limit, which depends on its stage."""
        self._watched[job_id].deadline = time.monotonic() + PATIENCE[self._burst.jobs[job_id].stage]

    def waits(self, job_id: str) -> None:
        """The job stands in a queue again, where it may stay for as long as that takes."""
        self._watched[job_id].deadline = None

    def has(self, job_id: str) -> bool:
        """Whether the job has an actor that has not said its last word."""
        return job_id in self._watched

    def cancel(self) -> None:
        """Tell those under way to stop; those that wait for their turn never begin."""
        self._queue.clear()
        for watched in self._watched.values():
            tell(watched.actor, Cancel())

    def leave(self) -> None:
        """Stop every JobActor as it is."""
        self._queue.clear()
        for watched in self._watched.values():
            watched.actor.stop(block=False)

    def silent(self) -> Iterator[tuple[str, str]]:
        """The jobs that must be given up, and why."""
        now = time.monotonic()
        for job_id, watched in list(self._watched.items()):
            if watched.gone:
                yield job_id, "its actor is gone"
            elif watched.deadline and now > watched.deadline:
                yield job_id, "it went silent"
            watched.gone = not watched.actor.is_alive()

    def give_up(self, job_id: str) -> None:
        """Stop what may still run of the job; an actor that lives clears its folder itself."""
        watched = self._watched[job_id]
        tell(watched.actor, Cancel())
        if watched.gone:
            shutil.rmtree(self._folder(job_id), ignore_errors=True)

    def _fill(self) -> None:
        while self._queue and len(self._watched) < self._studio.jobs_in_flight:
            self._start(self._burst.jobs[self._queue.popleft()])

    def _start(self, job: JobState) -> None:
        assert job.proposal is not None, "an open job has its proposal"
        order = Order(job.job_id, self._burst.brand(job.brand), job.proposal, self._seed(job), self._folder(job.job_id))
        started = self._burst.started
        first = self._life * STEPS + 1
        actor = JobActor.start(order, started.user_id, started.burst_id, self._owner, self._studio.services, first)
        self._watched[job.job_id] = Watched(actor)
        tell(actor, Begin())

    def _seed(self, job: JobState) -> int:
        """The same whenever the job is begun again; another for a job that is made in place of one like it."""
        anew = f"/{job.job_id}" if job.replaces else ""
        return zlib.crc32(f"{self._burst.started.seed}/{job.brand}/{job.kind}/{job.title}{anew}".encode())

    def _folder(self, job_id: str) -> str:
        return f"{self._studio.folder}/{job_id}-{self._life}"
