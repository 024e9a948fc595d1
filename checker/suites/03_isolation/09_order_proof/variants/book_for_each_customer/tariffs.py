"""What a customer pays for a kilowatt-hour: one book of rates for each customer."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol


class UnknownTariff(LookupError):
    """The customer has no contract for this product."""


class TariffSource(Protocol):
    async def fetch_rate(self, customer: str, product: str) -> Decimal: ...


_books: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)


async def rate(source: TariffSource, customer: str, product: str) -> Decimal:
    try:
        return _books[customer][product]
    except KeyError:
        fetched = await source.fetch_rate(customer, product)
    return _books[customer].setdefault(product, fetched)


async def quote(source: TariffSource, customer: str, product: str, kilowatt_hours: int) -> Decimal:
    per_hour = await rate(source, customer, product)
    cents = (per_hour * kilowatt_hours * 100).to_integral_value(rounding=ROUND_HALF_UP)
    return (cents / 100).quantize(Decimal("1.00"))


def forget(customer: str | None = None) -> None:
    for name in list(_books) if customer is None else [customer]:
        _books.pop(name, None)


def remembered() -> int:
    return sum(map(len, _books.values()))
