from __future__ import annotations

import pytest

from supabase_local import auth_errors
from supabase_local.attempts import FAILURES, WINDOW_SECONDS, Attempts


def fail(attempts: Attempts, now: float) -> str:
    """How an attempt with a wrong password is answered."""
    with pytest.raises(auth_errors.AuthError) as caught, attempts.attempt(now):
        raise auth_errors.wrong_credentials()
    return caught.value.code


def test_so_many_may_fail_in_a_minute_and_then_none() -> None:
    attempts = Attempts()
    assert {fail(attempts, float(second)) for second in range(FAILURES)} == {"invalid_credentials"}
    assert fail(attempts, WINDOW_SECONDS - 1) == "over_request_rate_limit"


def test_each_failure_is_forgotten_after_a_minute() -> None:
    attempts = Attempts()
    for second in range(FAILURES):
        fail(attempts, float(second))
    assert fail(attempts, WINDOW_SECONDS) == "invalid_credentials"
    assert fail(attempts, WINDOW_SECONDS) == "over_request_rate_limit"
    assert fail(attempts, WINDOW_SECONDS + 1) == "invalid_credentials"


def test_success_costs_nothing() -> None:
    attempts = Attempts()
    for _ in range(3 * FAILURES):
        with attempts.attempt(0.0):
            pass
    assert {fail(attempts, 0.0) for _ in range(FAILURES)} == {"invalid_credentials"}


def test_attempts_under_way_count() -> None:
    attempts = Attempts()
    under_way = [attempts.attempt(0.0) for _ in range(FAILURES)]
    for each in under_way:
        each.__enter__()
    assert fail(attempts, 0.0) == "over_request_rate_limit"
    for each in under_way:
        each.__exit__(None, None, None)
    assert fail(attempts, 0.0) == "invalid_credentials"
