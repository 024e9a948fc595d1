"""One of two branches."""

import pytest

import wholesale
from wholesale import Catalogue

pytestmark = pytest.mark.asyncio

BRANCH = "North Gate"
seen: list[tuple[str, ...]] = []


@pytest.mark.parametrize("number", [1, 2])
async def test_shares_the_price_list(price_list: tuple[str, ...], number: int) -> None:
    assert all(price_list is other for other in seen)
    seen.append(price_list)


class TestInAClass:
    async def test_shares_it_too(self, price_list: tuple[str, ...], catalogue: Catalogue) -> None:
        assert price_list is seen[0]
        prints = sum(entry.startswith("print") for entry in wholesale.log)
        assert prints == 1, f"printed {prints} times for three tests"
