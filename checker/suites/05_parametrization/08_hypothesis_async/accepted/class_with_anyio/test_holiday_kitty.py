import string
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holiday_kitty import Kitty
from kitty_strategies import expenses, people

PLAIN = set(string.ascii_letters + string.digits + "-_")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestKitty:
    @settings(max_examples=30)
    @given(expenses, people)
    async def test_shares(self, expenses: dict[str, int], people: list[str]) -> None:
        kitty = Kitty()
        for name in expenses:
            await kitty.pay(name, expenses[name])
        shares = await kitty.shares(people)
        assert sorted(shares) == sorted(people)
        assert sum(shares.values()) == sum(expenses.values())
        assert shares[people[0]] - shares[people[-1]] in (0, 1)
        assert all(shares[a] >= shares[b] for a, b in pairwise(people))

    @given(st.lists(st.tuples(st.sampled_from(["a", "ä", "語", "bb"]), st.integers(1, 9)), max_size=7))
    async def test_adding_up(self, payments: list[tuple[str, int]]) -> None:
        kitty, expected = Kitty(), {}
        for name, cents in payments:
            await kitty.pay(name, cents)
            expected[name] = expected.get(name, 0) + cents
        page = await kitty.page(10)
        assert page.expenses == sorted(expected.items())
        assert page.cursor is None

    @given(expenses, st.integers(1, 5))
    async def test_pages(self, expenses: dict[str, int], size: int) -> None:
        kitty = Kitty()
        for name, cents in expenses.items():
            await kitty.pay(name, cents)
        names = sorted(expenses)
        chunks = [names[i : i + size] for i in range(0, len(names), size)] or [[]]
        cursor = None
        for chunk in chunks:
            page = await (kitty.page(size, cursor) if cursor else kitty.page(size))
            assert page.expenses == [(name, expenses[name]) for name in chunk]
            cursor = page.cursor
            if chunk is not chunks[-1]:
                assert cursor
                assert set(cursor) <= PLAIN
        assert cursor is None
