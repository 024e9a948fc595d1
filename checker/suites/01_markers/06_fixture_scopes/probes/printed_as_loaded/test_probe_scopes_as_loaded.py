"""Tests change their catalogue before and while the price list is printed."""

import pytest

from wholesale import Catalogue

pytestmark = pytest.mark.asyncio

BRANCH = "North Gate"


async def test_changes_its_catalogue(catalogue: Catalogue) -> None:
    catalogue.items["kettle"].cents = 1
    del catalogue.items["desk lamp"]


async def test_the_price_list_is_that_of_the_loaded_one(catalogue: Catalogue, price_list: tuple[str, ...]) -> None:
    assert price_list[1:] == ("desk lamp: 39.95", "field guide: 24.00", "kettle: 25.00", "tea towel: 7.99")
