"""A test changes prices and tags; the next finds the catalogue as loaded."""

import pytest

from wholesale import SUPPLY, Catalogue, Item

pytestmark = pytest.mark.asyncio

BRANCH = "North Gate"

LOADED = Catalogue({name: Item(cents, list(tags)) for name, cents, tags in SUPPLY})


async def test_changes_a_price(catalogue: Catalogue) -> None:
    catalogue.items["kettle"].cents = 1


async def test_changes_tags(catalogue: Catalogue) -> None:
    assert catalogue.items["kettle"].cents == 2500
    catalogue.items["tea towel"].tags.append("fixed")
    catalogue.items["field guide"].tags.remove("fixed")


async def test_finds_everything_as_loaded(catalogue: Catalogue) -> None:
    assert catalogue == LOADED
