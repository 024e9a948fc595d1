from copy import deepcopy

import pytest

from sale_prices import discounted
from wholesale import Catalogue, Item


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestDiscounted:
    async def test_result(self, catalogue: Catalogue) -> None:
        catalogue.items["field guide"].tags.append("sturdy")
        catalogue.items["kettle"].tags.insert(0, "fixed")
        sale = await discounted(catalogue, 33)
        assert sale.items == {
            "desk lamp": Item(2676, ["light"]),
            "field guide": Item(2400, ["book", "fixed", "sturdy"]),
            "kettle": Item(2500, ["fixed", "kitchen"]),
            "tea towel": Item(535, ["kitchen", "cotton"]),
        }

    async def test_argument(self, catalogue: Catalogue) -> None:
        snapshot = deepcopy(catalogue.items)
        await discounted(catalogue, 33)
        assert catalogue.items == snapshot
