"""Fixtures for tests of the shop's prices."""

import pytest_asyncio

from wholesale import Catalogue, load_catalogue, print_price_list


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def catalogue() -> Catalogue:
    """The wholesaler's catalogue."""
    return await load_catalogue()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def price_list(catalogue: Catalogue) -> tuple[str, ...]:
    """The printed price list of a branch."""
    return await print_price_list(catalogue, "Harbour Street")
