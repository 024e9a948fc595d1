"""Stand-ins for the central bank and the clock, for tests."""

import asyncio
from decimal import Decimal


class FakeBank:
    """Gives the rates that it was made with, and counts how often it was asked."""

    def __init__(self, **rates: str) -> None:
        self.rates = {currency: Decimal(rate) for currency, rate in rates.items()}
        self.fetches = 0

    async def fetch(self) -> dict[str, Decimal]:
        await asyncio.sleep(0)
        self.fetches += 1
        return dict(self.rates)


class FakeClock:
    """Stands still. A test sets `now` to whatever second it likes."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now
