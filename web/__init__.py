"""The web face of Maestro: a Flask app that tells and asks a worker through its gateway, and reads the journal.

It computes nothing and holds no state: any number of such processes may run, and any may die. In reading order:

    settings     what can be set for it, from the environment
    app          `create_app`: what there is, and in which order
    site         what a route needs: the worker, the database, who may
    problems     every error as RFC 9457 problem+json
    tokens       access tokens: whose they are, and whether they are good
    callers      who calls: by a Bearer token, or by a browser's session
    visitors     first visits: the examples
    guard        what holds for every request: sizes, rates, headers
    hub          one line to the worker, many who watch: server-sent events
    models/      the shapes of requests and answers, for the checks and for the description of the API
    spec         the description of the API
    times        dates and instants as a query has them
    shelves      what brands and agents have in common
    routes/      one blueprint per noun
    serving      gunicorn's settings, as Python
"""

from __future__ import annotations

from web.app import create_app

__all__ = ["create_app"]
