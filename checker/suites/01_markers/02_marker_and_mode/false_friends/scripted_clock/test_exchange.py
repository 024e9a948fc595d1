from decimal import Decimal

import pytest

from exchange import Exchange, UnknownCurrency
from fake_bank import FakeBank, FakeClock

pytestmark = pytest.mark.asyncio


async def test_converts() -> None:
    bank = FakeBank(USD="1.25", PLN="5")
    exchange = Exchange(bank, FakeClock())

    assert await exchange.convert(Decimal(100), "USD", "EUR") == Decimal(80)
    assert await exchange.convert(Decimal(100), "EUR", "USD") == Decimal(125)
    assert await exchange.convert(Decimal(100), "USD", "PLN") == Decimal(400)
    assert await exchange.convert(Decimal("0.01"), "USD", "EUR") == Decimal("0.008")
    assert bank.fetches == 1


async def test_an_unknown_currency_is_refused() -> None:
    exchange = Exchange(FakeBank(USD="1.25"), FakeClock())

    for source, target in (("XYZ", "EUR"), ("EUR", "XYZ")):
        with pytest.raises(UnknownCurrency, match="XYZ"):
            await exchange.convert(Decimal(100), source, target)


async def test_rates_expire() -> None:
    bank = FakeBank(USD="1.25")
    seconds = iter([30, 89, 90, 149, 150])
    exchange = Exchange(bank, lambda: next(seconds))

    for _ in range(4):
        await exchange.convert(Decimal(100), "USD", "EUR")
    bank.rates["USD"] = Decimal(2)

    assert await exchange.convert(Decimal(100), "USD", "EUR") == Decimal(50)
    assert bank.fetches == 3
