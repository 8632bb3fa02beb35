"""A record says what it is about, also in its fields."""

from __future__ import annotations

import logging

from maestro_actors.log_lines import WithFields


def record(message: str, **fields: object) -> logging.LogRecord:
    return logging.makeLogRecord({"name": "storage", "levelname": "ERROR", "msg": message, **fields})


def test_fields_follow_the_action() -> None:
    formatted = WithFields("%(levelname)s %(name)s: %(message)s").format(
        record("objects left behind", burst_id="b1", paths=("a/b.png",))
    )
    assert formatted == "ERROR storage: objects left behind burst_id=b1 paths=('a/b.png',)"


def test_fields_stand_before_a_traceback() -> None:
    try:
        raise ValueError("a bug")
    except ValueError as error:
        failed = record("work failed", actor="StorageActor", exc_info=(ValueError, error, error.__traceback__))
    first, *more = WithFields("%(message)s").format(failed).split("\n")
    assert first == "work failed actor=StorageActor"
    assert more[-1] == "ValueError: a bug"


def test_a_field_writes_no_lines_of_its_own() -> None:
    formatted = WithFields("%(message)s").format(record("could not answer", path="/a\nERROR b", reason="\x1b[2J"))
    assert formatted == r"could not answer path='/a\nERROR b' reason='\x1b[2J'"
