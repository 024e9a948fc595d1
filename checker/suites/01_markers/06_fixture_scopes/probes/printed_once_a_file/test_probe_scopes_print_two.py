"""The other branch."""

import pytest

import wholesale

pytestmark = pytest.mark.asyncio

BRANCH = "South Gate"


@pytest.mark.parametrize("number", [1, 2])
async def test_is_printed_once(price_list: tuple[str, ...], number: int) -> None:
    prints = sum(entry.startswith("print") for entry in wholesale.log)
    assert prints <= 2, f"printed {prints} times for two files"
