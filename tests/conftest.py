"""What the tests of several parts share and is dear to make: a PostgreSQL server, once for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.postgresql import Server, postgresql

pytest.register_assert_rewrite("tests.system.promises", "tests.system.workers")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with postgresql() as running:
        yield running
