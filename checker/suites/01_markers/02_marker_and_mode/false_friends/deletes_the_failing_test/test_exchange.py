from decimal import Decimal

import pytest

from exchange import Exchange
from fake_bank import FakeBank, FakeClock


@pytest.mark.asyncio
async def test_converts() -> None:
    bank = FakeBank(USD="1.25", PLN="5")
    exchange = Exchange(bank, FakeClock())

    assert await exchange.convert(Decimal(100), "USD", "EUR") == Decimal(80)
    assert await exchange.convert(Decimal(100), "EUR", "USD") == Decimal(125)
    assert await exchange.convert(Decimal(100), "USD", "PLN") == Decimal(400)
    assert await exchange.convert(Decimal("0.01"), "USD", "EUR") == Decimal("0.008")
    assert bank.fetches == 1


@pytest.mark.asyncio
async def test_rates_expire() -> None:
    bank, clock = FakeBank(USD="1.25"), FakeClock()
    exchange = Exchange(bank, clock)

    for clock.now in (30, 89, 90, 149):
        await exchange.convert(Decimal(100), "USD", "EUR")
    assert bank.fetches == 2

    bank.rates["USD"] = Decimal(2)
    clock.now = 150
    assert await exchange.convert(Decimal(100), "USD", "EUR") == Decimal(50)
