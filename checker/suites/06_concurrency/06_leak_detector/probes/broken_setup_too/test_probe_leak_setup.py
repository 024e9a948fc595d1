"""A fixture that opens, starts, and breaks."""

import asyncio

import pytest
import pytest_asyncio

from river_gauges import Gauge


@pytest_asyncio.fixture
async def broken() -> None:
    await Gauge("Half Way").open()
    asyncio.create_task(asyncio.sleep(3600), name="poll-of-the-setup")
    raise RuntimeError("the setup is meant to break")


@pytest.mark.asyncio
async def test_does_not_run(broken: None) -> None:
    pytest.fail("this test should not run")


@pytest.mark.asyncio
async def test_runs_afterwards() -> None:
    await asyncio.sleep(0)
