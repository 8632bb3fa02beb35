"""Waitress in a thread of its own, so that whoever started it can end it cleanly."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from waitress import wasyncore
from waitress.server import MultiSocketServer, create_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS: Final = 8
KEEP_ALIVE_SECONDS: Final = 61  # measured against supabase/storage 1.11.2
CONNECTIONS: Final = 1000
DRAIN_SECONDS: Final = 1
LOOP_SECONDS: Final = 1.0


class HttpServer:
    """Serves the application on a bound socket until `stop`. `on_end` is called from its thread."""

    def __init__(
        self, application: WSGIApplication, bound: socket.socket, on_end: Callable[[], None] = lambda: None
    ) -> None:
        options: dict[str, Any] = {
            "sockets": [bound],
            "threads": THREADS,
            "channel_timeout": KEEP_ALIVE_SECONDS,
            "cleanup_interval": 5,
            "connection_limit": CONNECTIONS,
            "asyncore_use_poll": True,
            "ident": "supabase_local",
        }
        self._sockets: dict[int, Any] = {}
        server = create_server(application, map=self._sockets, **options)
        assert not isinstance(server, MultiSocketServer)  # that is for several sockets
        self._server = server
        self._on_end = on_end
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="supabase_local", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the requests that run come to their end, for a second; then close every connection."""
        self._server.task_dispatcher.shutdown(timeout=DRAIN_SECONDS)
        # The loop itself takes note, in its next round: noted here first, it could have closed its pipe already.
        self._server.trigger.pull_trigger(self._stopping.set)  # type: ignore[attr-defined]  # the stubs say int
        self._thread.join(LOOP_SECONDS)

    def _loop(self) -> None:
        try:
            while not self._stopping.is_set():
                wasyncore.loop(timeout=LOOP_SECONDS, use_poll=True, map=self._sockets, count=1)
        finally:
            wasyncore.close_all(self._sockets)
            self._on_end()
