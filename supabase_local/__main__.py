"""`python -m supabase_local`: the command line. What it starts is `supabase_local.server`."""

from __future__ import annotations

import argparse
import logging
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from supabase_local.folder import AlreadyServedError

DESCRIPTION: Final = "A stand-in for Supabase Storage and Auth on one machine: their REST APIs over a folder."
EPILOG: Final = """\
Everything is kept in FOLDER, which is made where it is missing: the objects, the
port, the API keys (FOLDER/keys.json) and the one user who may sign in, with an
address and a password (FOLDER/user.json). These two files only you can read. Give
a client the URL that is printed and the service key, and it works as with the real
one:

  supabase.create_client(url, json.load(open("FOLDER/keys.json"))["service_key"])

A folder has one server at a time. Stop it with Ctrl-C or SIGTERM; whatever was
answered with 200 is on disk and there again the next time.

exit codes: 0 stopped, 1 failed while serving, 2 could not start,
            3 the folder has a server already
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the server; the exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.INFO)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue is no news under load
    # Imported here, so that --help and a wrong option answer at once.
    from supabase_local import server

    try:
        server.run(server.Options(options.folder, options.host, options.port, options.lifeline, options.user))
    except AlreadyServedError as error:
        return _fail(str(error), 3)
    except server.StartError as error:
        return _fail(str(error), 2)
    except (OSError, ValueError, sqlite3.Error) as error:
        return _fail(f"cannot serve {options.folder}: {error}", 2)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m supabase_local",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--folder", type=Path, required=True, help="where buckets and objects are kept")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: %(default)s)")
    parser.add_argument(
        "--port",
        type=_port,
        help="the port to listen at, from now on (default: the one the folder had before, at first a free one)",
    )
    parser.add_argument(
        "--lifeline",
        type=int,
        metavar="FD",
        help="an inherited pipe's read end; the server leaves when the other end is closed",
    )
    parser.add_argument(
        "--user",
        type=_uuid,
        metavar="UUID",
        help="the id of the user who may sign in, from now on (default: the one it had before, at first a fixed one)",
    )
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 1 to 65535")
    return int(text)


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no UUID") from error


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"supabase_local: {message}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
