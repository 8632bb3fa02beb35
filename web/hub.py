"""The hub: one line to the worker, one subscription a user who is watched, and everybody who watches.

One thread owns it all and takes what it is told from its inbox, one after the other, as an actor does. A watcher is
poked when there is something new, and reads the newest: one that is slow misses what lies between, and nothing piles
up for it. Each snapshot is written as text once, however many watch.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from maestro_actors.gateway.address import Address
from maestro_actors.gateway.listening import Subscription, Trouble
from maestro_actors.gateway.messages import Changed

STOP_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class News:
    """The newest of one user: a snapshot as JSON with its id, or that the worker is away, and why."""

    event_id: str | None
    text: str
    trouble: Trouble | None = None


class Watcher:
    """One who watches a user. `wait` answers with what is new since it was asked last."""

    def __init__(self) -> None:
        self._pokes: queue.Queue[None] = queue.Queue(maxsize=1)
        self._newest: News | None = None
        self._seen: News | None = None
        self._closed = False

    def has_ended(self) -> bool:
        """Whether nothing new will ever come."""
        return self._closed

    def tell(self, news: News) -> None:
        """From now on this is the newest."""
        self._newest = news
        self._poke()

    def close(self) -> None:
        """Nothing new will ever come."""
        self._closed = True
        self._poke()

    def _poke(self) -> None:
        try:
            self._pokes.put_nowait(None)
        except queue.Full:
            return  # it has not looked since the last one, and will see this when it does

    def wait(self, seconds: float) -> News | None:
        """What is new; None if nothing came within these seconds, or nothing ever will."""
        try:
            self._pokes.get(timeout=seconds)
        except queue.Empty:
            return None
        newest = self._newest
        if self._closed or newest is self._seen:
            return None
        self._seen = newest
        return newest


@dataclass(frozen=True, slots=True)
class _Join:
    user_id: str
    watcher: Watcher


@dataclass(frozen=True, slots=True)
class _Leave:
    user_id: str
    watcher: Watcher


@dataclass(frozen=True, slots=True)
class _Troubled:
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class _Close:
    pass


@dataclass(slots=True)
class _Watched:
    news: News | None = None
    watchers: set[Watcher] = field(default_factory=set)


class Hub:
    """Fans out what the worker says. It calls the worker once somebody watches."""

    def __init__(self, address: Address) -> None:
        self._inbox: queue.SimpleQueue[_Join | _Leave | Changed | _Troubled | _Close] = queue.SimpleQueue()
        self._subscription: Subscription | None = None
        self._address = address
        self._users: dict[str, _Watched] = {}
        self._away: News | None = None
        self._closed = False
        self.watching = 0  # how many watch
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
        self._thread.start()

    @contextmanager
    def watch(self, user_id: str) -> Iterator[Watcher]:
        """Watch a user while the block runs; what is known already is news to a newcomer."""
        watcher = Watcher()
        self._inbox.put(_Join(user_id, watcher))
        if self._closed:
            watcher.close()  # perhaps nobody reads the inbox any more
        try:
            yield watcher
        finally:
            self._inbox.put(_Leave(user_id, watcher))

    def end(self) -> None:
        """Let every stream end, and wait for none: for a signal handler, too."""
        self._inbox.put(_Close())

    def close(self) -> None:
        """End every stream, and hang up."""
        self.end()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._closed:
            self._hear(self._inbox.get())
            self.watching = sum(len(user.watchers) for user in self._users.values())
        if self._subscription:
            self._subscription.close()
        self._turn_away()

    def _turn_away(self) -> None:
        """Whoever came while it ended."""
        while not self._inbox.empty():
            message = self._inbox.get()
            if isinstance(message, _Join):
                message.watcher.close()

    def _hear(self, message: _Join | _Leave | Changed | _Troubled | _Close) -> None:
        match message:
            case _Join(user_id, watcher):
                self._join(user_id, watcher)
            case _Leave(user_id, watcher):
                self._leave(user_id, watcher)
            case Changed():
                self._changed(message)
            case _Troubled(trouble):
                self._troubled(trouble)
            case _Close():
                self._closed = True
                for user in self._users.values():
                    for watcher in user.watchers:
                        watcher.close()

    def _join(self, user_id: str, watcher: Watcher) -> None:
        user = self._users.setdefault(user_id, _Watched())
        user.watchers.add(watcher)
        news = self._away or user.news
        if news:
            watcher.tell(news)
        if len(user.watchers) == 1:
            self._line().subscribe(user_id)

    def _line(self) -> Subscription:
        if self._subscription is None:
            put = self._inbox.put
            self._subscription = Subscription(self._address, put, lambda trouble: put(_Troubled(trouble)))
        return self._subscription

    def _leave(self, user_id: str, watcher: Watcher) -> None:
        user = self._users[user_id]
        user.watchers.discard(watcher)
        if not user.watchers:
            del self._users[user_id]
            self._line().unsubscribe(user_id)

    def _changed(self, changed: Changed) -> None:
        event_id = event_id_of(changed.epoch, changed.snapshot.version)
        user = self._users.get(changed.user_id)
        if user is None or (user.news and user.news.event_id == event_id):
            return
        user.news = News(event_id, changed.snapshot.model_dump_json())
        for watcher in user.watchers:
            watcher.tell(user.news)

    def _troubled(self, trouble: Trouble | None) -> None:
        if trouble is None:
            self._away = None
            return
        if self._away and str(self._away.trouble) == str(trouble):
            return
        self._away = News(None, str(trouble), trouble)
        for user in self._users.values():
            user.news = None  # what is said next is news, even if it is what was said before
            for watcher in user.watchers:
                watcher.tell(self._away)


def event_id_of(epoch: int, version: int) -> str:
    """The id of a snapshot: versions count from each start of a worker, and epochs count those."""
    return f"{epoch}-{version}"
