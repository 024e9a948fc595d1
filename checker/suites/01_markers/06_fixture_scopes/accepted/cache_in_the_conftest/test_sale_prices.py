import pytest

from sale_prices import discounted
from wholesale import Catalogue, Item

CHAIR = 12_345


@pytest.mark.asyncio
async def test_sale(catalogue: Catalogue) -> None:
    catalogue.items["chair"] = Item(CHAIR, ["wood"])
    catalogue.items["atlas"] = Item(3000, ["fixed"])
    names = sorted(catalogue.items)

    sale = await discounted(catalogue, 10)

    assert sorted(sale.items) == names
    assert sale.items["chair"] == Item(11_110, ["wood"])
    assert sale.items["field guide"] == Item(2400, ["book", "fixed"])
    assert sale.items["atlas"] == Item(3000, ["fixed"])
    assert sale.items["tea towel"] == Item(719, ["kitchen", "cotton"])
    # and what we put in is what is still there
    assert sorted(catalogue.items) == names
    assert catalogue.items["chair"] == Item(CHAIR, ["wood"])
    assert catalogue.items["tea towel"] == Item(799, ["kitchen", "cotton"])
