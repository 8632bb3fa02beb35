"""CalendarActor: owns every user's publishing slots, in memory."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from maestro_actors.actors.actor import Actor, bug, tell
from maestro_actors.actors.messages import ClaimFailed, ClaimSlot, SlotClaimed, Withdraw
from maestro_actors.core.calendar import NoFreeSlotError, SlotBook

log = logging.getLogger(__name__)


class CalendarActor(Actor):
    """Gives each job one slot, and the same one again if it asks twice."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock
        self._books: defaultdict[str, SlotBook] = defaultdict(SlotBook)

    def on_receive(self, message: ClaimSlot | Withdraw) -> None:
        match message:
            case ClaimSlot():
                self._claim(message)
            case Withdraw():
                pass  # a claim is answered at once, and its answer stands

    def _claim(self, claim: ClaimSlot) -> None:
        task, book = claim.task, self._books[claim.user_id]
        try:
            slot = book.claim(task.owner, claim.brand, claim.kind, self._clock())
        except NoFreeSlotError as error:
            tell(task.reply_to, ClaimFailed(task, str(error)))
        except Exception as error:  # one brand's trouble is not everybody's
            log.exception("a claim failed by a bug", extra={"job_id": task.owner, "brand": claim.brand.slug})
            tell(task.reply_to, ClaimFailed(task, bug(error)))
        else:
            tell(task.reply_to, SlotClaimed(task, slot))
