import copy

import pytest
import pytest_asyncio

from wholesale import Catalogue, load_catalogue, print_price_list

_loaded: list[Catalogue] = []
_printed: dict[str, tuple[str, ...]] = {}


async def _load() -> Catalogue:
    if not _loaded:
        _loaded.append(await load_catalogue())
    return _loaded[0]


@pytest_asyncio.fixture
async def catalogue() -> Catalogue:
    return copy.deepcopy(await _load())


@pytest_asyncio.fixture
async def price_list(request: pytest.FixtureRequest) -> tuple[str, ...]:
    key = request.module.__name__
    if key not in _printed:
        _printed[key] = await print_price_list(await _load(), request.module.BRANCH)
    return _printed[key]
