"""What a customer pays for a kilowatt-hour; the functions stand in front of one object."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol


class UnknownTariff(LookupError):
    """The customer has no contract for this product."""


class TariffSource(Protocol):
    async def fetch_rate(self, customer: str, product: str) -> Decimal: ...


class _Memory:
    def __init__(self) -> None:
        self.rates: dict[str, Decimal] = {}
        self.owners: dict[str, str] = {}

    async def rate(self, source: TariffSource, customer: str, product: str) -> Decimal:
        key = f"{len(customer)}:{customer}:{product}"
        known = self.rates.get(key)
        if known is None:
            known = await source.fetch_rate(customer, product)
            self.rates[key], self.owners[key] = known, customer
        return known

    def forget(self, customer: str | None) -> None:
        gone = [key for key, owner in self.owners.items() if customer in (None, owner)]
        for key in gone:
            del self.rates[key], self.owners[key]


_memory = _Memory()


async def rate(source: TariffSource, customer: str, product: str) -> Decimal:
    return await _memory.rate(source, customer, product)


async def quote(source: TariffSource, customer: str, product: str, kilowatt_hours: int) -> Decimal:
    total = Decimal(kilowatt_hours) * (await rate(source, customer, product))
    return total.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def forget(customer: str | None = None) -> None:
    _memory.forget(customer)


def remembered() -> int:
    return len(_memory.rates)
