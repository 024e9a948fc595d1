"""The other branch."""

import pytest

pytestmark = pytest.mark.asyncio

BRANCH = "South Gate"


async def test_names_this_branch(price_list: tuple[str, ...]) -> None:
    assert price_list[0] == "Prices at South Gate"
