import pickle

import pytest
import pytest_asyncio

import wholesale


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def frozen() -> bytes:
    return pickle.dumps(await wholesale.load_catalogue())


@pytest.fixture()
def catalogue(frozen: bytes) -> wholesale.Catalogue:
    return pickle.loads(frozen)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def price_list(request: pytest.FixtureRequest, frozen: bytes) -> tuple[str, ...]:
    return await wholesale.print_price_list(pickle.loads(frozen), request.module.BRANCH)
