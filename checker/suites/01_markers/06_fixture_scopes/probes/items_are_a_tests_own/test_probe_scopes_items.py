"""A test adds and removes items; the next finds the catalogue as loaded."""

import pytest

from wholesale import Catalogue, Item

pytestmark = pytest.mark.asyncio

BRANCH = "North Gate"

NAMES = ["desk lamp", "field guide", "kettle", "tea towel"]


async def test_adds_and_removes(catalogue: Catalogue) -> None:
    assert type(catalogue) is Catalogue
    catalogue.items["globe"] = Item(10_000)
    del catalogue.items["kettle"]


async def test_finds_all_items(catalogue: Catalogue) -> None:
    assert sorted(catalogue.items) == NAMES


async def test_removes_and_fails(catalogue: Catalogue) -> None:
    catalogue.items.clear()
    pytest.fail("this test is meant to fail")


async def test_finds_all_items_again(catalogue: Catalogue) -> None:
    assert sorted(catalogue.items) == NAMES
