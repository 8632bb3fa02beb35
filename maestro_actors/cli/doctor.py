"""`maestro doctor`: is everything in place? Each check says what is, or what is wrong and what to do about it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine

from maestro_actors.cli.bucket import bucket
from maestro_actors.cli.calling import address, calling
from maestro_actors.cli.consoles import a_console
from maestro_actors.cli.database import url_of
from maestro_actors.errors import MaestroError, PassingError
from maestro_actors.examples import EXAMPLE_BRANDS
from maestro_actors.gateway.address import SOCKET_FILE
from maestro_actors.gateway.client import WorkerAwayError, WrongKeyError
from maestro_actors.journal.database import connect, name_of, require_current
from maestro_actors.journal.errors import DatabaseError
from maestro_actors.journal.holder import holder
from maestro_actors.journal.tables import VERSION
from maestro_actors.settings import Settings, host_and_port
from maestro_actors.settings import read as settings_of_nobody
from maestro_actors.workspace import usable_temporary_folder

# In place of what `maestro up` sets for the web, to see whether the rest will do. An empty one counts as not set.
AS_UP_SETS = {"SUPABASE_URL": "http://127.0.0.1", "SUPABASE_JWT_SECRET": "", "MAESTRO_RENDITIONS": "1"}
FREE = 500_000_000  # bytes of temporary space for the media of the jobs in flight


@dataclass(frozen=True, slots=True)
class Check:
    """What is looked at, and a function that answers what it found, or raises `MaestroError`."""

    name: str
    look: Callable[[Settings], str]


def run(read: Callable[[], Settings]) -> int:
    """Check everything that can be checked; 0 if all is well, 1 if not."""
    console = a_console()
    rows = Table.grid(padding=(0, 2))
    ill = 0
    checks: tuple[Check, ...] = CHECKS_OF_THE_MACHINE
    try:
        settings = read()
        checks = (*CHECKS_OF_SETTINGS, *checks)
    except MaestroError as error:
        settings, ill = settings_of_nobody({}), 1
        rows.add_row(*_row("settings", str(error), "✗", "red"))
    for check in checks:
        try:
            rows.add_row(*_row(check.name, check.look(settings), "✓", "green"))
        except MaestroError as error:
            rows.add_row(*_row(check.name, str(error), "✗", "red"))
            ill += 1
    console.print(rows)
    console.print(Text("  All is well: try `maestro demo`" if not ill else f"  {ill} to mend", "bold"))
    return 1 if ill else 0


def _row(name: str, said: str, mark: str, colour: str) -> tuple[Text, Text, Text]:
    return Text(f"  {mark}", colour), Text(name, "bold"), Text(said, "" if mark == "✓" else colour)


def _settings(settings: Settings) -> str:
    return (
        f"{settings.renderers} renderers, {settings.jobs_in_flight} jobs in flight, user {settings.user_id}, "
        f"home {settings.home}"
    )


def _home(settings: Settings) -> str:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.home):
            return f"{settings.home} can be written"
    except OSError as error:
        raise MaestroError(
            f"{settings.home} cannot be written ({error.strerror}): set MAESTRO_HOME to a folder that can"
        ) from error


def _temporary_space(_settings: Settings) -> str:
    folder = usable_temporary_folder()
    free = shutil.disk_usage(folder).free
    if free < FREE:
        raise MaestroError(f"{folder} has {free / 1e6:.0f} MB free: free some, or set TMPDIR to a folder with 500 MB")
    return f"{folder} has {free / 1e9:.1f} GB free"


def _storage(settings: Settings) -> str:
    with bucket(settings, settings.home / "storage") as media:
        return f"the bucket answers at {media.url_of('')}"


def _database(settings: Settings) -> str:
    engine = connect(url_of(settings))
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return f"{name_of(engine)} is not there yet: the first command that needs it makes it"
    try:
        require_current(engine)
        owner = holder(engine)
    except (PassingError, DatabaseError) as error:
        raise MaestroError(f"{name_of(engine)} cannot be used, {error}: {_remedy(engine)}") from error
    finally:
        engine.dispose()
    return f"{name_of(engine)} has version {VERSION}, {owner or 'nobody'} owns the bursts"


def _remedy(engine: Engine) -> str:
    if engine.dialect.name == "sqlite":
        return f"put a copy of {engine.url.database} back, or move it out of the way"
    return "check DATABASE_URL, and that its server runs"


def _gateway(settings: Settings) -> str:
    """Nobody need be there; one who is must have the same key."""
    nobody = "no worker runs: `maestro worker` starts one, `maestro up` everything"
    unset = settings.gateway is None and settings.gateway_key is None
    if unset and not (settings.home / SOCKET_FILE).exists():
        return nobody
    with calling(settings) as gateway:
        try:
            gateway.status(settings.user_id)
        except WrongKeyError:
            raise
        except WorkerAwayError:
            return nobody
    return f"a worker answers at {address(settings)}"


def _web(settings: Settings) -> str:
    """Without a project of one's own, `maestro up` sets what the web needs."""
    from web import settings as web_settings

    host, port = host_and_port(os.environ)
    where = f"the settings have it listen at {host}, port {port}"
    if settings.supabase is None:
        web_settings.read(os.environ | AS_UP_SETS)
        return f"{where}; `maestro up` sets everything else"
    if web_settings.read(os.environ).sign_in is None:
        raise MaestroError("nobody could sign in with a browser: set SUPABASE_ANON_KEY, the project's public key")
    return f"{where}, people sign in at {settings.supabase.url}"


def _fonts(_settings: Settings) -> str:
    from maestro_actors.rendering.check import fonts

    return fonts(EXAMPLE_BRANDS)


def _codecs(_settings: Settings) -> str:
    from maestro_actors.rendering.check import codecs

    return codecs()


CHECKS_OF_SETTINGS = (
    Check("settings", _settings),
    Check("home", _home),
    Check("storage", _storage),
    Check("database", _database),
    Check("gateway", _gateway),
    Check("web", _web),
)
CHECKS_OF_THE_MACHINE = (
    Check("temporary space", _temporary_space),
    Check("fonts", _fonts),
    Check("codecs", _codecs),
)
