import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from holiday_kitty import Kitty, Page
from kitty_strategies import cents, people

names = st.text("abcXYZ", min_size=3, max_size=3)
expenses = st.dictionaries(names, cents, max_size=8)

sizes = st.integers(min_value=1, max_value=4)


async def kitty_with(expenses: dict[str, int]) -> Kitty:
    kitty = Kitty()
    for name, amount in expenses.items():
        await kitty.pay(name, amount)
    return kitty


async def all_pages(expenses: dict[str, int], size: int) -> list[Page]:
    """The pages of a kitty, but not more than one for each expense and one more."""
    kitty = await kitty_with(expenses)
    pages = [await kitty.page(size)]
    while pages[-1].cursor is not None and len(pages) <= len(expenses):
        pages.append(await kitty.page(size, pages[-1].cursor))
    return pages


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
async def test_the_pages_have_everything_once_in_order(
    expenses: dict[str, int], size: int
) -> None:
    pages = await all_pages(expenses, size)

    assert [expense for page in pages for expense in page.expenses] == sorted(expenses.items())


@pytest.mark.asyncio
@given(expenses=expenses, size=sizes)
async def test_the_pages_are_full_and_no_more_than_needed(
    expenses: dict[str, int], size: int
) -> None:
    pages = await all_pages(expenses, size)

    assert all(len(page.expenses) == size for page in pages[:-1])
    assert 1 <= len(pages[-1].expenses) <= size or expenses == {}
    assert pages[-1].cursor is None


@pytest.mark.asyncio
@given(expenses=expenses)
async def test_a_cursor_is_plain(expenses: dict[str, int]) -> None:
    for page in (await all_pages(expenses, 1))[:-1]:
        assert re.fullmatch(r"[A-Za-z0-9_-]+", page.cursor or "")
