"""The errors people see. Each says what happened, to what, and what to do; none needs a traceback."""

from __future__ import annotations


class MaestroError(Exception):
    """Something a person can mend. Its text is a whole message, ready to be shown.

    `code` is what programs go by: a word for this kind of error that stays, wherever it is told.
    """

    code = "error"


class PassingError(MaestroError):
    """It did not work now, and may work later. `retry_after` is what the other side asked for, in seconds."""

    code = "unavailable"

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class NoAnswerError(PassingError):
    """The other side was given all the time there is, and said nothing to the purpose: it may hang."""


class SettingsError(MaestroError):
    """A setting that cannot be used; the text names it and says what would do."""


class UnusableError(MaestroError):
    """A folder or a storage that cannot be used as things are; the text names it and says what would do."""


class RenderError(MaestroError):
    """A spec that cannot be rendered: the text has no glyphs, the folder is full, the background is no image."""


class ProviderError(MaestroError):
    """A provider that could not answer: nothing left to say, an unusable brand, a service that refuses."""


class StorageError(MaestroError):
    """The bucket refuses, and will go on refusing: a wrong key, a missing permission, a file it does not take."""


class BurstRefusedError(MaestroError):
    """A burst that may not start: another (`burst_id`) is under way, or it asks for what cannot be made."""

    code = "refused"

    burst_id: str | None = None

    @classmethod
    def under_way(cls, burst_id: str) -> BurstRefusedError:
        """Another burst of the user is under way."""
        error = cls(f"burst {burst_id} is under way: wait until it has ended, or cancel it")
        error.code, error.burst_id = "under-way", burst_id
        return error


class UnknownBurstError(MaestroError):
    """Nobody knows a burst of that id."""

    code = "unknown-burst"


class BrokenSystemError(MaestroError):
    """An actor that everything depends on is gone, or does not answer."""

    code = "worker-broken"
