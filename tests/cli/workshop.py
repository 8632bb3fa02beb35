"""The smallest studio there can be: one brand that wants one post a day, where it is about noon.

workshop = Workshop(house)
workshop.open()
done = house.run("burst")
assert [job["outcome"] for job in workshop.jobs()] == ["scheduled"]
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from tests.cli.house import House
from tests.cli.inside import Inside

BRAND, OTHERS = "healthy-college", ("copper-tern-coffee", "the-slow-timetable")
ONE_POST = ("burst", "--posts", "1", "--carousels", "0", "--reels", "0")
PUBLISHED_AT = "23:00"  # hours after any test


def noon() -> str:
    """A timezone where it is noon, or up to an hour later: no test there meets midnight."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"  # their signs are the other way round


class Workshop:
    """What a house's commands say of its studio. A user is the only one of the house unless they are named."""

    def __init__(self, house: House, user: str | None = None) -> None:
        self._house = house
        self._says = Inside(house.home)
        self._settings = {"MAESTRO_USER": user} if user else {}

    def open(self) -> Workshop:
        """Let there be this studio."""
        zone = noon()
        for slug in OTHERS:
            self.says("brand", "remove", slug)
        quota = ("--posts", "1", "--reels", "0", "--carousels", "0")
        self.says("brand", "edit", BRAND, *quota, "--timezone", zone, "--posts-at", PUBLISHED_AT)
        self.says("daily", "off", "--timezone", zone)
        return self

    @property
    def now(self) -> datetime:
        """Now, where its user lives."""
        return datetime.now(ZoneInfo(json.loads(self.says("daily", "--json"))["timezone"]))

    def says(self, *arguments: str) -> str:
        """What a command prints that goes well."""
        done = self._says(*arguments, **self._settings)
        assert done.code == 0, done.said
        return done.out

    def bursts(self) -> list[Any]:
        """Every burst, the first one first."""
        found: list[Any] = json.loads(self.says("history", "--json"))["bursts"]
        return found[::-1]

    def jobs(self, burst_id: str | None = None) -> list[Any]:
        """Every job, or every one of a burst."""
        found: list[Any] = json.loads(self.says("history", *([burst_id] if burst_id else ["--jobs"]), "--json"))["jobs"]
        return found

    def assert_storage_has_what_was_scheduled(self) -> None:
        """Each slot is of one job, and in storage are the objects of the scheduled jobs, and nothing else."""
        jobs = self.jobs()
        slots = [(job["brand"], job["kind"], job["slot"]["local_time"]) for job in jobs if job["slot"]]
        assert len(set(slots)) == len(slots) == sum(job["outcome"] == "scheduled" for job in jobs)
        assert all(job["outcome"] == "scheduled" for job in jobs if job["assets"])
        assert hashes(self._house) == sorted(asset["sha256"] for job in jobs for asset in job["assets"])


def hashes(house: House) -> list[str]:
    """The SHA-256 of every object that the house's own storage has."""
    return sorted(sha256(data).hexdigest() for data in house.stored("."))
