"""What `maestro up` runs: the Procfile's web and worker, and where it is needed a stand-in for Supabase."""

from __future__ import annotations

import http.client
import os
import shlex
import socket
import sys
import sysconfig
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from honcho.environ import parse_procfile

from maestro_actors.cli.calling import address
from maestro_actors.cli.database import url_of
from maestro_actors.cli.signals import interruptions
from maestro_actors.cli.up_sign_in import sign_in_link
from maestro_actors.cli.up_together import Part, Together
from maestro_actors.errors import MaestroError, SettingsError, UnusableError
from maestro_actors.journal.database import connect, name_of, sqlite_url, upgrade
from maestro_actors.journal.tables import VERSION
from maestro_actors.settings import Settings, host_and_port
from supabase_local.keys import load_keys
from supabase_local.launch import LocalServer, find_running

# What the Procfile has, for where it did not come along.
PROCESSES = {"web": "gunicorn --config python:web.serving 'web:create_app()'", "worker": "maestro worker"}
PROCFILE = Path(__file__).resolve().parents[2] / "Procfile"
STORAGE = "storage"
ANY_PORT = 0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where this machine reaches who listens everywhere
LOOK = 0.1  # seconds between two looks at whether the web answers

Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Site:
    """Where the web listens."""

    host: str
    port: int

    @property
    def reached_at(self) -> str:
        return EVERYWHERE.get(self.host, self.host)

    @property
    def url(self) -> str:
        return (
            f"http://[{self.reached_at}]:{self.port}" if ":" in self.host else f"http://{self.reached_at}:{self.port}"
        )


def run(settings: Settings, port: int | None) -> int:
    """Run everything until somebody asks to stop; the exit code.

    Raises:
        SettingsError: `PORT` is none, or `MAESTRO_HOST` no address of this machine's.
        UnusableError: the port is in use.
        MaestroError: something ended by itself; the text says what.
    """
    host, usual = host_and_port(os.environ)
    site = Site(host, port or usual)
    _require_own(host)
    _require_free(site)
    with interruptions() as asked:
        together = Together(asked, (*PROCESSES, STORAGE))
        url = url_of(settings)
        upgrade(url)
        together.say(f"{name_of(connect(url))} has version {VERSION}")
        trouble: str | None = None
        try:
            _start(together, settings, site)
            while together.goes_on():
                pass
        finally:
            trouble = together.stop()
    if trouble:
        raise MaestroError(
            f"{trouble}, so everything was stopped. What it said last stands above; "
            "`maestro up` starts all of it again, and bursts go on where they were"
        )
    return 0


def _require_own(host: str) -> None:
    """See that it is an address of this machine: no other port would help."""
    try:
        _listen(host, ANY_PORT)
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"MAESTRO_HOST is {host!r}, which is no address of this machine: "
            "write 127.0.0.1, or 0.0.0.0 to be reached from other machines"
        ) from error


def _require_free(site: Site) -> None:
    """See that nobody listens there. What a server has left behind a moment ago does not matter."""
    try:
        _listen(site.host, site.port)
    except OSError as error:
        raise UnusableError(
            f"port {site.port} of {site.host} cannot be used ({error.strerror}): "
            "stop what is there, or give another with --port"
        ) from error


def _listen(host: str, port: int) -> None:
    socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()


def _start(together: Together, settings: Settings, site: Site) -> None:
    common = _common(settings, site)
    server = None
    if settings.supabase is None:
        server = _stand_in(together, settings, common)
        if server is None:
            return
    environments = {"web": of_web(common, settings, server), "worker": of_worker(common, server)}
    for name, command in processes().items():
        folder = PROCFILE.parent if name == "web" else None  # gunicorn takes any `web` that lies where it starts
        together.start(Part(name, command, environments[name], folder))
    threading.Thread(target=_announce, args=(together, settings, site, server), name="announce", daemon=True).start()


def processes() -> dict[str, str]:
    """The commands of web and worker, as the Procfile has them."""
    try:
        found = parse_procfile(PROCFILE.read_text("utf-8")).processes
    except FileNotFoundError:
        return PROCESSES
    return {name: found.get(name, command) for name, command in PROCESSES.items()}


# What each of them gets to know.


def _common(settings: Settings, site: Site) -> Environment:
    """For all: where things are, and the commands that were installed with this one."""
    return os.environ | {
        "PATH": os.pathsep.join(filter(None, (sysconfig.get_path("scripts"), os.environ.get("PATH")))),
        "PYTHONUNBUFFERED": "1",
        **_absolute(settings),
        "MAESTRO_USER": settings.user_id,
        "MAESTRO_HOST": site.host,
        "PORT": str(site.port),
    }


def _absolute(settings: Settings) -> Environment:
    """Places that mean the same in whatever folder a process starts."""
    places = {"MAESTRO_HOME": str(settings.home)}
    if settings.gateway:
        places["MAESTRO_GATEWAY"] = str(address(settings))
    if settings.database:
        url = connect(settings.database).url
        is_file = url.get_backend_name() == "sqlite"
        places["DATABASE_URL"] = sqlite_url(Path(url.database or "").absolute()) if is_file else settings.database
    return places


def of_worker(common: Environment, server: LocalServer | None) -> Environment:
    """With the key that may write."""
    if server is None:
        return common
    return {**common, "SUPABASE_URL": server.url, "SUPABASE_SERVICE_KEY": server.service_key}


def of_web(common: Environment, settings: Settings, server: LocalServer | None) -> Environment:
    """Without the key that may write: whoever takes over the web must not have the bucket, too."""
    environment = {name: value for name, value in common.items() if name != "SUPABASE_SERVICE_KEY"}
    if server is None:
        return environment
    environment.pop("SUPABASE_JWKS_URL", None)
    return environment | {
        "MAESTRO_RENDITIONS": "1",
        "SUPABASE_URL": server.url,
        "SUPABASE_ANON_KEY": server.anon_key,
        "SUPABASE_JWT_SECRET": load_keys(settings.home / STORAGE).jwt_secret,
    }


# The stand-in, and the word that everything is there.


def _stand_in(together: Together, settings: Settings, common: Environment) -> LocalServer | None:
    """The stand-in, once it answers: the one that runs already, or our own. None if it never will."""
    folder = settings.home / STORAGE
    running = find_running(folder)
    if running is None:
        command = [sys.executable, "-P", "-m", "supabase_local", "--folder", str(folder), "--user", settings.user_id]
        together.start(Part(STORAGE, shlex.join(command), common, lasts=True))
    while running is None and together.goes_on():
        running = find_running(folder)
    if running and running.user.id != settings.user_id:
        raise UnusableError(
            f"the storage at {running.url} is another user's ({running.user.id}): stop it, or set MAESTRO_USER to that"
        )
    return running


def _announce(together: Together, settings: Settings, site: Site, server: LocalServer | None) -> None:
    """Once the web answers, say where it is and how to sign in."""
    while not _answers(site):
        time.sleep(LOOK)
    together.say(f"The Observatory is at {site.url}/")
    if server is None:
        return
    together.say(f"Sign in as {server.user.email}; the password is in {settings.home / STORAGE / 'user.json'}")
    engine = connect(url_of(settings))
    try:
        together.say(f"Or open this, which signs in once: {sign_in_link(server, engine, site.url)}")
    except MaestroError as error:
        together.say(f"There is no link that signs in: {error}")
    finally:
        engine.dispose()


def _answers(site: Site) -> bool:
    with closing(http.client.HTTPConnection(site.reached_at, site.port, timeout=1.0)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
