"""Fixtures that do not clean up."""

import asyncio

import pytest
import pytest_asyncio

from river_gauges import Gauge


@pytest_asyncio.fixture
async def poll() -> None:
    asyncio.create_task(asyncio.sleep(3600), name="poll-of-a-fixture")


@pytest_asyncio.fixture
async def gauge() -> Gauge:
    gauge = Gauge("Fixture Falls")
    await gauge.open()
    return gauge


@pytest.mark.asyncio
async def test_uses_a_task(poll: None) -> None:
    pass


@pytest.mark.asyncio
async def test_uses_a_gauge(gauge: Gauge) -> None:
    pass
