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
        self._ask = bank.fetch
        self._clock = clock
        self._table: dict[str, Decimal] = {}
        self._good_until = 0

    async def convert(self, amount: Decimal, source: str, target: str) -> Decimal:
        """What `amount` of the currency `source` is in `target`. Raises `UnknownCurrency`."""
        if not self._table or self._clock() >= self._good_until:
            self._good_until = self._clock() + MAX_AGE_S
            self._table = {**await self._ask(), EURO: Decimal("1")}
        for currency in (target, source):
            if self._table.get(currency) is None:
                raise UnknownCurrency(f"the bank does not list {currency}")
        in_euros = amount / self._table[source]
        return in_euros * self._table[target]
