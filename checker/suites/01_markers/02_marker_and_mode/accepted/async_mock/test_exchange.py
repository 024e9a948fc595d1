from decimal import Decimal
from unittest.mock import AsyncMock

import pytest

from exchange import Exchange, UnknownCurrency

pytestmark = [pytest.mark.asyncio]

TABLE = {"GBP": Decimal("0.8"), "DKK": Decimal("7.5")}


def bank(*tables: dict[str, Decimal]) -> AsyncMock:
    double = AsyncMock()
    double.fetch.side_effect = list(tables)
    return double


async def test_rates_are_applied() -> None:
    double = bank(TABLE)
    exchange = Exchange(double, lambda: 0)

    assert await exchange.convert(Decimal(4), "GBP", "EUR") == Decimal(5)
    assert await exchange.convert(Decimal(5), "EUR", "GBP") == Decimal(4)
    assert await exchange.convert(Decimal(4), "GBP", "DKK") == Decimal("37.5")
    assert await exchange.convert(Decimal("0.004"), "GBP", "EUR") == Decimal("0.005")
    double.fetch.assert_awaited_once()


async def test_unlisted_currencies() -> None:
    exchange = Exchange(bank(TABLE), lambda: 0)

    for pair in ("ISK", "EUR"), ("EUR", "ISK"), ("GBP", "ISK"):
        with pytest.raises(UnknownCurrency, match="ISK"):
            await exchange.convert(Decimal(1), *pair)


async def test_refresh() -> None:
    second = 0
    newer = {"GBP": Decimal("0.5")}
    double = bank(TABLE, newer, TABLE)
    exchange = Exchange(double, lambda: second)

    awaits = []
    for second in (10, 30, 69, 70, 129, 130):
        await exchange.convert(Decimal(1), "GBP", "EUR")
        awaits.append(double.fetch.await_count)

    assert awaits == [1, 1, 1, 2, 2, 3]


async def test_refreshed_rates_are_used() -> None:
    now = [0]
    exchange = Exchange(bank(TABLE, {"GBP": Decimal("0.5")}), lambda: now[0])
    await exchange.convert(Decimal(1), "GBP", "EUR")

    now[0] = 60

    assert await exchange.convert(Decimal(1), "GBP", "EUR") == 2
    with pytest.raises(UnknownCurrency):
        await exchange.convert(Decimal(1), "DKK", "EUR")
