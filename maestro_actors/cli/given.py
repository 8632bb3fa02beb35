"""What people give about a brand or an agent: options, and a JSON file that counts where no option speaks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

import click

from maestro_actors.core.fields import InvalidError, shown
from maestro_actors.core.usual import Json, merged

Flags = Mapping[str, str]  # the option for each field: `palette.dark` is `--dark`

MOST = 1_000_000  # bytes of a file; what there is to say takes a few thousand

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
FROM_FILE = click.option("--file", type=click.File("rb"), help="Read a JSON file, - for stdin; options outweigh it.")


def given(file: BinaryIO | None, options: Mapping[str, Any], flags: Flags) -> Json:
    """What was given, as one JSON object."""
    return merged(_read(file) if file else {}, _from_options(options, flags))


@contextmanager
def plain_problems(flags: Flags) -> Iterator[None]:
    """Let what is invalid be said as usage errors are; a field with an option is called by it."""
    try:
        yield
    except InvalidError as error:
        first, *more = [f"{flags.get(problem.field, problem.field)} {problem.text}" for problem in error.problems]
        raise click.UsageError("\n  ".join(["this will not do:", first, *more]) if more else first) from error


def require_change(slug: str, wanted: Json) -> None:
    """See to it that there is something to change about the one of this slug, and that it is not the slug."""
    if not wanted:
        raise click.UsageError("there is nothing to change: give an option, or --file")
    if wanted.get("slug", slug) != slug:
        raise click.UsageError(f"the file is about {shown(wanted['slug'])}, not {slug!r}: a slug never changes")


def _from_options(options: Mapping[str, Any], flags: Flags) -> Json:
    found: Json = {}
    for field, flag in flags.items():
        value = options.get(flag.removeprefix("--").replace("-", "_"))
        if value in (None, ()):
            continue
        whole, _, part = field.partition(".")
        value = list(value) if isinstance(value, tuple) else value
        found = merged(found, {whole: {part: value}} if part else {whole: value})
    return found


def _read(file: BinaryIO) -> Json:
    name = click.format_filename(file.name)
    text = file.read(MOST + 1)
    if len(text) > MOST:
        raise click.UsageError(f"{name} is longer than {MOST // 1_000_000} MB: that is no brand, and no agent")
    try:
        data = json.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise click.UsageError(f"{name} is not JSON: its text is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise click.UsageError(
            f"{name} is not JSON: in line {error.lineno}, column {error.colno}: {error.msg}"
        ) from None
    except (ValueError, RecursionError):
        raise click.UsageError(f"{name} is not JSON for this: it goes too deep, or has a number too long") from None
    if not isinstance(data, dict):
        raise click.UsageError(f"{name} has no JSON object: `show --json` prints one to start from")
    return data
