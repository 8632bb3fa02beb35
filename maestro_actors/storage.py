"""The bucket, through the `supabase` client: the one place that knows how Supabase Storage answers.

An upload is done when its bytes can be fetched from its public URL, and not before: every other answer, and no
answer, is an error with its reason. What the server says when it refuses, and what the client raises when nobody
answers, was measured against supabase/storage 1.11.2 with supabase 2.34.1: HTTP says 400 for nearly everything and the
real status is a string in the body; timeouts and refused connections come as bare httpx errors.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import httpx
from storage3.exceptions import StorageApiError
from supabase import Client, ClientOptions, create_client
from supabase import SupabaseException as UnusableClientError

from maestro_actors.core.content import BUCKET
from maestro_actors.errors import NoAnswerError, PassingError, StorageError

TIMEOUT = httpx.Timeout(20.0, connect=5.0)
BASE_DEADLINE = 8.0  # seconds for an attempt, whatever its size
SECONDS_PER_MEGABYTE = 1.0
FOREVER = "31536000"  # seconds that caches may keep an object: its name is its job's, its bytes never change
PASSING_STATUSES = {"408", "425", "429"}  # and every 3xx and 5xx: none says that the upload itself is wrong
REMOVED_AT_ONCE = 100  # paths in one request
LONGEST_QUOTE = 200  # characters of what the server said that people get to read: a proxy answers with a whole page


class SupabaseBucket:
    """One public bucket, made if missing. One thread at a time uses it, over one connection.

    An attempt ends after `deadline` seconds, and one more for each megabyte that it uploads.
    """

    def __init__(self, url: str, service_key: str, name: str = BUCKET, deadline: float = BASE_DEADLINE) -> None:
        if not re.fullmatch("[!-~]*", service_key):  # the client would show the whole key in its error
            raise StorageError("SUPABASE_SERVICE_KEY has a space, a line end or a letter no key has: copy it again")
        self._url = url.rstrip("/")
        self._name = name
        self._deadline = deadline
        self._line = _Line()
        self._ready = False
        try:
            self._client: Client = create_client(
                self._url, service_key, ClientOptions(httpx_client=self._line.http, auto_refresh_token=False)
            )
        except (UnusableClientError, ValueError) as error:
            self._line.close()
            raise StorageError(
                f"no storage client for {url} ({error}): check SUPABASE_URL and SUPABASE_SERVICE_KEY"
            ) from error

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def url_of(self, path: str) -> str:
        """The public URL of an object; it asks nobody whether there is one."""
        return f"{self._url}/storage/v1/object/public/{self._name}/{path}"

    def ensure(self) -> None:
        """Make the bucket if it is missing, and see that it is public.

        Raises:
            PassingError: the storage is away, slow or busy.
            StorageError: the key may not, or the bucket is private.
        """
        with self._speaking(f"the bucket {self._name}", self._deadline):
            try:
                bucket = self._client.storage.get_bucket(self._name)
            except StorageApiError as error:
                if str(error.status) != "404":
                    raise
                self._create()
            else:
                if not bucket.public:
                    raise StorageError(
                        f"the bucket {self._name} at {self._url} is private, so that nobody could fetch the media: "
                        "make it public, or remove it and let Maestro make it"
                    )
        self._ready = True

    def upload(self, path: str, file: str, content_type: str, size: int) -> str:
        """Store the file at the path, whatever is there, and answer with the URL that serves its `size` bytes.

        Raises:
            PassingError: the storage is away, slow or busy.
            StorageError: the storage refuses, or what it stored cannot be fetched.
        """
        if not self._ready:
            self.ensure()
        options = {"content-type": content_type, "upsert": "true", "cache-control": FOREVER}
        with self._speaking(path, self._deadline + SECONDS_PER_MEGABYTE * size / 1e6):
            answer = self._client.storage.from_(self._name).upload(path, file, options)  # type: ignore[arg-type]
            if answer.full_path != f"{self._name}/{path}":
                raise PassingError(f"the storage answered for {answer.full_path} in place of {path}")
            self._check(path, size)
        return self.url_of(path)

    def remove(self, paths: tuple[str, ...]) -> None:
        """Remove the objects that exist at these paths. Raises as `ensure`."""
        for start in range(0, len(paths), REMOVED_AT_ONCE):
            some = list(paths[start : start + REMOVED_AT_ONCE])
            with self._speaking(f"the removal of {len(some)} objects", self._deadline):
                self._client.storage.from_(self._name).remove(some)

    def _create(self) -> None:
        try:
            self._client.storage.create_bucket(self._name, options={"public": True})
        except StorageApiError as error:
            if str(error.status) != "409":  # another worker made it meanwhile
                raise

    def _check(self, path: str, size: int) -> None:
        """Ask for the object's headers as a network would; the query keeps caches from answering for an older one."""
        answer = self._line.http.head(self.url_of(path), params={"size": size})
        if answer.status_code != httpx.codes.OK:
            raise PassingError(f"stored, but its public URL answers {answer.status_code}")
        served = answer.headers.get("content-length") or self._length_by_range(path, size)
        if served != str(size):
            raise PassingError(f"stored, but its public URL serves {served} bytes of {size}")

    def _length_by_range(self, path: str, size: int) -> str:
        """The length as a request for the first byte tells it: some caches leave it out of an answer to HEAD."""
        first = {"Range": "bytes=0-0"}
        with self._line.http.stream("GET", self.url_of(path), params={"size": size}, headers=first) as answer:
            return str(answer.headers.get("content-range", "")).rpartition("/")[2] or "an unknown number of"

    @contextmanager
    def _speaking(self, about: str, deadline: float) -> Iterator[None]:
        """Say whatever goes wrong in the words of `errors`, and see that it ends by the deadline, in seconds."""
        try:
            with self._line.cut_after(deadline) as cut:
                yield
        except StorageApiError as error:
            raise self._refusal(error, about) from error
        except (httpx.HTTPError, OSError) as error:
            if isinstance(error, OSError) and error.filename:
                raise StorageError(f"{error.filename} could not be read: {error.strerror}") from error
            hangs = cut() or isinstance(error, httpx.TimeoutException)
            reason = f"took over {deadline:.0f} s" if cut() else f"{type(error).__name__}: {error}"
            said = f"storage at {self._url} did not answer for {about} ({reason})"
            raise (NoAnswerError if hangs else PassingError)(said) from error
        except (ValueError, LookupError, TypeError) as error:  # a 200 that is no JSON, or not what it should be
            raise PassingError(
                f"storage at {self._url} answered {about} with something unreadable ({_quote(str(error))})"
            ) from error

    def _refusal(self, error: StorageApiError, about: str) -> PassingError | StorageError:
        status = str(error.status)
        said = f"storage at {self._url} answered {about} with {status} {error.code}: {_quote(error.message)}"
        if status in PASSING_STATUSES or status.startswith(("3", "5")):
            return PassingError(said)
        remedies: Mapping[str, str] = {
            "401": "check SUPABASE_SERVICE_KEY",
            "403": "check that SUPABASE_SERVICE_KEY is this project's service key",
            "404": f"check SUPABASE_URL; the bucket {self._name} may have been removed: then start again",
            "413": "raise the bucket's size limit",
            "415": "let the bucket take image/png and video/mp4",
        }
        return StorageError(f"{said}; {remedies[status]}" if status in remedies else said)


