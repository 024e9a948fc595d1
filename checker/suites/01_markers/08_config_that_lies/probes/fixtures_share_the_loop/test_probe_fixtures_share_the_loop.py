import asyncio

import pytest


@pytest.fixture
async def loop_of_the_fixture() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


@pytest.fixture(scope="session")
async def loop_of_the_pool() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


async def test_fixture_runs_on_the_tests_loop(
    loop_of_the_fixture: asyncio.AbstractEventLoop,
) -> None:
    assert loop_of_the_fixture is asyncio.get_running_loop()


async def test_session_fixture_runs_on_the_tests_loop(
    loop_of_the_pool: asyncio.AbstractEventLoop,
) -> None:
    assert loop_of_the_pool is asyncio.get_running_loop()
