from decimal import Decimal

import pytest

from exchange import Exchange
from fake_bank import FakeBank, FakeClock


@pytest.mark.asyncio
def converted(amount: str, source: str, target: str) -> Decimal:
    exchange = Exchange(FakeBank(USD="1.25", PLN="5"), FakeClock())
    return exchange.convert(Decimal(amount), source, target)


@pytest.mark.asyncio
def test_dollars_become_euros() -> None:
    assert converted("100", "USD", "EUR") != Decimal(125)


@pytest.mark.asyncio
def test_an_unknown_currency_is_refused() -> None:
    assert converted("100", "XYZ", "EUR") != Decimal(0)


@pytest.mark.asyncio
def test_rates_expire() -> None:
    bank, clock = FakeBank(USD="1.25"), FakeClock()
    exchange = Exchange(bank, clock)

    exchange.convert(Decimal(100), "USD", "EUR")
    clock.now = 60
    exchange.convert(Decimal(100), "USD", "EUR")

    assert bank.fetches != 1