def _quote(said: str) -> str:
    """What the server said, on one line of bounded length."""
    line = " ".join(said.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"


class _Line:
    """The one HTTP connection, and the way to cut it: a server that trickles outlives every timeout but this.

    HTTP/1.1, because a client over HTTP/2 loses uploads when two threads ever meet on it. httpx tells of each new
    socket through its `trace` extension; a duplicate of it can be shut down while another thread reads.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._overdue = threading.Event()
        self.http = httpx.Client(
            http2=False,
            timeout=TIMEOUT,
            follow_redirects=False,  # a redirect is followed as a GET, whose 200 would pass for an upload
            limits=httpx.Limits(max_connections=1, keepalive_expiry=30),
            event_hooks={"request": [self._follow]},
        )

    def close(self) -> None:
        self.http.close()
        if self._socket:
            self._socket.close()

    @contextmanager
    def cut_after(self, seconds: float) -> Iterator[Callable[[], bool]]:
        """Shut the connection down if the block takes longer; yields whether that has happened."""
        self._overdue = overdue = threading.Event()
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield overdue.is_set
        finally:
            timer.cancel()
            timer.join()  # so that it cuts nothing that comes after

    def _cut(self) -> None:
        self._overdue.set()
        self._shut_down()

    def _shut_down(self) -> None:
        if self._socket:
            with suppress(OSError):  # it ended by itself
                self._socket.shutdown(socket.SHUT_RDWR)

    def _follow(self, request: httpx.Request) -> None:
        request.extensions["trace"] = self._connected

    def _connected(self, event: str, info: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            opened = info["return_value"].get_extra_info("socket")
            if self._socket:
                self._socket.close()
            self._socket = opened.dup()
            if self._overdue.is_set():  # it was cut before it was there, or between two requests
                self._shut_down()
