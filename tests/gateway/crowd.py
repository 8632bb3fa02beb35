"""A door that tells of as many jobs as a test likes, each time a little further."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from maestro_actors.core.snapshot import Json
from tests.gateway.conftest import FakeDoor, Heard, a_snapshot

STAGES = ("queued", "generating", "rendering", "uploading", "scheduling")
SINCE = "2026-11-27T10:00:00.000Z"


@dataclass
class Listener(Heard):
    """Hears at once how it stands."""

    told: Callable[[], Json] = a_snapshot

    def subscribe(self, user_id: str) -> None:
        self.users.add(user_id)
        self.deliver(user_id, self.told())


class Crowd(FakeDoor):
    """Tells whoever listens of so many jobs."""

    def __init__(self, jobs: int) -> None:
        super().__init__()
        self._jobs = jobs
        self._ended = 0  # of them, the first ones
        self._version = 1
        self.burst_id = "99999999-0000-4000-8000-000000000000"
        self.pictures: list[str] = []  # the URLs of every job's

    def snapshot(self, user_id: str) -> Json:
        return self._told()

    def listener(self, deliver: Callable[[str, Json], None]) -> Heard:
        heard = Listener(deliver, told=self._told)
        self.listeners.append(heard)
        return heard

    def go_on(self, user_id: str) -> int:
        """Let every job be a step further, and say so; the version of what was said."""
        self._version += 1
        for listener in self.listeners:
            if user_id in listener.users:
                listener.deliver(user_id, self._told())
        return self._version

    def replace_one(self, user_id: str) -> int:
        """Let one more job end, and another be there; the version of what was said."""
        self._jobs += 1
        self._ended += 1
        return self.go_on(user_id)

    def _told(self) -> Json:
        assets = [{"path": url, "category": "post", "url": url, "bytes": 1, "sha256": ""} for url in self.pictures]
        jobs = [_job(number, self._version) | {"assets": assets} for number in range(self._jobs)]
        for job in jobs[: self._ended]:
            job |= {"outcome": "scheduled", "scheduled_for": SINCE, "doing": ""}
        counts = {stage: sum(job["stage"] == stage for job in jobs) for stage in STAGES}
        nothing = {"scheduled": 0, "failed": 0, "cancelled": 0, "lost": 0}
        return a_snapshot(
            self._version,
            current_phase="processing",
            burst_id=self.burst_id,
            kind="smart",
            burst_started_at=SINCE,
            elapsed_seconds=1.0,
            active_jobs=self._jobs,
            headline=f"Step {self._version}",
            counts={"total": self._jobs, **counts, **nothing},
            jobs=jobs,
        )


def _job(number: int, version: int) -> dict[str, Any]:
    stage = STAGES[(number + version) % len(STAGES)]
    return {
        "job_id": f"{number:08d}-0000-4000-8000-000000000000",
        "brand": f"bench-{number % 4 + 1}",
        "kind": "post",
        "title": f"Piece {number} of a great many that there are today",
        "agent": "Zero",
        "stage": stage,
        "doing": f"{stage.title()} for the {version}th time",
        "waiting_for": "a renderer" if stage == "queued" else None,
        "since": SINCE,
        "outcome": None,
        "error": None,
        "assets": [],
        "scheduled_for": None,
    }
