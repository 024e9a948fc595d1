import asyncio

import pytest

from wholesale import Catalogue, Item, load_catalogue, print_price_list


@pytest.fixture(scope="session")
def pristine():
    return asyncio.run(load_catalogue())


@pytest.fixture
def catalogue(pristine):
    return Catalogue({name: Item(item.cents, list(item.tags)) for name, item in pristine.items.items()})


@pytest.fixture(scope="module")
def price_list(request, pristine):
    return asyncio.run(print_price_list(pristine, getattr(request.module, "BRANCH")))
