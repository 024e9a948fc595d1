"""What a customer pays for a kilowatt-hour. Rates are fetched once and then remembered.

The rates live in the pricing system, and a question to it takes a second or two. They change on the
first of the month, and when a contract is renegotiated; `forget` is called then.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

CENT = Decimal("0.01")


class UnknownTariff(LookupError):
    """The customer has no contract for this product."""


class TariffSource(Protocol):
    """The pricing system."""

    async def fetch_rate(self, customer: str, product: str) -> Decimal:
        """Euros for one kilowatt-hour. Raises `UnknownTariff`."""
        ...


# One process serves all customers, so the memory belongs to the module.
_rates: dict[tuple[str, str], Decimal] = {}


async def rate(source: TariffSource, customer: str, product: str) -> Decimal:
    """The customer's rate for a product; the source is asked only if it is not remembered."""
    key = (customer, product)
    if key not in _rates:
        _rates[key] = await source.fetch_rate(customer, product)
    return _rates[key]


async def quote(source: TariffSource, customer: str, product: str, kilowatt_hours: int) -> Decimal:
    """The price of so many kilowatt-hours, rounded once, half a cent upwards."""
    price = await rate(source, customer, product) * kilowatt_hours
    return price.quantize(CENT, rounding=ROUND_HALF_UP)


def forget(customer: str | None = None) -> None:
    """Forget the rates of one customer, or of all."""
    if customer is None:
        _rates.clear()
    else:
        for key in [key for key in _rates if key[0] == customer]:
            del _rates[key]


def remembered() -> int:
    """How many rates are remembered at the moment."""
    return len(_rates)
