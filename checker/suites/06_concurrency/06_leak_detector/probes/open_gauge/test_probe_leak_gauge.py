"""Lines that nobody closes."""

import pytest

from river_gauges import Gauge

pytestmark = pytest.mark.asyncio


async def test_does_not_close() -> None:
    for station in ("Silent Ford", "Lower Ford"):
        await Gauge(station).open()


async def test_closes() -> None:
    async with Gauge("Upper Ford") as gauge:
        await gauge.open()
