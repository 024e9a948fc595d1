import asyncio
from unittest.mock import AsyncMock


async def label() -> str:
    await asyncio.sleep(0)
    return "P-0001"


async def test_calls_without_await() -> None:
    label()


def test_asserts_the_coroutine() -> None:
    assert label()


async def test_mock_is_not_awaited() -> None:
    carrier = AsyncMock()
    carrier.book("P-0001")
    carrier.book.assert_called_once_with("P-0001")


async def test_awaits() -> None:
    assert await label() == "P-0001"


async def test_mock_is_awaited() -> None:
    carrier = AsyncMock()
    await carrier.book("P-0001")
    carrier.book.assert_awaited_once_with("P-0001")
