"""Convert money at the central bank's rates, fetched when needed and kept for a minute."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Protocol

EURO = "EUR"
MAX_AGE_S = 60


class Bank(Protocol):
    """The central bank's service."""

    async def fetch(self) -> Mapping[str, Decimal]:
        """For each currency, how much of it one euro buys. The euro itself is not listed."""


class UnknownCurrency(LookupError):
    """The bank has no rate for this currency."""


class Exchange:
    """Converts at the rates of `bank`. `clock` tells the time in whole seconds."""

    def __init__(self, bank: Bank, clock: Callable[[], int]) -> None:
        self._bank = bank
        self._clock = clock
        self._rates: Mapping[str, Decimal] = {}
        self._fetched_at: int | None = None

    async def convert(self, amount: Decimal, source: str, target: str) -> Decimal:
        """What `amount` of the currency `source` is in `target`. Raises `UnknownCurrency`."""
        rates = await self._current_rates()
        return amount / _rate(rates, source) * _rate(rates, target)

    async def _current_rates(self) -> Mapping[str, Decimal]:
        now = self._clock()
        if self._fetched_at is None or now - self._fetched_at >= MAX_AGE_S:
            self._rates = await self._bank.fetch()
            self._fetched_at = now
        return self._rates


def _rate(rates: Mapping[str, Decimal], currency: str) -> Decimal:
    if currency == EURO:
        return Decimal(1)
    if currency not in rates:
        raise UnknownCurrency(currency)
    return rates[currency]
