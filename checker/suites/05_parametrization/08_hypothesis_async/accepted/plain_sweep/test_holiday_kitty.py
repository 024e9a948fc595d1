import re

import pytest

from holiday_kitty import Kitty, Page

pytestmark = pytest.mark.asyncio

NAMES = ["ñandú", "Z", "a", "東京", "zoo", "é", "tea 🍵", "b-b"]


async def filled(count: int) -> Kitty:
    kitty = Kitty()
    for number, name in enumerate(NAMES[:count], 1):
        await kitty.pay(name, number)
    return kitty


@pytest.mark.parametrize("count", range(len(NAMES) + 1))
async def test_all_pages(count: int) -> None:
    expected = sorted((name, number) for number, name in enumerate(NAMES[:count], 1))
    for size in range(1, 10):
        kitty = await filled(count)
        page = await kitty.page(size)
        seen = list(page.expenses)
        turns = 0
        while page.cursor is not None:
            turns += 1
            assert turns < 10
            assert len(page.expenses) == size
            assert re.fullmatch(r"[\w-]+", page.cursor, re.ASCII)
            page = await kitty.page(size, page.cursor)
            assert page.expenses
            seen += page.expenses
        assert seen == expected


@pytest.mark.parametrize("travellers", range(1, 7))
async def test_all_shares(travellers: int) -> None:
    people = [f"p{n}" for n in range(travellers)][::-1]
    for total in range(25):
        kitty = Kitty()
        if total:
            await kitty.pay("x", total)
        shares = await kitty.shares(people)
        expected = {person: 0 for person in people}
        for cent in range(total):
            expected[people[cent % travellers]] += 1
        assert shares == expected


async def test_twice() -> None:
    kitty = await filled(2)
    await kitty.pay("Z", 40)
    assert await kitty.page(3) == Page([("Z", 42), ("ñandú", 1)], None)
    assert await kitty.shares(["me"]) == {"me": 43}
