"""Fixtures for tests of the shop's prices: load once a run, print once a file, copy for a test."""

from copy import deepcopy

import pytest
import pytest_asyncio

from wholesale import Catalogue, load_catalogue, print_price_list


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def loaded() -> Catalogue:
    """The catalogue as it was loaded. Not for tests: whoever changes it, changes it for all."""
    return await load_catalogue()


@pytest.fixture
def catalogue(loaded: Catalogue) -> Catalogue:
    """A catalogue that the test may do with as it likes."""
    return deepcopy(loaded)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def price_list(loaded: Catalogue) -> tuple[str, ...]:
    """The printed price list of the branch."""
    return await print_price_list(loaded, "Harbour Street")
