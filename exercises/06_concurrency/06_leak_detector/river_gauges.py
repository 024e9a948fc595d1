"""Gauges along a river, each at the end of a line that has to be closed."""

import asyncio
import statistics
from collections.abc import Sequence
from typing import Self

open_gauges: set["Gauge"] = set()
"""All gauges whose line is open."""


class LineDown(Exception):
    """The line is closed, or the gauge has no more readings."""


class Gauge:
    """A gauge at `station`, which gives one reading after the other, in metres."""

    def __init__(self, station: str, readings: Sequence[float] = ()) -> None:
        self.station = station
        self._readings = list(readings)

    async def open(self) -> None:
        """Open the line."""
        await asyncio.sleep(0)
        open_gauges.add(self)

    async def close(self) -> None:
        """Close the line. Closing twice does no harm."""
        await asyncio.sleep(0)
        open_gauges.discard(self)

    async def read(self) -> float:
        """The next reading. Raises `LineDown`."""
        await asyncio.sleep(0)
        if self not in open_gauges or not self._readings:
            raise LineDown(f"no line to {self.station}")
        return self._readings.pop(0)

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()


async def watch(gauge: Gauge, alarm_m: float, alarms: asyncio.Queue[float]) -> None:
    """Put every reading from `alarm_m` on into a queue, until the line is down."""
    while True:
        level = await gauge.read()
        if level >= alarm_m:
            await alarms.put(level)


async def mean(gauge: Gauge, count: int) -> float:
    """The mean of the next readings, calculated in a thread."""
    readings = [await gauge.read() for _ in range(count)]
    return await asyncio.to_thread(statistics.fmean, readings)
