import pickle

import pytest

from sale_prices import discounted
from wholesale import Catalogue, Item

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(
    ("item", "percent", "cents"),
    [
        pytest.param(Item(1000), 25, 750, id="quarter"),
        pytest.param(Item(799), 50, 399, id="rounded-down"),
        pytest.param(Item(1000), 99, 10, id="nearly-all"),
        pytest.param(Item(1000, ["book", "fixed"]), 25, 1000, id="fixed"),
        pytest.param(Item(1000, ["fixed"]), 25, 1000, id="only-fixed"),
    ],
)
async def test_price(item: Item, percent: int, cents: int) -> None:
    sale = await discounted(Catalogue({"it": item}), percent)
    assert sale.items["it"].cents == cents
    assert sale.items["it"].tags == item.tags


async def test_nothing_else_changes(catalogue: Catalogue) -> None:
    before = pickle.dumps(catalogue)
    sale = await discounted(catalogue, 30)
    assert catalogue == pickle.loads(before)
    assert set(sale.items) == set(catalogue.items)
    assert [item.tags for item in sale.items.values()] == [item.tags for item in catalogue.items.values()]
