"""Tests for the tariff lookup. Each test has customers of its own, so that none gets in another's way."""

from decimal import Decimal

import pytest

from tariffs import UnknownTariff, forget, quote, rate, remembered


class FakeSource:
    """The pricing system, as a dict. It remembers what it was asked."""

    def __init__(self, rates: dict[tuple[str, str], Decimal]) -> None:
        self.rates = rates
        self.asked: list[tuple[str, str]] = []

    async def fetch_rate(self, customer: str, product: str) -> Decimal:
        self.asked.append((customer, product))
        if (customer, product) not in self.rates:
            raise UnknownTariff(f"{customer} has no {product} tariff")
        return self.rates[customer, product]


@pytest.mark.asyncio
async def test_asks_the_source_once() -> None:
    source = FakeSource({("mill", "day"): Decimal("0.31")})

    first = await rate(source, "mill", "day")
    second = await rate(source, "mill", "day")

    assert [first, second] == [Decimal("0.31"), Decimal("0.31")]
    assert source.asked == [("mill", "day")]


@pytest.mark.asyncio
async def test_tells_customers_apart() -> None:
    source = FakeSource({("bakery", "day"): Decimal("0.285"), ("laundry", "day"): Decimal("0.33")})

    assert await rate(source, "bakery", "day") == Decimal("0.285")
    assert await rate(source, "laundry", "day") == Decimal("0.33")


@pytest.mark.asyncio
async def test_tells_products_apart() -> None:
    source = FakeSource({("smithy", "day"): Decimal("0.30"), ("smithy", "night"): Decimal("0.18")})

    assert await rate(source, "smithy", "day") == Decimal("0.30")
    assert await rate(source, "smithy", "night") == Decimal("0.18")


@pytest.mark.asyncio
async def test_does_not_remember_a_failed_lookup() -> None:
    source = FakeSource({})
    with pytest.raises(UnknownTariff, match="brewery has no night tariff"):
        await rate(source, "brewery", "night")
    source.rates["brewery", "night"] = Decimal("0.20")

    assert await rate(source, "brewery", "night") == Decimal("0.20")


@pytest.mark.parametrize(
    ("customer", "per_hour", "hours", "price"),
    [
        ("school", "0.31", 3, "0.93"),
        ("library", "0.0335", 10, "0.34"),
        ("theatre", "0.025", 5, "0.13"),
        ("museum", "0.0334", 10, "0.33"),
    ],
)
@pytest.mark.asyncio
async def test_quotes_a_rounded_price(customer: str, per_hour: str, hours: int, price: str) -> None:
    source = FakeSource({(customer, "day"): Decimal(per_hour)})

    assert await quote(source, customer, "day", hours) == Decimal(price)


@pytest.mark.asyncio
async def test_forgets_all_rates() -> None:
    source = FakeSource({("garage", "day"): Decimal("0.31"), ("cinema", "day"): Decimal("0.32")})
    assert await rate(source, "garage", "day") == Decimal("0.31")
    assert await rate(source, "cinema", "day") == Decimal("0.32")
    source.rates = {("garage", "day"): Decimal("0.29"), ("cinema", "day"): Decimal("0.27")}

    forget()

    assert await rate(source, "garage", "day") == Decimal("0.29")
    assert await rate(source, "cinema", "day") == Decimal("0.27")


@pytest.mark.asyncio
async def test_forgets_all_rates_of_one_customer_only() -> None:
    keys = [("harbour", "day"), ("harbour", "night"), ("station", "day")]
    source = FakeSource(dict.fromkeys(keys, Decimal("0.30")))
    for customer, product in keys:
        await rate(source, customer, product)
    source.asked.clear()

    forget("harbour")

    for customer, product in keys:
        await rate(source, customer, product)
    assert source.asked == [("harbour", "day"), ("harbour", "night")]


@pytest.mark.asyncio
async def test_counts_what_it_remembers() -> None:
    keys = [("tower", "day"), ("tower", "night")]
    source = FakeSource(dict.fromkeys(keys, Decimal("0.30")))
    before = remembered()

    for customer, product in keys * 2:
        await rate(source, customer, product)

    assert remembered() - before == 2
