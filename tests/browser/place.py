"""The Observatory at a real address: a browser's pages before a whole system, whose pictures are really stored.

with open_place() as place:
    page = place.page()
    place.start(posts=4)
    expect(page.locator("body")).to_have_attribute("data-mode", "live")
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, expect

from benchmarks.empty import USER
from maestro_actors.gateway.address import address_of
from maestro_actors.gateway.server import serving
from tests.support.faulty_storage import Fault
from tests.web.conftest import EPOCH, Web, a_token
from web import sessions
from web.cookies import Session
from web.sign_in import TokenPair

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
POSTS = 4  # of a burst, unless a test says otherwise

Mode = Literal["live", "recap", "overview", "page"]
Scheme = Literal["light", "dark"]
NewContext = Callable[..., BrowserContext]


class Gate:
    """What uploads pass through: open, closed so that they wait, or with a fault for some of them."""

    def __init__(self) -> None:
        self.fault: Callable[[int, str], Fault | None] = lambda _nth, _path: None
        self._open = threading.Event()
        self._open.set()

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    def __call__(self, nth: int, path: str) -> Fault | None:
        self._open.wait()
        return self.fault(nth, path)


@dataclass
class Witness:
    """Notes what no page may do: say that something is wrong, or ask another host for anything."""

    hosts: frozenset[str]
    troubles: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._hear)
        context.on("weberror", self._fail)
        context.on("request", self._look)

    def found(self) -> list[str]:
        """What was seen that nobody had expected."""
        return [trouble for trouble in self.troubles if not any(text in trouble for text in self.expected)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _fail(self, error: WebError) -> None:
        self.troubles.append(f"uncaught: {error.error}")

    def _look(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and url.netloc not in self.hosts:
            self.troubles.append(f"another host was asked: {request.url}")


@dataclass
class Place:
    """The app at `url`, what is behind it, its storage, and the pages that look at it. `secret` signs access tokens."""

    web: Web
    url: str
    media_url: str
    secret: str
    new_context: NewContext
    gate: Gate = field(default_factory=Gate)
    witness: Witness = field(init=False)
    contexts: list[BrowserContext] = field(default_factory=list)
    epoch: int = EPOCH

    def __post_init__(self) -> None:
        self.witness = Witness(frozenset(urlsplit(url).netloc for url in (self.url, self.media_url)))

    def visit(self, scheme: Scheme = "dark", phone: bool = False, **options: Any) -> BrowserContext:
        """A browser's window of its own, in which nobody is signed in."""
        size = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if phone else {"viewport": DESKTOP}
        usual: dict[str, Any] = {"base_url": self.url, "color_scheme": scheme, "reduced_motion": "reduce"}
        context = self.new_context(**(usual | size | options))
        self.contexts.append(context)
        self.witness.watch(context)
        return context

    def signed_in(self, admin: bool = False, user: str = USER, **options: Any) -> BrowserContext:
        """A window in which somebody is signed in: by default the one who has the brands."""
        context = self.visit(**options)
        self.let_in(context, admin, user)
        return context

    def let_in(
        self, context: BrowserContext, admin: bool = False, user: str = USER, session: str = "a session"
    ) -> None:
        """Give a window the cookies of a session."""
        metadata: dict[str, Any] = {"app_metadata": {"role": "admin"}} if admin else {}
        tokens = TokenPair(a_token(user, self.secret, **metadata), "a refresh token")
        kept = self.web.app.extensions[sessions.EXTENSION].cookies.seal(Session(session, tokens))
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in kept.items()])

    def page(self, path: str = "/", **options: Any) -> Page:
        """The page, with somebody signed in."""
        page = self.signed_in(**options).new_page()
        page.goto(path)
        return page

    def call(self, method: str, path: str, **body: Any) -> Any:
        """What somebody who is signed in is answered without a browser."""
        answer = self.web.call(method, path, a_token(USER, self.secret), json=body)
        assert answer.status_code < 400, answer.text
        return answer.json

    def start(self, posts: int = POSTS, **options: Any) -> str:
        """Begin a burst; its id."""
        return str(self.web.stage.start(posts, **options))

    def page_at(self, mode: Mode, **options: Any) -> Page:
        """The page in a mode a real burst brought it to. LIVE shows every job, and stays until the gate is opened."""
        page = self.page("/history" if mode == "page" else "/", **options)
        if mode == "live":
            self.gate.close()
        if mode in ("live", "recap"):
            self.start()
        in_mode(page, mode)
        if mode == "live":
            expect(page.locator("[data-job]")).to_have_count(POSTS)
        return page

    def take_worker_away(self) -> None:
        """As if it were killed: every line to it breaks at once."""
        self.web.worker.close()

    def bring_worker_back(self) -> None:
        """The next worker, of the next epoch."""
        self.epoch += 1
        maestro = self.web.site.settings.maestro
        address = address_of(maestro.home, maestro.gateway, maestro.gateway_key)
        self.web.worker.enter_context(serving(self.web.stage.system, address, self.epoch))

    @contextmanager
    def watched(self) -> Iterator[Place]:
        """Close every page at the end, before what it looks at is gone; then say what was wrong with them."""
        try:
            yield self
        finally:
            self.gate.open()
            for context in self.contexts:
                context.close()
        found = self.witness.found()
        assert not found, "\n".join(found)


def in_mode(page: Page, mode: Mode) -> None:
    """Wait until the page is in this mode."""
    expect(page.locator("body")).to_have_attribute("data-mode", mode)
