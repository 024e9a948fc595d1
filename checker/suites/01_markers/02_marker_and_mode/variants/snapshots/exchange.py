"""Convert money at the central bank's rates, fetched when needed and kept for a minute."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Snapshot:
    """Rates as they were at one second."""

    second: int
    rates: Mapping[str, Decimal]

    def is_fresh(self, now: int) -> bool:
        return now in range(self.second, self.second + MAX_AGE_S)

    def rate(self, currency: str) -> Decimal:
        match self.rates.get(currency), currency:
            case _, "EUR":
                return Decimal(1)
            case None, _:
                raise UnknownCurrency(f"{currency} has no rate")
            case rate, _:
                return rate


class Exchange:
    """Converts at the rates of `bank`. `clock` tells the time in whole seconds."""

    def __init__(self, bank: Bank, clock: Callable[[], int]) -> None:
        self._bank = bank
        self._clock = clock
        self._snapshots: list[_Snapshot] = []

    async def convert(self, amount: Decimal, source: str, target: str) -> Decimal:
        """What `amount` of the currency `source` is in `target`. Raises `UnknownCurrency`."""
        snapshot = await self._snapshot()
        amount = amount / snapshot.rate(source)
        amount = amount * snapshot.rate(target)
        return amount

    async def _snapshot(self) -> _Snapshot:
        while not (self._snapshots and self._snapshots[-1].is_fresh(self._clock())):
            rates = await self._bank.fetch()
            self._snapshots[:] = [_Snapshot(self._clock(), rates)]
        return self._snapshots[-1]
