from decimal import Decimal

import pytest

from exchange import MAX_AGE_S, Exchange, UnknownCurrency
from fake_bank import FakeBank, FakeClock


@pytest.mark.asyncio
class TestConvert:
    async def test_each_way(self) -> None:
        bank = FakeBank(USD="1.25", PLN="5", JPY="160")
        exchange = Exchange(bank, FakeClock())
        assert await exchange.convert(Decimal("10"), "JPY", "EUR") == Decimal("0.0625")
        assert await exchange.convert(Decimal("10"), "EUR", "JPY") == 1600
        assert await exchange.convert(Decimal("10"), "USD", "JPY") == 1280
        assert await exchange.convert(Decimal("10"), "EUR", "EUR") == 10
        assert bank.fetches == 1

    async def test_unlisted_source(self) -> None:
        with pytest.raises(UnknownCurrency) as error:
            await Exchange(FakeBank(), FakeClock()).convert(Decimal(1), "ABC", "EUR")
        assert "ABC" in str(error.value)

    async def test_unlisted_target(self) -> None:
        with pytest.raises(UnknownCurrency) as error:
            await Exchange(FakeBank(USD="1"), FakeClock()).convert(Decimal(1), "USD", "ABC")
        assert "ABC" in str(error.value)


@pytest.mark.asyncio
class TestCache:
    async def asked_at(self, *seconds: int) -> list[int]:
        """The seconds at which the bank was asked, of those at which we convert."""
        bank, clock = FakeBank(USD="2"), FakeClock()
        exchange, asked = Exchange(bank, clock), []
        for clock.now in seconds:
            before = bank.fetches
            await exchange.convert(Decimal(1), "USD", "EUR")
            asked += [clock.now] * (bank.fetches - before)
        return asked

    async def test_when_the_bank_is_asked(self) -> None:
        first = 1_000
        times = [first, first + 1, first + MAX_AGE_S - 1, first + MAX_AGE_S, first + 2 * MAX_AGE_S - 1]
        assert await self.asked_at(*times, first + 2 * MAX_AGE_S) == [first, first + 60, first + 120]

    async def test_new_rates(self) -> None:
        bank, clock = FakeBank(USD="2"), FakeClock()
        exchange = Exchange(bank, clock)
        assert await exchange.convert(Decimal(1), "EUR", "USD") == 2
        bank.rates["USD"] = Decimal(3)
        assert await exchange.convert(Decimal(1), "EUR", "USD") == 2
        clock.now = 60
        assert await exchange.convert(Decimal(1), "EUR", "USD") == 3
