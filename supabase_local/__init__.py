"""A stand-in for Supabase Storage and Auth on one machine: their REST APIs over a folder, as a server of its own.

Run it with `python -m supabase_local --folder FOLDER`, or from a program with `supabase_local.launch.serve`.
It answers as the real servers do (measured against supabase/storage 1.11.2, read from supabase/auth), so that the
`supabase` client, and whoever must survive its errors, notices no difference. Of Auth there is what signing in with
a password needs, for one user. The modules, in reading order:

    errors          every error that the API knows, and its shape on the wire
    naming          which bucket names and object keys are allowed, media types, sizes
    secret_files    files that only their owner may read
    keys            the JWT secret and the two API keys of a folder
    users           the one user of a folder, who may sign in
    auth            who calls, and the tokens inside signed URLs
    rows            a bucket and an object, as values
    database        the SQLite index: connections and transactions
    buckets         the questions that are asked about buckets, in SQL
    objects         the same for objects
    blobs           the bytes of the objects, as files
    store           index and bytes together: what the API can do, without HTTP
    auth_errors     every error of the Auth API, and its shapes on the wire
    refresh_tokens  what a client keeps to stay signed in
    sessions        who is signed in: the rules of refreshing, and the rows
    access_tokens   the JWTs that say who is signed in
    attempts        how often a sign-in may fail
    bodies          JSON request bodies, checked and coerced
    auth_bodies     the same for the Auth API, which coerces nothing
    ranges          the part of an object that a Range header asks for
    transformations how a picture is to be changed on its way out
    renditions      pictures as they are asked for, and those made last
    uploads         multipart and raw upload bodies, as a stream of chunks
    routes/         the HTTP routes, one module per noun; `gallery` is the front page, to look at what is stored, and
                    `auth_gateway` the door of the Auth API
    app             `create_app`, a plain WSGI application
    folder          the files by which processes find and exclude each other
    http_server     waitress in a thread, with a clean end
    server          the process: lock, port, signals, lifeline
    launch          for other programs: use the server of a folder, or start one (standard library only)

What lies in FOLDER:

    keys.json         the JWT secret, the anon key and the service key; mode 0600
    user.json         the user's id, address and password; mode 0600
    port              the port it once chose; the URLs of a folder stay the same
    lock              held (flock) by the one server of this folder; its pid
    server.json       {"pid", "port", "url"} while a server listens
    index.sqlite3     buckets, objects and sessions (and its -wal and -shm)
    objects/VERSION   the bytes of one version of one object
    incoming/VERSION  an upload under way; swept at start
    server.log        what a server started by `launch` had to say
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supabase_local.keys import Keys, load_or_create_keys

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from supabase_local.users import User

__all__ = ["Keys", "create_app", "load_or_create_keys"]


def create_app(folder: Path, keys: Keys, user: User | None = None) -> Flask:
    """The Storage and Auth APIs over `folder`, as a WSGI application; see `supabase_local.app`."""
    # Imported when called: `launch` and `--help` need none of Flask's 0.2 seconds.
    from supabase_local.app import create_app as build

    return build(folder, keys, user)
