"""One of two files. Both use everything."""

import pytest

import wholesale
from wholesale import Catalogue

pytestmark = pytest.mark.asyncio

BRANCH = "North Gate"


@pytest.mark.parametrize("number", [1, 2])
async def test_uses_a_catalogue(catalogue: Catalogue, number: int) -> None:
    assert len(catalogue.items) == 4
    loads = wholesale.log.count("load")
    assert loads == 1, f"loaded {loads} times by test {number}"


async def test_uses_a_price_list(price_list: tuple[str, ...]) -> None:
    loads = wholesale.log.count("load")
    assert loads == 1, f"loaded {loads} times for two catalogues and a price list"
