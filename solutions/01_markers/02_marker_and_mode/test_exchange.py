"""What a conversion gives, what it refuses, and when it asks the bank."""

from decimal import Decimal

import pytest

from exchange import Exchange, UnknownCurrency
from fake_bank import FakeBank, FakeClock

pytestmark = pytest.mark.asyncio


@pytest.fixture
def bank() -> FakeBank:
    return FakeBank(USD="1.25", PLN="5")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def exchange(bank: FakeBank, clock: FakeClock) -> Exchange:
    return Exchange(bank, clock)


async def test_dollars_become_euros(exchange: Exchange) -> None:
    euros = await exchange.convert(Decimal(100), "USD", "EUR")

    assert euros == Decimal(80)


async def test_euros_become_dollars(exchange: Exchange) -> None:
    dollars = await exchange.convert(Decimal(100), "EUR", "USD")

    assert dollars == Decimal(125)


async def test_dollars_become_zloty_by_way_of_the_euro(exchange: Exchange) -> None:
    zloty = await exchange.convert(Decimal(100), "USD", "PLN")

    assert zloty == Decimal(400)


async def test_nothing_is_rounded(exchange: Exchange) -> None:
    euros = await exchange.convert(Decimal("0.01"), "USD", "EUR")

    assert euros == Decimal("0.008")


@pytest.mark.parametrize(("source", "target"), [("XYZ", "EUR"), ("EUR", "XYZ"), ("XYZ", "USD")])
async def test_an_unknown_currency_is_refused(exchange: Exchange, source: str, target: str) -> None:
    with pytest.raises(UnknownCurrency, match="XYZ"):
        await exchange.convert(Decimal(100), source, target)


async def test_young_rates_are_used_again(
    exchange: Exchange, bank: FakeBank, clock: FakeClock
) -> None:
    clock.now = 30
    await exchange.convert(Decimal(100), "USD", "EUR")
    bank.rates["PLN"] = Decimal(4)
    clock.now = 89

    zloty = await exchange.convert(Decimal(100), "EUR", "PLN")

    assert zloty == Decimal(500)
    assert bank.fetches == 1


async def test_rates_are_fetched_anew_a_minute_after_the_last_time(
    exchange: Exchange, bank: FakeBank, clock: FakeClock
) -> None:
    for clock.now in (30, 89):
        await exchange.convert(Decimal(100), "USD", "EUR")
    bank.rates["USD"] = Decimal(2)
    clock.now = 90

    euros = await exchange.convert(Decimal(100), "USD", "EUR")

    assert euros == Decimal(50)
    assert bank.fetches == 2


async def test_the_minute_begins_again_with_each_fetch(
    exchange: Exchange, bank: FakeBank, clock: FakeClock
) -> None:
    for clock.now in (30, 90, 149, 150):
        await exchange.convert(Decimal(100), "USD", "EUR")

    assert bank.fetches == 3
