"""A worker that runs elsewhere, watched through its gateway; what came of a burst is in the journal."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from sqlalchemy import Engine

from maestro_actors.cli.workers import BY, REASON, Wish
from maestro_actors.core import snapshot as snapshots
from maestro_actors.core.burst import Burst
from maestro_actors.core.snapshot import Json
from maestro_actors.errors import MaestroError, PassingError
from maestro_actors.gateway.address import Address
from maestro_actors.gateway.client import Gateway, RefusedError
from maestro_actors.gateway.listening import Subscription, Trouble
from maestro_actors.gateway.messages import CancelBurst, Changed, StartBurst
from maestro_actors.journal.entries import UnreadableBurst
from maestro_actors.journal.history import History
from maestro_actors.journal.reader import JournalReader

TOLD = "left to the worker, which stops the burst: `maestro status` shows how far it is"
TOLD_BEFORE = "left to the next worker, which stops the burst: the one that was told to is away"
AWAY = (
    "Nothing can be cancelled while the worker is away: the next one is told to as soon as it is there. "
    "Ctrl-C again leaves the burst to go on with that one"
)


class Newest:
    """The newest that was heard of one user. The subscription's thread writes it, and whoever shows it reads."""

    def __init__(self) -> None:
        self.snapshot: Json | None = None
        self.trouble: Trouble | None = None

    def changed(self, changed: Changed) -> None:
        self.snapshot = changed.snapshot.model_dump()

    def troubled(self, trouble: Trouble | None) -> None:
        self.trouble = trouble


class CalledWorker:
    """A worker that is called; `say` tells people when it is away, and when it is back."""

    def __init__(
        self, gateway: Gateway, newest: Newest, engine: Engine, user_id: str, say: Callable[[str], object]
    ) -> None:
        self._gateway = gateway
        self._newest = newest
        self._engine = engine
        self._user_id = user_id
        self._say = say
        self._away = False
        self._cancelled = False
        self._waits = False  # to cancel it, and has said so

    def left(self) -> str | None:
        """It goes on with its bursts by itself."""
        return None

    def start(self, wish: Wish) -> str:
        counts = {kind.plural: count for kind, count in wish.order.items()} if wish.order else {}
        key = str(uuid.uuid4())  # what is asked again because the line was cut is the same burst
        what = {"kind": wish.kind.value, "brands": wish.brands, "seed": wish.seed, "idempotency_key": key}
        try:
            return self._gateway.start_burst(StartBurst.model_validate({"user_id": self._user_id, **what, **counts}))
        except RefusedError as error:
            if error.code != "under-way":
                raise
            raise MaestroError(
                f"{error}: `maestro status --watch` shows it, `maestro cancel {error.burst_id}` stops it"
            ) from error

    def regenerate(self, job_id: str) -> str:
        return self._gateway.regenerate(self._user_id, job_id)

    def snapshot(self) -> Json:
        self._mind_the_line()
        heard = self._newest.snapshot or snapshots.idle()
        return heard | snapshots.timing(heard, datetime.now(UTC))

    def _mind_the_line(self) -> None:
        trouble = self._newest.trouble
        if trouble and not self._away:
            self._say(f"The worker is away ({trouble}); what it had begun is gone on with by the next")
        elif self._away and not trouble:
            self._say("The worker is back")
        self._away = trouble is not None

    def ended(self, burst_id: str) -> Burst | None:
        heard = self._newest.snapshot
        if heard and heard["burst_id"] == burst_id and not self._newest.trouble:
            return None
        try:
            return self._recorded(burst_id)
        except PassingError:  # the database is away: it will say so when it is back
            return None

    def _recorded(self, burst_id: str) -> Burst | None:
        if History(self._engine).burst(burst_id, self._user_id).finished_at is None:
            return None
        found = JournalReader(self._engine).burst(burst_id)
        if isinstance(found, UnreadableBurst):
            raise found.error
        return Burst.replay(found.started, found.events) if found else None

    def cancel(self, burst_id: str) -> bool:
        try:
            self._cancelled = self._gateway.cancel_burst(
                CancelBurst(user_id=self._user_id, burst_id=burst_id, by=BY, reason=REASON)
            )
        except PassingError:  # whoever watches asks again and again, and so the next worker is asked, too
            if not self._waits:
                self._say(AWAY)
            self._waits = True
        return self._cancelled

    def leaving(self, burst_id: str) -> str:
        away = self._newest.trouble is not None
        if self._cancelled:
            return TOLD_BEFORE if away else TOLD
        who, then = ("the next worker", " once one runs") if away else ("the worker", "")
        return f"nothing was cancelled: the burst goes on with {who}; `maestro cancel {burst_id}` stops it{then}"


@contextmanager
def watched(address: Address, user_id: str) -> Iterator[Newest]:
    """What is heard of the user while the block runs."""
    newest = Newest()
    with closing(Subscription(address, newest.changed, newest.troubled)) as subscription:
        subscription.subscribe(user_id)
        yield newest
