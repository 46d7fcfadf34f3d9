"""moto is asked one thing at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

from synth_localstack.compat import turns


def context(account: str) -> Any:
    return SimpleNamespace(service=SimpleNamespace(service_name="ssm"), account_id=account)


def test_calls_of_one_account_never_meet() -> None:
    inside = threading.Semaphore(1)

    def dispatch(_context: Any) -> Any:
        met = not inside.acquire(blocking=False)
        if not met:
            inside.release()
        return met

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(turns.in_turn, dispatch, context("1")) for _ in range(500)]
    assert not any(call.result() for call in asked)


def test_calls_of_two_accounts_do_not_wait_for_each_other() -> None:
    meeting = threading.Barrier(2, timeout=10)

    def dispatch(_context: Any) -> Any:
        return meeting.wait()

    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(turns.in_turn, dispatch, context(account)) for account in "12"]
    assert {call.result() for call in both} == {0, 1}


def test_a_call_may_ask_its_own_service() -> None:
    def dispatch(asked: Any) -> Any:
        return turns.in_turn(lambda inner: inner, asked)

    mine = context("1")
    assert turns.in_turn(dispatch, mine) is mine
