"""`maestro token`: what a program has to send to use the API."""

from __future__ import annotations

import click

from maestro_actors.cli.plain import plainly, read_settings
from maestro_actors.errors import MaestroError


@click.command(short_help="Print an access token for the API.")
def token() -> None:
    """Print an access token of the one user of the stand-in for Supabase, which `maestro up` runs.

    It is good for an hour, and its user is an admin. With a Supabase project of your own, its Auth gives tokens to
    your users.

    \b
    Examples:
      maestro token
      TOKEN=$(maestro token)
      curl -H "Authorization: Bearer $TOKEN" localhost:8000/api/maestro/status

    Exit codes: 0 printed, 1 nobody is there to ask, 2 a setting is wrong.
    """
    click.echo(plainly(_token))


def _token() -> str:
    from maestro_actors.cli.up_sign_in import session_of
    from supabase_local.launch import find_running

    settings = read_settings()
    if settings.supabase:
        raise MaestroError(
            "SUPABASE_URL is set, so that project's Auth gives access tokens: "
            "POST its /auth/v1/token?grant_type=password with the anon key"
        )
    server = find_running(settings.home / "storage")
    if server is None:
        raise MaestroError("the stand-in for Supabase does not run: start it with `maestro up`")
    return session_of(server)["access_token"]
