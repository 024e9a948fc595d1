"""The other file."""

import pytest

import wholesale
from wholesale import Catalogue

pytestmark = pytest.mark.asyncio

BRANCH = "South Gate"


async def test_uses_both(catalogue: Catalogue, price_list: tuple[str, ...]) -> None:
    loads = wholesale.log.count("load")
    assert loads == 1, f"loaded {loads} times for two files"
