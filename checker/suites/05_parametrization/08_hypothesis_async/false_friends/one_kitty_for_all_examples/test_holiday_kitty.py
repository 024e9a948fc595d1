import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holiday_kitty import Kitty, Page
from kitty_strategies import cents, expenses, names, people

pytestmark = pytest.mark.asyncio
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
sizes = st.integers(1, 4)


@pytest.fixture
def kitty() -> Kitty:
    return Kitty()


async def fill(kitty: Kitty, expenses: dict[str, int]) -> None:
    for name, amount in expenses.items():
        await kitty.pay(name, amount)


async def follow(kitty: Kitty, size: int) -> list[Page]:
    pages = [await kitty.page(size)]
    while pages[-1].cursor is not None and len(pages) < 1000:
        pages.append(await kitty.page(size, pages[-1].cursor))
    return pages


@shared
@given(expenses=expenses, people=people)
async def test_shares(kitty: Kitty, expenses: dict[str, int], people: list[str]) -> None:
    await fill(kitty, expenses)

    shares = await kitty.shares(people)

    assert list(shares) == people or set(shares) == set(people)
    assert sum(shares.values()) >= sum(expenses.values())
    assert max(shares.values()) - min(shares.values()) <= 1
    in_turn = [shares[person] for person in people]
    assert in_turn == sorted(in_turn, reverse=True)


@shared
@given(expenses=expenses, size=sizes)
async def test_pages(kitty: Kitty, expenses: dict[str, int], size: int) -> None:
    await fill(kitty, expenses)

    pages = await follow(kitty, size)

    seen = dict(expense for page in pages for expense in page.expenses)
    assert all(seen[name] >= amount for name, amount in expenses.items())
    assert all(len(page.expenses) == size for page in pages[:-1])
    assert all(re.fullmatch("[A-Za-z0-9_-]+", page.cursor) for page in pages[:-1])


async def test_empty() -> None:
    assert await Kitty().page(3) == Page([], None)
    assert await Kitty().shares(["Kim", "Robin"]) == {"Kim": 0, "Robin": 0}


@given(name=names, amount=cents)
async def test_adding_up(name: str, amount: int) -> None:
    kitty = Kitty()
    await fill(kitty, {name: amount})
    await fill(kitty, {name: 1})
    assert await kitty.page(1) == Page([(name, amount + 1)], None)
