"""Tests for the tariff lookup. Each one starts with nothing remembered, and leaves nothing behind."""

from collections.abc import Iterator
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
            ("school", "day"): Decimal("0.025"),
        }
        self.asked: list[tuple[str, str]] = []

    async def fetch_rate(self, customer: str, product: str) -> Decimal:
        self.asked.append((customer, product))
        if (customer, product) not in self.rates:
            raise UnknownTariff(f"{customer} has no {product} tariff")
        return self.rates[customer, product]


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Forget before the test, whoever ran before it, and after it, whoever comes next."""
    forget()
    yield
    forget()


@pytest.fixture
def source() -> FakeSource:
    return FakeSource()


@pytest.mark.asyncio
async def test_asks_the_source_once(source: FakeSource) -> None:
    first = await rate(source, "mill", "day")
    second = await rate(source, "mill", "day")

    assert [first, second] == [Decimal("0.31"), Decimal("0.31")]
    assert source.asked == [("mill", "day")]


@pytest.mark.asyncio
async def test_tells_customers_and_products_apart(source: FakeSource) -> None:
    assert await rate(source, "mill", "day") == Decimal("0.31")
    assert await rate(source, "mill", "night") == Decimal("0.19")
    assert await rate(source, "bakery", "day") == Decimal("0.285")
    assert remembered() == 3


@pytest.mark.asyncio
async def test_a_failed_lookup_fails_again(source: FakeSource) -> None:
    for _ in range(2):
        with pytest.raises(LookupError):
            await rate(source, "bakery", "night")


@pytest.mark.asyncio
async def test_quotes_a_rounded_price(source: FakeSource) -> None:
    assert await quote(source, "mill", "day", 3) == Decimal("0.93")
    assert await quote(source, "school", "day", 5) == Decimal("0.13")


@pytest.mark.asyncio
async def test_forgets_all_rates(source: FakeSource) -> None:
    await rate(source, "mill", "day")
    await rate(source, "bakery", "day")

    forget()

    assert remembered() == 0
    await rate(source, "mill", "day")
    assert source.asked == [("mill", "day"), ("bakery", "day"), ("mill", "day")]


@pytest.mark.asyncio
async def test_forgets_all_rates_of_one_customer_only(source: FakeSource) -> None:
    for customer, product in source.rates:
        await rate(source, customer, product)

    forget("mill")

    assert remembered() == 2
    source.asked.clear()
    await rate(source, "bakery", "day")
    assert source.asked == []
