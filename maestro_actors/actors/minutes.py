"""The minutes of a burst: what happened, in order and numbered, on its way to the journal.

No actor of its own, but a part of the BurstActor, which alone touches it. An event is folded in at once; what stands
outside hears of it by way of the journal, when it is on disk. What nobody waits for gathers until something does.
"""

from __future__ import annotations

from datetime import datetime

from maestro_actors.actors.actor import tell
from maestro_actors.actors.messages import Ref
from maestro_actors.actors.recording import Record, Told
from maestro_actors.core.burst import Burst, JobState
from maestro_actors.core.events import Event, JobScheduled, StepProgressed
from maestro_actors.journal.entries import Claim, Item, ending_of, entry_of


class Minutes:
    """Folds events into the burst and hands them to the journal. `changed` says whether there is news for a view."""

    def __init__(self, burst: Burst, next_seq: int, journal: Ref, owner: Ref) -> None:
        self.changed = True
        self._burst = burst
        self._seq = next_seq
        self._journal = journal
        self._owner = owner
        self._items: list[Item] = []
        self._then: list[Told] = []
        self._urgent = False
        self._claims = False

    def note(self, event: Event, unwanted: tuple[str, ...] = ()) -> bool:
        """Fold the event in; answers whether it changed anything. How much of a step is done is not kept."""
        if not self._burst.apply(event):
            return False
        self.changed = True
        if not isinstance(event, StepProgressed):
            self._items.append(entry_of(self._burst, self._number(), event, unwanted))
        return True

    def claim(self, job: JobState, at: datetime) -> None:
        """Let the journal give the job a slot, and record in the same breath that it is scheduled."""
        started = self._burst.started
        brand = self._burst.brand(job.brand)
        self._items.append(
            Claim(*(started.user_id, started.burst_id, self._number(), at), job.job_id, brand, job.kind, job.replaces)
        )
        self._claims = True

    def claimed(self, event: JobScheduled) -> None:
        """Fold in what the journal has recorded by itself."""
        self.changed = self._burst.apply(event) or self.changed

    def end(self) -> None:
        """The burst has ended."""
        self._items.append(ending_of(self._burst))

    def then(self, ref: Ref, message: object) -> None:
        """Tell when everything so far is on disk."""
        self._then.append((ref, message))
        self._urgent = True

    @property
    def waits_for_a_slot(self) -> bool:
        """Whether there are claims that are not handed over yet."""
        return self._claims

    def hand_over(self, everything: bool = False) -> None:
        """Hand it over, if somebody waits for some of it or `everything` is to go."""
        if not self._urgent and not (everything and self._items):
            return
        tell(self._journal, Record(tuple(self._items), tuple(self._then), self._owner))
        self._items.clear()
        self._then.clear()
        self._urgent = self._claims = False

    def _number(self) -> int:
        self._seq += 1
        return self._seq - 1
