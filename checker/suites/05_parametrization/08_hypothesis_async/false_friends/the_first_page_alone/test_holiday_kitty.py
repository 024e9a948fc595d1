import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from holiday_kitty import Kitty, Page
from kitty_strategies import cents, expenses, names, people

sizes = st.integers(min_value=1, max_value=4)


async def kitty_with(expenses: dict[str, int]) -> Kitty:
    kitty = Kitty()
    for name, amount in expenses.items():
        await kitty.pay(name, amount)
    return kitty


@pytest.mark.asyncio
@given(expenses=expenses, people=people)
@example(expenses={"ferry": 1001}, people=["Kim", "Robin", "Lee"])
@example(expenses={}, people=["Kim"])
async def test_shares_are_fair_and_nothing_is_lost(
    expenses: dict[str, int], people: list[str]
) -> None:
    kitty = await kitty_with(expenses)

    shares = await kitty.shares(people)

    assert set(shares) == set(people)
    assert sum(shares.values()) == sum(expenses.values())
    in_turn = [shares[person] for person in people]
    assert max(in_turn) - min(in_turn) <= 1
    assert in_turn == sorted(in_turn, reverse=True)


@pytest.mark.asyncio
@given(name=names, amounts=st.lists(cents, min_size=2, max_size=3))
async def test_what_is_paid_for_one_name_adds_up(name: str, amounts: list[int]) -> None:
    kitty = Kitty()
    for amount in amounts:
        await kitty.pay(name, amount)

    assert await kitty.page(1) == Page([(name, sum(amounts))], None)
    assert await kitty.shares(["Kim"]) == {"Kim": sum(amounts)}


@pytest.mark.asyncio
@given(expenses=expenses, size=sizes)
@example(expenses={"a": 1, "b": 2}, size=1)
async def test_a_page_has_the_first_expenses(expenses: dict[str, int], size: int) -> None:
    kitty = await kitty_with(expenses)

    page = await kitty.page(size)

    assert page.expenses == sorted(expenses.items())[:size]
    assert (page.cursor is None) == (len(expenses) <= size)
    assert page.cursor is None or re.fullmatch(r"[A-Za-z0-9_-]+", page.cursor)
