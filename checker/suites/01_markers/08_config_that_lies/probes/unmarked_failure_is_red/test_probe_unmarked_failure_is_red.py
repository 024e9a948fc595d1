import asyncio


async def total(*weights: int) -> int:
    await asyncio.sleep(0)
    return sum(weights)


async def test_right_total() -> None:
    assert await total(1, 2) == 3


async def test_wrong_total() -> None:
    assert await total(1, 2) == 4
