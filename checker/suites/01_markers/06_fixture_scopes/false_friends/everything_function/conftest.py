"""Fixtures for tests of the shop's prices."""

import pytest
import pytest_asyncio

from wholesale import Catalogue, load_catalogue, print_price_list


@pytest_asyncio.fixture
async def catalogue() -> Catalogue:
    return await load_catalogue()


@pytest_asyncio.fixture
async def price_list(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return await print_price_list(await load_catalogue(), request.module.BRANCH)
