"""The alarm clock of the daily runs. No actor of its own, but a part of Maestro, which alone touches it.

It only wakes: whether a run is due, and that it happens once, is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from maestro_actors.actors.actor import tell
from maestro_actors.actors.messages import Ref


@dataclass(frozen=True, slots=True)
class DailyDue:
    """To Maestro: look whether the user's daily burst is to begin."""

    user_id: str


class DailyAlarms:
    """Tells `ref` when a user's daily burst may be due; a later call for the user replaces an earlier one.

    APScheduler's DateTrigger at an instant that the core has worked out: its CronTrigger fires twice when clocks fall
    back (https://apscheduler.readthedocs.io/en/3.x/modules/triggers/cron.html#daylight-saving-time-behavior).
    """

    def __init__(self, ref: Ref) -> None:
        self._ref = ref
        self._scheduler = BackgroundScheduler(timezone=UTC, daemon=True)
        self._at: dict[str, datetime] = {}
        self._scheduler.start()

    def set(self, user_id: str, at: datetime | None) -> None:
        """Wake at this instant; None for never. One that has passed wakes at once, however late that is."""
        if self._at.get(user_id) == at:
            return
        if at is None:
            del self._at[user_id]
            if self._scheduler.get_job(user_id):
                self._scheduler.remove_job(user_id)
            return
        self._at[user_id] = at
        self._scheduler.add_job(
            tell,
            DateTrigger(at, UTC),
            args=(self._ref, DailyDue(user_id)),
            id=user_id,
            replace_existing=True,
            misfire_grace_time=None,
        )

    def close(self) -> None:
        """Wake nobody any more."""
        self._scheduler.shutdown(wait=False)
