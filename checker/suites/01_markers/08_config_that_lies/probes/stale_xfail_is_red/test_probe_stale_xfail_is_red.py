import asyncio

import pytest


@pytest.mark.xfail(reason="labels start at 0000")
async def test_was_repaired() -> None:
    await asyncio.sleep(0)


@pytest.mark.xfail(reason="labels start at 0000")
def test_was_repaired_as_well() -> None:
    assert True


async def test_without_an_excuse() -> None:
    await asyncio.sleep(0)
