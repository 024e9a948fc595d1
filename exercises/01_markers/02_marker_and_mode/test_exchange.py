from decimal import Decimal

import pytest

from exchange import Exchange, UnknownCurrency
from fake_bank import FakeBank, FakeClock


@pytest.mark.asyncio
async def test_dollars_become_euros() -> None:
    exchange = Exchange(FakeBank(USD="1.00"), FakeClock())

    assert await exchange.convert(Decimal(100), "USD", "EUR") == Decimal(100)


async def test_an_unknown_currency_is_refused() -> None:
    exchange = Exchange(FakeBank(USD="1.00"), FakeClock())

    with pytest.raises(UnknownCurrency):
        await exchange.convert(Decimal(100), "XYZ", "EUR")


@pytest.mark.asyncio
def test_rates_expire() -> None:
    bank = FakeBank(USD="1.00")
    clock = FakeClock()
    exchange = Exchange(bank, clock)

    exchange.convert(Decimal(100), "USD", "EUR")
    clock.now = 3600
    exchange.convert(Decimal(100), "USD", "EUR")

    assert bank.fetches != 1, "the old rates were used again"
