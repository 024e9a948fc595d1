"""What things cost in the sale, and that the sale leaves the catalogue alone."""

from copy import deepcopy

import pytest

from sale_prices import discounted
from wholesale import Catalogue, Item

BRANCH = "Harbour Street"

pytestmark = pytest.mark.asyncio


async def test_the_price_list_is_that_of_the_branch(price_list: tuple[str, ...]) -> None:
    assert price_list[:2] == ("Prices at Harbour Street", "desk lamp: 39.95")


async def test_prices_are_lowered_and_rounded_down(catalogue: Catalogue) -> None:
    catalogue.items = {
        "globe": Item(10_000, ["map"]),
        "tea towel": Item(799),
        "field guide": Item(2400, ["book", "fixed"]),
        "atlas": Item(3000, ["fixed"]),
    }

    sale = await discounted(catalogue, 50)

    assert sale == Catalogue(
        {
            "globe": Item(5_000, ["map"]),
            "tea towel": Item(399),
            "field guide": Item(2400, ["book", "fixed"]),
            "atlas": Item(3000, ["fixed"]),
        }
    )


async def test_the_discount_is_the_one_that_was_asked_for(catalogue: Catalogue) -> None:
    sale = await discounted(catalogue, 10)

    assert sale.items["kettle"].cents == 2250


async def test_the_whole_catalogue_is_in_the_sale(catalogue: Catalogue) -> None:
    sale = await discounted(catalogue, 25)

    assert sale.items.keys() == catalogue.items.keys()


async def test_the_catalogue_itself_is_left_alone(catalogue: Catalogue) -> None:
    before = deepcopy(catalogue)

    await discounted(catalogue, 25)

    assert catalogue == before
