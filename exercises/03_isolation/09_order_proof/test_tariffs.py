"""Tests for the tariff lookup. Green on most days."""

from decimal import Decimal

import pytest

from tariffs import UnknownTariff, forget, quote, rate, remembered


class FakeSource:
    """The pricing system, as a dict. It remembers what it was asked."""

    def __init__(self) -> None:
        self.rates = {
            ("mill", "day"): Decimal("0.31"),
            ("mill", "night"): Decimal("0.19"),
            ("bakery", "day"): Decimal("0.285"),
        }
        self.asked: list[tuple[str, str]] = []

    async def fetch_rate(self, customer: str, product: str) -> Decimal:
        self.asked.append((customer, product))
        if (customer, product) not in self.rates:
            raise UnknownTariff(f"{customer} has no {product} tariff")
        return self.rates[customer, product]


SOURCE = FakeSource()


@pytest.mark.asyncio
async def test_asks_the_source_for_a_rate() -> None:
    assert await rate(SOURCE, "mill", "day") == Decimal("0.31")
    assert SOURCE.asked == [("mill", "day")]


@pytest.mark.asyncio
async def test_remembers_the_rate() -> None:
    SOURCE.asked.clear()
    await rate(SOURCE, "mill", "day")
    assert SOURCE.asked == []


@pytest.mark.asyncio
async def test_remembers_one_rate_for_each_product() -> None:
    await rate(SOURCE, "mill", "night")
    assert remembered() == 2


@pytest.mark.asyncio
async def test_quotes_a_price() -> None:
    assert await quote(SOURCE, "mill", "night", 10) == Decimal("1.90")
    assert SOURCE.asked == [("mill", "night")]


@pytest.mark.asyncio
async def test_forgets_everything() -> None:
    forget()
    assert remembered() == 0


@pytest.mark.asyncio
async def test_a_renegotiated_rate_is_used() -> None:
    SOURCE.rates["mill", "day"] = Decimal("0.29")
    assert await rate(SOURCE, "mill", "day") == Decimal("0.29")
