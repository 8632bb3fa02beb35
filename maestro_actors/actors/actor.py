"""What all our actors have in common."""

from __future__ import annotations

import logging
import queue
from typing import TYPE_CHECKING, Any

import pykka

if TYPE_CHECKING:
    from pykka._actor import ActorInbox

log = logging.getLogger(__name__)


class Actor(pykka.ThreadingActor):
    """A Pykka actor on a daemon thread: a worker that stops does not wait for a thread that blocks.

    Its inbox is a `SimpleQueue`, which is written in C: a message costs about half of one through `queue.Queue`.
    """

    use_daemon_thread = True

    @staticmethod
    def _create_actor_inbox() -> ActorInbox:
        inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        return inbox


def tell(ref: pykka.ActorRef[Any], message: object) -> None:
    """Tell an actor that may have gone: then nobody is left whom the message concerns."""
    try:
        ref.tell(message)
    except pykka.ActorDeadError:
        log.debug("undelivered", extra={"to": str(ref), "told": type(message).__name__})


def bug(error: BaseException | None) -> str:
    """A bug of ours as the reason of an outcome: people read it, the log has the traceback."""
    return f"an internal error ({type(error).__name__}: {error}); the log has the details"
