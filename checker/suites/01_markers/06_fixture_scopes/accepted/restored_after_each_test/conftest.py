from collections.abc import Iterator
from copy import deepcopy

import pytest
import pytest_asyncio

from wholesale import Catalogue, load_catalogue, print_price_list


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared() -> Catalogue:
    return await load_catalogue()


@pytest.fixture(scope="session")
def as_loaded(shared: Catalogue) -> Catalogue:
    return deepcopy(shared)


@pytest.fixture
def catalogue(shared: Catalogue, as_loaded: Catalogue) -> Iterator[Catalogue]:
    yield shared
    shared.items = deepcopy(as_loaded.items)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def price_list(as_loaded: Catalogue, request: pytest.FixtureRequest) -> tuple[str, ...]:
    return await print_price_list(as_loaded, request.module.BRANCH)
