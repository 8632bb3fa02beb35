"""Secrets that are made once, by whoever comes first."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from maestro_actors.errors import UnusableError
from maestro_actors.kept_secrets import kept_secret


def test_many_who_make_the_secret_at_once_have_the_same(tmp_path: Path) -> None:
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.append(kept_secret(tmp_path / "new" / "a.key"))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 20
    assert len(set(made)) == 1
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.key"]


def test_a_damaged_secret_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.key").write_text("short")
    with pytest.raises(UnusableError, match=r"a\.key is damaged: remove it"):
        kept_secret(tmp_path / "a.key")


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    assert len(bytes.fromhex(kept_secret(tmp_path / "a.key"))) == 32
    assert (tmp_path / "a.key").stat().st_mode & 0o777 == 0o600
