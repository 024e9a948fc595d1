"""Tests for the tariff lookup. Each one starts with nothing remembered, and leaves nothing behind."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

import tariffs
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


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Empty the memory itself, before and after each test."""
    tariffs._rates.clear()
    yield
    tariffs._rates.clear()


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
async def test_tells_customers_apart(source: FakeSource) -> None:
    assert await rate(source, "mill", "day") == Decimal("0.31")
    assert await rate(source, "bakery", "day") == Decimal("0.285")


@pytest.mark.asyncio
async def test_tells_products_apart(source: FakeSource) -> None:
    assert await rate(source, "mill", "day") == Decimal("0.31")
    assert await rate(source, "mill", "night") == Decimal("0.19")


@pytest.mark.asyncio
async def test_does_not_remember_a_failed_lookup(source: FakeSource) -> None:
    with pytest.raises(UnknownTariff, match="bakery has no night tariff"):
        await rate(source, "bakery", "night")
    source.rates["bakery", "night"] = Decimal("0.20")

    assert await rate(source, "bakery", "night") == Decimal("0.20")


@pytest.mark.parametrize(
    ("per_hour", "hours", "price"),
    [
        pytest.param("0.31", 3, "0.93", id="no rounding"),
        pytest.param("0.0335", 10, "0.34", id="rounded at the end"),
        pytest.param("0.025", 5, "0.13", id="half a cent upwards"),
        pytest.param("0.0334", 10, "0.33", id="less than half a cent downwards"),
    ],
)
@pytest.mark.asyncio
async def test_quotes_a_rounded_price(source: FakeSource, per_hour: str, hours: int, price: str) -> None:
    source.rates["mill", "day"] = Decimal(per_hour)

    assert await quote(source, "mill", "day", hours) == Decimal(price)


@pytest.mark.asyncio
async def test_forgets_all_rates(source: FakeSource) -> None:
    await rate(source, "mill", "day")
    await rate(source, "bakery", "day")
    source.rates = {("mill", "day"): Decimal("0.29"), ("bakery", "day"): Decimal("0.27")}

    forget()

    assert await rate(source, "mill", "day") == Decimal("0.29")
    assert await rate(source, "bakery", "day") == Decimal("0.27")


@pytest.mark.asyncio
async def test_forgets_all_rates_of_one_customer_only(source: FakeSource) -> None:
    for customer, product in source.rates:
        await rate(source, customer, product)
    source.asked.clear()

    forget("mill")

    for customer, product in source.rates:
        await rate(source, customer, product)
    assert source.asked == [("mill", "day"), ("mill", "night")]


@pytest.mark.asyncio
async def test_counts_what_it_remembers(source: FakeSource) -> None:
    before = remembered()
    await rate(source, "mill", "day")
    await rate(source, "mill", "night")
    await rate(source, "mill", "day")

    assert (before, remembered()) == (0, 2)
