"""The sensors of a greenhouse: what they have measured. It is tested elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the greenhouse."""


class Measurement(Base):
    """One measurement of one sensor."""

    __tablename__ = "measurements"
    id: Mapped[int] = mapped_column(primary_key=True)
    sensor: Mapped[str]
    at: Mapped[datetime]
    celsius: Mapped[float]
    humidity: Mapped[int]


class NoSuchSensor(LookupError):
    """Nothing is known of a sensor with this name."""


class ServiceDown(RuntimeError):
    """The database does not answer. The message is the driver's, for the log."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sensor measured: when, in UTC; degrees; and the humidity in percent."""

    at: datetime
    celsius: float
    humidity: int


class SensorService:
    """Reads and records measurements in one session. Raises `NoSuchSensor` and `ServiceDown`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def readings(self, sensor: str, *, limit: int, offset: int) -> Sequence[Reading]:
        """The sensor's readings, newest first: `limit` of them at most, after `offset` others."""
        mine = select(Measurement).where(Measurement.sensor == sensor)
        newest = mine.order_by(Measurement.at.desc()).limit(limit).offset(offset)
        try:
            rows = await self._session.scalars(newest)
            found = [Reading(row.at, row.celsius, row.humidity) for row in rows]
        except OperationalError as error:
            raise ServiceDown(str(error)) from error
        if not found and not offset:
            raise NoSuchSensor(sensor)
        return found

    async def record(self, sensor: str, *, celsius: float, humidity: int) -> Reading:
        """Store what the sensor measures now."""
        now = datetime.now(UTC)
        self._session.add(Measurement(sensor=sensor, at=now, celsius=celsius, humidity=humidity))
        await self._session.commit()
        return Reading(now, celsius, humidity)
