"""What the commands have in common: how errors and settings become plain words, and what numbers are called."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import TypeVar

import click

from maestro_actors import settings
from maestro_actors.errors import MaestroError, SettingsError

T = TypeVar("T")


class WholeNumber(click.IntRange):
    """Calls itself what people call it."""

    name = "whole number"


class Failed(click.ClickException):
    """An error that is already a message."""

    exit_code = 1

    def show(self, file: object = None) -> None:
        click.secho("maestro: ", fg="red", nl=False, err=True)
        click.echo(self.format_message(), err=True)


class WrongSetting(Failed):
    """A setting that cannot be used counts like an option that cannot."""

    exit_code = 2


def plainly(work: Callable[[], T]) -> T:
    """Do it; what a person can mend is said in one message, without a traceback."""
    try:
        return work()
    except MaestroError as error:
        raise (WrongSetting if isinstance(error, SettingsError) else Failed)(str(error)) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Failed(f"no space left to write {error.filename or 'the output'}: free some") from error


def read_settings() -> settings.Settings:
    """What is set in the environment of this command."""
    return settings.read(os.environ)
