"""Gauges along a river, each at the end of a line that has to be closed."""

import asyncio
from collections import deque
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
        self._readings = deque(readings)

    async def open(self) -> None:
        """Open the line."""
        open_gauges.add(self)
        await asyncio.sleep(0)

    async def close(self) -> None:
        """Close the line. Closing twice does no harm."""
        open_gauges.difference_update([self])
        await asyncio.sleep(0)

    async def read(self) -> float:
        """The next reading. Raises `LineDown`."""
        return await asyncio.create_task(self._fetch(), name=f"fetch from {self.station}")

    async def _fetch(self) -> float:
        try:
            if self in open_gauges:
                return self._readings.popleft()
        except IndexError:
            pass
        raise LineDown(self.station)

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()


async def watch(gauge: Gauge, alarm_m: float, alarms: asyncio.Queue[float]) -> None:
    """Put every reading from `alarm_m` on into a queue, until the line is down."""
    while True:
        level = await gauge.read()
        if alarm_m <= level:
            alarms.put_nowait(level)


async def mean(gauge: Gauge, count: int) -> float:
    """The mean of the next readings, calculated in a thread."""
    total = 0.0
    for _ in range(count):
        total += await gauge.read()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, float.__truediv__, total, float(count))
