import asyncio
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def shelf() -> AsyncIterator[list[str]]:
    await asyncio.sleep(0)
    yield ["P-0001"]
    await asyncio.sleep(0)


@pytest.fixture
async def first(shelf: list[str]) -> str:
    await asyncio.sleep(0)
    return shelf[0]


async def test_async_test_gets_the_value(first: str) -> None:
    assert first == "P-0001"


def test_sync_test_gets_it_as_well(first: str) -> None:
    assert first == "P-0001"


class TestInAClass:
    async def test_method_gets_it(self, first: str) -> None:
        assert first == "P-0001"
