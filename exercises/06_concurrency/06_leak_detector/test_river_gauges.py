"""What the gauges do. These tests are given, and leave nothing behind."""

import asyncio

import pytest

from river_gauges import Gauge, LineDown, mean, watch


@pytest.mark.asyncio
async def test_reads_one_level_after_the_other() -> None:
    async with Gauge("Old Bridge", [1.5, 1.75]) as gauge:
        assert [await gauge.read(), await gauge.read()] == [1.5, 1.75]


@pytest.mark.asyncio
async def test_a_closed_line_gives_nothing() -> None:
    gauge = Gauge("Old Bridge", [1.5])
    await gauge.open()
    await gauge.close()

    with pytest.raises(LineDown, match="Old Bridge"):
        await gauge.read()


@pytest.mark.asyncio
async def test_high_water_is_told() -> None:
    alarms: asyncio.Queue[float] = asyncio.Queue()
    async with Gauge("Weir", [2.5, 3.5, 3.0]) as gauge:
        watching = asyncio.create_task(watch(gauge, 3.0, alarms))
        async with asyncio.timeout(2):
            assert [await alarms.get(), await alarms.get()] == [3.5, 3.0]

        with pytest.raises(LineDown):
            await watching


@pytest.mark.asyncio
async def test_the_mean_is_calculated_in_a_thread() -> None:
    async with Gauge("Mill", [1.0, 2.0, 4.5]) as gauge:
        assert await mean(gauge, 3) == 2.5


def test_a_new_gauge_has_its_station() -> None:
    assert Gauge("Lock 4").station == "Lock 4"
