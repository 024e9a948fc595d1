"""What a customer pays for a kilowatt-hour. Forgetting starts a new generation; old rates are ignored."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol


class UnknownTariff(LookupError):
    """The customer has no contract for this product."""


class TariffSource(Protocol):
    async def fetch_rate(self, customer: str, product: str) -> Decimal: ...


@dataclass(frozen=True, slots=True)
class _Entry:
    customer: str
    product: str
    rate: Decimal
    generation: int


_entries: list[_Entry] = []
_generation = 0


def _valid() -> list[_Entry]:
    return [entry for entry in _entries if entry.generation == _generation]


async def rate(source: TariffSource, customer: str, product: str) -> Decimal:
    for entry in _valid():
        if entry.customer == customer and entry.product == product:
            return entry.rate
    fetched = await source.fetch_rate(customer, product)
    _entries.append(_Entry(customer, product, fetched, _generation))
    return fetched


async def quote(source: TariffSource, customer: str, product: str, kilowatt_hours: int) -> Decimal:
    return round_to_cents(kilowatt_hours * await rate(source, customer, product))


def round_to_cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def forget(customer: str | None = None) -> None:
    global _generation
    if customer is None:
        _generation += 1
        return
    _entries[:] = [entry for entry in _entries if entry.customer != customer]


def remembered() -> int:
    return len(_valid())
