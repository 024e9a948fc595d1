import asyncio
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from holiday_kitty import Kitty
from kitty_strategies import names


async def scenario(payments: list[tuple[str, int]], people: list[str], size: int) -> Any:
    kitty = Kitty()
    for payment in payments:
        await kitty.pay(*payment)
    pages = []
    cursor: tuple[str, ...] = ()
    while len(pages) < 20:
        pages.append(await kitty.page(size, *cursor))
        if pages[-1].cursor is None:
            break
        cursor = (pages[-1].cursor,)
    return pages, await kitty.shares(people)


@settings(max_examples=50)
@given(data=st.data())
def test_a_holiday(data: st.DataObject) -> None:
    payments = data.draw(st.lists(st.tuples(names, st.integers(1, 50)), max_size=8))
    people = data.draw(st.lists(st.sampled_from("abcdefg"), min_size=1, unique=True))
    size = data.draw(st.integers(1, 3))

    pages, shares = asyncio.run(scenario(payments, people, size))

    sums = {}
    for name, cents in payments:
        sums[name] = sums.get(name, 0) + cents
    assert sum((page.expenses for page in pages), []) == sorted(sums.items())
    *full, last = pages
    for page in full:
        assert len(page.expenses) == size
        assert re.compile("[-_0-9A-Za-z]+").fullmatch(page.cursor)
    assert last.cursor is None
    assert last.expenses or not payments

    assert len(shares) == len(people)
    assert sum(shares.values()) == sum(sums.values())
    listed = [shares[person] for person in people]
    assert listed == sorted(listed)[::-1]
    assert listed[0] - listed[-1] < 2
