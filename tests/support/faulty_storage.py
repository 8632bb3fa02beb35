"""The real storage application behind a real server, with uploads that fail on demand.

    with storage_server(tmp_path, faults=lambda nth, path: BAD_GATEWAY if nth == 1 else None) as server:
        client = create_client(server.url, server.service_key)

`faults` is asked for every upload with its number, from 1, and its `bucket/key`; None lets it pass.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from supabase_local import Keys, create_app, load_or_create_keys
from supabase_local.app import store_of
from supabase_local.http_server import HttpServer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

JSON = "application/json; charset=utf-8"
HTML = "text/html"
PAGE = "/a-page"

_OBJECT = "/storage/v1/object/"
_NO_UPLOADS = ("sign/", "list/", "move", "copy")  # other things that are POSTed under /object


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in place of the application's, or, with `after_storing`, after the object was stored."""

    status: str
    content_type: str
    body: bytes
    location: str | None = None
    after_storing: bool = False


@dataclass(frozen=True, slots=True)
class Stall:
    """Silence for so many seconds; then the upload passes."""

    seconds: float


Fault: TypeAlias = Reply | Stall
Faults: TypeAlias = Callable[[int, str], Fault | None]

INTERNAL_ERROR = Reply(
    "500 Internal Server Error",
    JSON,
    b'{"statusCode":"500","error":"Internal","message":"Internal Server Error","code":"InternalError"}',
)
SLOW_DOWN = Reply(
    "429 Too Many Requests",
    JSON,
    b'{"statusCode":"429","error":"too_many_connections",'
    b'"message":"Too many connections issued to the database","code":"SlowDown"}',
)
BAD_GATEWAY = Reply("502 Bad Gateway", HTML, b"<html><h1>502 Bad Gateway</h1></html>")
LOGIN_PAGE = Reply("401 Unauthorized", HTML, b"<html>Please log in.</html>")
EMPTY_OK = Reply("200 OK", JSON, b"")
TEXT_OK = Reply("200 OK", "text/plain", b"OK")
REDIRECT = Reply("302 Found", HTML, b"", location=PAGE)


def no_faults(nth_upload: int, path: str) -> Fault | None:
    return None


class StorageServer:
    """A storage server that a test may break at run time, by setting `faults`."""

    def __init__(self, application: WSGIApplication, url: str, keys: Keys, faults: Faults) -> None:
        self.url = url
        self.service_key = keys.service_key
        self.anon_key = keys.anon_key
        self.jwt_secret = keys.jwt_secret
        self.faults = faults
        self.upload_paths: list[str] = []
        self.closing = threading.Event()
        self._application = application
        self._counting = threading.Lock()

    @property
    def uploads(self) -> int:
        """How many uploads were tried, the failed ones included."""
        return len(self.upload_paths)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == PAGE:
            return _answer(Reply("200 OK", HTML, b"<html>A page.</html>"), start_response)
        match self._fault(environ):
            case Reply(after_storing=False) as reply:
                return _answer(reply, start_response)
            case Reply() as reply:
                _exhaust(self._application(environ, lambda *_: lambda _chunk: None))
                return _answer(reply, start_response)
            case Stall(seconds):
                self.closing.wait(seconds)
        return self._application(environ, start_response)

    def _fault(self, environ: WSGIEnvironment) -> Fault | None:
        path = environ["PATH_INFO"].removeprefix(_OBJECT)
        upload = environ["PATH_INFO"].startswith(_OBJECT) and environ["REQUEST_METHOD"] in ("POST", "PUT")
        if not upload or path.startswith(_NO_UPLOADS):
            return None
        with self._counting:
            self.upload_paths.append(path)
            nth = len(self.upload_paths)
        return self.faults(nth, path)


@contextmanager
def storage_server(folder: Path, faults: Faults = no_faults) -> Iterator[StorageServer]:
    """The storage of `folder` at a free port of loopback, in a thread of this process."""
    keys = load_or_create_keys(folder)
    app = create_app(folder, keys)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        storage = StorageServer(app, f"http://127.0.0.1:{bound.getsockname()[1]}", keys, faults)
        server = HttpServer(storage, bound)
        try:
            yield storage
        finally:
            storage.closing.set()
            server.stop()
            store_of(app).close()


def _answer(reply: Reply, start_response: StartResponse) -> Iterable[bytes]:
    headers = [("Content-Type", reply.content_type), ("Content-Length", str(len(reply.body)))]
    if reply.location is not None:
        headers.append(("Location", reply.location))
    start_response(reply.status, headers)
    return [reply.body]


def _exhaust(chunks: Iterable[bytes]) -> None:
    for _ in chunks:
        pass
    close = getattr(chunks, "close", None)
    if close is not None:
        close()
