from decimal import Decimal

import pytest

from exchange import Exchange, UnknownCurrency
from fake_bank import FakeBank, FakeClock

pytestmark = pytest.mark.asyncio


async def test_dollars_become_euros() -> None:
    exchange = Exchange(FakeBank(USD="1.00"), FakeClock())

    assert await exchange.convert(Decimal(100), "USD", "EUR") == Decimal(100)


async def test_an_unknown_currency_is_refused() -> None:
    exchange = Exchange(FakeBank(USD="1.00"), FakeClock())

    for source, target in (("XYZ", "EUR"), ("EUR", "XYZ")):
        with pytest.raises(UnknownCurrency, match="XYZ"):
            await exchange.convert(Decimal(100), source, target)


async def test_rates_expire() -> None:
    bank = FakeBank(USD="1.00")
    clock = FakeClock()
    exchange = Exchange(bank, clock)

    for clock.now in (0, 59, 60, 119, 120):
        await exchange.convert(Decimal(100), "USD", "EUR")

    assert bank.fetches == 3
