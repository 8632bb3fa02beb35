"""A stand-in for Supabase Storage on one machine: the Storage REST API over a folder, as a server of its own.

Run it with `python -m supabase_local --folder FOLDER`, or from a program with `supabase_local.launch.serve`.
It answers as the real server does (measured against supabase/storage 1.11.2), so that the `supabase` client,
and whoever must survive its errors, notices no difference. The modules, in reading order:

    errors      every error that the API knows, and its shape on the wire
    naming      which bucket names and object keys are allowed, media types, sizes
    keys        the JWT secret and the two API keys of a folder
    auth        who calls, and the tokens inside signed URLs
    rows        a bucket and an object, as values
    database    the SQLite index: connections and transactions
    buckets     the questions that are asked about buckets, in SQL
    objects     the same for objects
    blobs       the bytes of the objects, as files
    store       index and bytes together: what the API can do, without HTTP
    bodies      JSON request bodies, checked and coerced
    ranges      the part of an object that a Range header asks for
    uploads     multipart and raw upload bodies, as a stream of chunks
    routes/     the HTTP routes, one module per noun; `gallery` is the front page, to look at what is stored
    app         `create_app`, a plain WSGI application
    folder      the files by which processes find and exclude each other
    http_server waitress in a thread, with a clean end
    server      the process: lock, port, signals, lifeline
    launch      for other programs: use the server of a folder, or start one (standard library only)

What lies in FOLDER:

    keys.json         the JWT secret, the anon key and the service key; mode 0600
    port              the port it once chose; the URLs of a folder stay the same
    lock              held (flock) by the one server of this folder; its pid
    server.json       {"pid", "port", "url"} while a server listens
    index.sqlite3     buckets and objects (and its -wal and -shm)
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

__all__ = ["Keys", "create_app", "load_or_create_keys"]


def create_app(folder: Path, keys: Keys) -> Flask:
    """The Storage REST API over `folder`, as a WSGI application; see `supabase_local.app`."""
    # Imported when called: `launch` and `--help` need none of Flask's 0.2 seconds.
    from supabase_local.app import create_app as build

    return build(folder, keys)
