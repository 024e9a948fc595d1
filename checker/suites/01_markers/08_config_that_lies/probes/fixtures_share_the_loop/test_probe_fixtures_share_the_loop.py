"""The tests ask for the run's loop themselves, so that only the fixtures depend on the configuration."""

import asyncio

import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture
async def loop_of_the_fixture() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


@pytest_asyncio.fixture(scope="module")
async def loop_of_the_shelf() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


@pytest_asyncio.fixture(scope="session")
async def loop_of_the_pool() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


async def test_fixture_runs_on_the_runs_loop(loop_of_the_fixture: asyncio.AbstractEventLoop) -> None:
    assert loop_of_the_fixture is asyncio.get_running_loop()


async def test_wider_fixtures_run_on_it(
    loop_of_the_shelf: asyncio.AbstractEventLoop, loop_of_the_pool: asyncio.AbstractEventLoop
) -> None:
    assert loop_of_the_shelf is asyncio.get_running_loop()
    assert loop_of_the_pool is asyncio.get_running_loop()
