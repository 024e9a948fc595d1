from copy import deepcopy

import pytest
import pytest_asyncio

from wholesale import Catalogue, load_catalogue, print_price_list


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def loaded() -> Catalogue:
    return await load_catalogue()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shop(request: pytest.FixtureRequest, loaded: Catalogue) -> tuple[Catalogue, tuple[str, ...]]:
    """All that the tests of a file need: the catalogue, and the price list of the branch."""
    return loaded, await print_price_list(loaded, request.module.BRANCH)


@pytest.fixture
def catalogue(shop: tuple[Catalogue, tuple[str, ...]]) -> Catalogue:
    return deepcopy(shop[0])


@pytest.fixture(scope="module")
def price_list(shop: tuple[Catalogue, tuple[str, ...]]) -> tuple[str, ...]:
    return shop[1]
