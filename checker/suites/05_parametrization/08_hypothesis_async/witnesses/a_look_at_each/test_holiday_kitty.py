import pytest

from holiday_kitty import Kitty

pytestmark = pytest.mark.asyncio


async def shares(total: int, travellers: int) -> list[int]:
    kitty = Kitty()
    await kitty.pay("ferry", total)
    return [*(await kitty.shares([f"p{n}" for n in range(travellers)])).values()]


async def test_enough() -> None:
    assert sum(await shares(10, 3)) >= 10


async def test_nobody_gets_money() -> None:
    assert min(await shares(3, 5)) >= 0
