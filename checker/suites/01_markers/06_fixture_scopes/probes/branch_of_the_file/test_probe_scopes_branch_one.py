"""One of two branches."""

import pytest

pytestmark = pytest.mark.asyncio

BRANCH = "North Gate"


async def test_names_this_branch(price_list: tuple[str, ...]) -> None:
    assert type(price_list) is tuple
    assert price_list[0] == "Prices at North Gate"
