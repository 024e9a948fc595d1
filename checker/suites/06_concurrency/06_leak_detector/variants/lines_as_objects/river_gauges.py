"""Gauges along a river, each at the end of a line that has to be closed."""

import asyncio
import statistics
from collections.abc import Iterator, Sequence
from types import TracebackType

open_gauges: set["Gauge"] = set()
"""All gauges whose line is open."""


class LineDown(Exception):
    """The line is closed, or the gauge has no more readings."""


class _Line:
    """A line that is open until it is cut."""

    def __init__(self, gauge: "Gauge", readings: Iterator[float]) -> None:
        self._gauge, self._readings = gauge, readings
        open_gauges.add(gauge)

    def cut(self) -> None:
        open_gauges.remove(self._gauge)

    def next(self) -> float:
        for reading in self._readings:
            return reading
        raise LineDown(f"{self._gauge.station} is silent")


class Gauge:
    """A gauge at `station`, which gives one reading after the other, in metres."""

    def __init__(self, station: str, readings: Sequence[float] = ()) -> None:
        self.station = station
        self._readings = iter(tuple(readings))
        self._line: _Line | None = None

    async def open(self) -> None:
        """Open the line."""
        if self._line is None:
            self._line = _Line(self, self._readings)

    async def close(self) -> None:
        """Close the line. Closing twice does no harm."""
        line, self._line = self._line, None
        if line is not None and self in open_gauges:
            line.cut()

    async def read(self) -> float:
        """The next reading. Raises `LineDown`."""
        await asyncio.sleep(0)
        if self._line is None:
            raise LineDown(f"{self.station} is not connected")
        return self._line.next()

    async def __aenter__(self) -> "Gauge":
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


async def watch(gauge: Gauge, alarm_m: float, alarms: asyncio.Queue[float]) -> None:
    """Put every reading from `alarm_m` on into a queue, until the line is down."""
    while (level := await gauge.read()) is not None:
        if not level < alarm_m:
            await alarms.put(level)


async def mean(gauge: Gauge, count: int) -> float:
    """The mean of the next readings, calculated in a thread."""
    readings: list[float] = []
    while len(readings) < count:
        readings.append(await gauge.read())
    return await asyncio.to_thread(lambda: statistics.fmean(readings))
