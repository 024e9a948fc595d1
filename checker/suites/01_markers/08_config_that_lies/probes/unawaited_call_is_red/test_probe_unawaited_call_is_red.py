import asyncio
import warnings
from unittest.mock import AsyncMock

import pytest


async def label() -> str:
    await asyncio.sleep(0)
    return "P-0001"


def test_awaits() -> None:
    assert asyncio.run(label()) == "P-0001"


def test_mock_is_awaited() -> None:
    carrier = AsyncMock()
    asyncio.run(carrier.book("P-0001"))
    carrier.book.assert_awaited_once_with("P-0001")


@pytest.mark.parametrize("name", ["label", "ParcelDesk.accept", "AsyncMockMixin._execute_mock_call"])
def test_its_warning_is_an_error(name: str) -> None:
    with pytest.raises(RuntimeWarning):
        warnings.warn(RuntimeWarning(f"coroutine '{name}' was never awaited"), stacklevel=1)


def test_what_pytest_makes_of_it_is_an_error() -> None:
    with pytest.raises(pytest.PytestUnraisableExceptionWarning):
        warnings.warn(pytest.PytestUnraisableExceptionWarning("Exception ignored in: <coroutine>"), stacklevel=1)


def test_asserts_the_coroutine() -> None:
    assert label()
