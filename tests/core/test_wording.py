from __future__ import annotations

import pytest

from maestro_actors.core.wording import lasting, listing, number, weight


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0.0 s"),
        (4.06, "4.1 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 0 s"),
        (412, "6 min 52 s"),
        (3599.6, "1 h 0 min"),
        (7500, "2 h 5 min"),
        (90_000, "25 h 0 min"),
    ],
)
def test_a_span_of_time_is_told_in_the_units_that_fit_it(seconds: float, words: str) -> None:
    assert lasting(seconds) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 KB"),
        (310_400, "310 KB"),
        (999_499, "999 KB"),
        (999_500, "1.0 MB"),
        (1_274_388, "1.3 MB"),
    ],
)
def test_a_size_is_told_in_the_units_that_fit_it(size: int, words: str) -> None:
    assert weight(size) == words


def test_one_of_something_is_not_many() -> None:
    assert [number(count, "reel") for count in (0, 1, 2)] == ["0 reels", "1 reel", "2 reels"]


def test_the_last_two_of_a_list_are_joined_by_and() -> None:
    assert [listing("abc"[:count]) for count in range(4)] == ["", "a", "a and b", "a, b and c"]
