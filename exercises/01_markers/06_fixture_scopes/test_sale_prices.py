import pytest

from sale_prices import discounted
from wholesale import Catalogue, Item

BRANCH = "Harbour Street"

pytestmark = pytest.mark.asyncio


async def test_the_price_list_is_that_of_the_branch(price_list: tuple[str, ...]) -> None:
    assert price_list[:2] == ("Prices at Harbour Street", "desk lamp: 39.95")


async def test_a_price_that_does_not_divide_is_rounded_down(catalogue: Catalogue) -> None:
    catalogue.items["tea towel"].cents = 799

    sale = await discounted(catalogue, 50)

    assert sale.items["tea towel"].cents == 399


async def test_a_new_item_gets_the_discount(catalogue: Catalogue) -> None:
    catalogue.items["globe"] = Item(10_000)

    sale = await discounted(catalogue, 25)

    assert sale.items["globe"].cents == 7_500


async def test_every_item_is_in_the_sale(catalogue: Catalogue) -> None:
    sale = await discounted(catalogue, 25)

    assert len(sale.items) == 5
