from copy import deepcopy

import pytest
import pytest_asyncio

from wholesale import Catalogue, load_catalogue, print_price_list


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def loaded() -> Catalogue:
    return await load_catalogue()


@pytest.fixture
def catalogue(loaded: Catalogue) -> Catalogue:
    return deepcopy(loaded)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def price_list(request: pytest.FixtureRequest, loaded: Catalogue) -> tuple[str, ...]:
    return await print_price_list(loaded, request.module.BRANCH)
