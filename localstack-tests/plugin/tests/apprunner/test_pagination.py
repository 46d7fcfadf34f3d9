from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth_localstack.apprunner.errors import AppRunnerError
from synth_localstack.apprunner.pagination import page


def same(item: int) -> int:
    return item


def pages(items: list[int], size: int | None) -> list[int]:
    """All items, fetched page by page."""
    request: dict[str, Any] = {} if size is None else {"MaxResults": size}
    seen, more = page(items, same, request)
    while more:
        chosen, more = page(items, same, request | more)
        seen += chosen
    return seen


@given(st.sets(st.integers()), st.none() | st.integers(min_value=1, max_value=20))
def test_pages_together_are_all_items_in_order(items: set[int], size: int | None) -> None:
    assert pages(list(items), size) == sorted(items)


@given(st.sets(st.integers(), min_size=2), st.data())
def test_a_deletion_between_two_pages_skips_nothing(items: set[int], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(items) - 1))
    request = {"MaxResults": size}
    first, more = page(list(items), same, request)
    deleted = data.draw(st.sets(st.sampled_from(first)))
    second, _ = page(list(items - deleted), same, {"NextToken": more["NextToken"], **request})
    assert second == sorted(items - set(first))[:size]


@given(st.text(min_size=1))
def test_a_made_up_token_is_refused(token: str) -> None:
    with pytest.raises(AppRunnerError) as raised:
        page([1, 2], same, {"NextToken": token})
    assert raised.value.code == "InvalidRequestException"


def test_a_token_belongs_to_its_request() -> None:
    _, more = page([1, 2], same, {"MaxResults": 1, "ConnectionName": "one"})
    with pytest.raises(AppRunnerError, match="other parameters"):
        page([1, 2], same, {"MaxResults": 1, "ConnectionName": "two", **more})


def test_no_items_make_one_empty_page() -> None:
    assert page([], same, {"MaxResults": 1}) == ([], {})
