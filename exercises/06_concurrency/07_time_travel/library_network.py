"""What the library's machines offer: two clocks, and the controller of the guest network."""

import asyncio
import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The wall clock: the time of day, aware, in UTC. Somebody may set it, forward or back."""
    return datetime.now(UTC)


def monotonic_ms() -> int:
    """The ticks: whole milliseconds from some starting point. Nobody can set them."""
    return int(time.monotonic() * 1000)


async def ask_controller() -> None:
    """Wait until the controller is ready. It takes a moment."""
    await asyncio.sleep(0.0005)
